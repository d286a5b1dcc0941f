/** The state directly before an instruction: user, working directory, shell, start commands and variables. */
import { dialectOf } from '../shell/dialect.ts';
import { commentsUpTo } from '../syntax/long-file.ts';
import type { Dockerfile, Instruction, InstructionOf, Word } from '../syntax/tree.ts';
import { absolutePath } from '../text/path.ts';
import { firstFrom, firstNotLess } from '../text/sorted.ts';
import type { Node } from '../text/span.ts';
import type { Image } from '../images/image.ts';
import type { Stage, State } from './model.ts';
import { isPlainSystem } from './plain-systems.ts';
import { declare, stageScope, valueAt, variablesAt, type Scope } from './scope.ts';
import { scopeOutside, type Stages } from './stages.ts';

/** The state without variables. The same object is used for all instructions between which it does not change. */
interface StageState {
  readonly user: Word | undefined;
  readonly workdir: string | undefined;
  readonly shell: State['shell'];
  readonly entrypoint: InstructionOf<'ENTRYPOINT'> | undefined;
  readonly cmd: InstructionOf<'CMD'> | undefined;
  /** Whether the CMD is from this stage: an ENTRYPOINT resets only an inherited CMD. */
  readonly hasCmd: boolean;
}

/**
 * The state directly before each instruction; undefined before the first FROM. Only the places where it changes are kept: a
 * map of all instructions would take longer than all else that is known of them.
 */
export interface States {
  /** Where each state begins. */
  readonly starts: readonly number[];
  readonly states: readonly StageState[];
  /** A scope for each stage. */
  readonly scopes: readonly Scope[];
}

const sh: State['shell'] = { argv: ['/bin/sh', '-c'], dialect: 'sh' };
const cmdExe: State['shell'] = { argv: ['cmd', '/S', '/C'], dialect: 'cmd' };

/** Whether it is Docker's default shell, without a SHELL instruction. */
export function isDefaultShell(shell: State['shell']): boolean {
  return shell === sh || shell === cmdExe;
}

/** Computes all states in one pass; a stage begins with the final state of the stage that it is built from. */
export function statesOf(tree: Dockerfile, stages: Stages): States {
  const starts: number[] = [];
  const states: StageState[] = [];
  const finalStates: StageState[] = [];
  const scopes: Scope[] = [];
  const notes = tree.text.includes('hadolint') ? shellComments(tree, stages.end) : noComments;
  const hasNotes = notes.length > 0;
  const first = stages.list[0]?.from.span.start ?? 0;
  const globalShell = hasNotes ? notes[firstFrom(notes, first) - 1]?.shell : undefined;
  for (let index = 0; index < stages.list.length; index++) {
    const stage = stages.list[index] as Stage;
    const parent = stage.base?.kind === 'stage' ? stage.base : undefined;
    const isPlain = parent === undefined && isPlainSystem(stage);
    const scope = stageScope(stages.globals, parent && scopes[parent.index], isPlain);
    let state = parent && inheritedState(finalStates[parent.index]);
    if (state === undefined) {
      const shell = globalShell ?? shellAtStart(tree, stage, stages.globals);
      const workdir = isPlain ? '/' : undefined;
      state = { user: undefined, workdir, shell, entrypoint: undefined, cmd: undefined, hasCmd: false }; // prettier-ignore
    }
    let applied: ShellComment | undefined;
    starts.push(stage.from.span.start);
    states.push(state);
    // The triggers of the parent stage run first.
    if (parent) state = applyTriggers(state, parent, { tree, scope, offset: stage.from.span.end });
    const { instructions } = stage;
    const context: StateContext = { tree, scope, offset: undefined };
    for (let i = 0; i < instructions.length; i++) {
      const instruction = instructions[i] as Instruction;
      const shell = hasNotes ? lastCommentBetween(notes, stage.from, instruction) : undefined;
      if (shell && shell !== applied) state = { ...state, shell: (applied = shell).shell };
      if (state !== states.at(-1)) {
        starts.push(instruction.span.start);
        states.push(state);
      }
      state = applyInstruction(state, instruction, context);
    }
    finalStates.push(state);
    scopes.push(scope);
  }
  return { starts, states, scopes };
}

/**
 * `# hadolint shell=pwsh` states the shell of the base image. It applies like SHELL, from there to the end of the
 * stage; before the first FROM, it applies to all base images (hadolint's README, "Shell").
 */
function shellComments(tree: Dockerfile, end: number): readonly ShellComment[] {
  return commentsUpTo(tree, end).flatMap(({ span }) => {
    const text = tree.text.slice(span.start, span.end);
    const name = /^#\s*hadolint\s+shell\s*=\s*(\S+)/.exec(text)?.[1];
    if (name === undefined) return [];
    return [{ span, shell: { argv: [name, '-c'], dialect: dialectOf([name]) } }];
  });
}

const noComments: readonly ShellComment[] = [];

function lastCommentBetween(
  shellNotes: readonly ShellComment[],
  from: Instruction,
  to: Instruction,
): ShellComment | undefined {
  const last = shellNotes[firstFrom(shellNotes, to.span.start) - 1];
  return last && from.span.start < last.span.start ? last : undefined;
}

interface ShellComment extends Node {
  readonly shell: State['shell'];
}

/** The state directly before an instruction; before the first FROM there are only variables. */
export function stateAt(stages: Stages, states: States, instruction: Instruction): State {
  const stage = stages.stageOf(instruction);
  const scope = stage && instruction.kind !== 'FROM' ? states.scopes[stage.index] : undefined;
  const variables = variablesAt(scope ?? scopeOutside(stages, instruction), instruction.span.start);
  const { user, workdir, shell, entrypoint, cmd } =
    (stage && stateBefore(states, instruction.span.start)) ?? stateBeforeFrom;
  return { user, workdir, shell, entrypoint, cmd, variables };
}

const stateBeforeFrom: StageState = { user: undefined, workdir: undefined, shell: sh, entrypoint: undefined, cmd: undefined, hasCmd: false }; // prettier-ignore

function stateBefore({ starts, states }: States, start: number): StageState | undefined {
  return states[firstNotLess(starts, start + 1) - 1];
}

/** The shell that runs what begins at an offset, without computing the whole state. */
export function shellAt(states: States, start: number): State['shell'] {
  return stateBefore(states, start)?.shell ?? sh;
}

/** The state that a stage inherits from the one that it is built from. */
function inheritedState(end: StageState | undefined): StageState | undefined {
  return end?.hasCmd ? { ...end, hasCmd: false } : end;
}

/** The shell of the system that a base image has. */
function shellAtStart(tree: Dockerfile, { base, from }: Stage, globals: Scope): State['shell'] {
  if (from.flags.length > 0) {
    const word = from.flags.find(({ name }) => name.text === 'platform')?.value;
    const platform = word && valueAt(globals, word, from.span.start, tree.escape);
    if (platform !== undefined) return /^windows\b/i.test(platform) ? cmdExe : sh;
  }
  // The escape character is only changed because of Windows paths.
  const isWindows = tree.escape === '`' || (base?.kind === 'image' && isWindowsImage(base));
  return isWindows ? cmdExe : sh;
}

/** Whether it is a base image of Microsoft, or its tag names one. */
export function isWindowsImage({ registry, repository, tag = '' }: Image): boolean {
  // Most names have none of these words, and looking for them takes less time than the patterns.
  if (repository.includes('server') || tag.includes('server')) {
    const pattern = /(?:^|[/-])(?:nanoserver|windowsservercore|servercore)(?:$|[/:-])/;
    if (pattern.test(repository) || pattern.test(tag)) return true;
  }
  if (repository.startsWith('dotnet/framework/')) return registry === 'mcr.microsoft.com';
  return repository === 'windows' || repository.startsWith('windows/');
}

interface StateContext {
  readonly tree: Dockerfile;
  readonly scope: Scope;
  /** Where what it declares begins to apply, if that is not at its own place. */
  readonly offset: number | undefined;
}

function applyTriggers(state: StageState, parent: Stage, context: StateContext): StageState {
  let result = state;
  for (const one of parent.instructions)
    if (one.kind === 'ONBUILD' && one.trigger)
      result = applyInstruction(result, one.trigger, context);
  return result;
}

function applyInstruction(
  state: StageState,
  instruction: Instruction,
  context: StateContext,
): StageState {
  const { tree, scope, offset } = context;
  switch (instruction.kind) {
    case 'ARG':
    case 'ENV':
      declare(scope, instruction, tree.escape, offset);
      return state;
    case 'USER': {
      const user = instruction.args[0];
      return user ? { ...state, user } : state;
    }
    case 'WORKDIR': {
      const word = instruction.args[0];
      const to = word && valueAt(scope, word, offset ?? instruction.span.start, tree.escape);
      return { ...state, workdir: joinWorkdir(state.workdir, to) };
    }
    case 'SHELL': {
      const { command } = instruction;
      if (command?.form !== 'exec') return state;
      const argv = command.argv.map(({ text }) => text);
      return { ...state, shell: { argv, dialect: dialectOf(argv) } };
    }
    case 'CMD':
      return { ...state, cmd: instruction as InstructionOf<'CMD'>, hasCmd: true };
    case 'ENTRYPOINT': {
      const cmd = state.hasCmd ? state.cmd : undefined;
      return { ...state, entrypoint: instruction as InstructionOf<'ENTRYPOINT'>, cmd };
    }
    default:
      return state;
  }
}

const COLON = 58;

/** No directory of an image has a longer path (PATH_MAX of Linux). */
const longestPath = 4096;

/**
 * A relative directory is below the previous one; `.` and `..` are resolved as in Docker. Too long paths are not known:
 * thousands of relative ones would take memory that grows with the square of the text.
 */
function joinWorkdir(from: string | undefined, to: string | undefined): string | undefined {
  if (to === undefined || to === '') return to === undefined ? undefined : from;
  if (to.charCodeAt(1) === COLON && /^[A-Za-z]:[\\/]/.test(to)) return to;
  const joined = absolutePath(to, from);
  return joined === undefined || joined.length > longestPath ? undefined : joined;
}
