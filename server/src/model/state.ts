/** The state directly before an instruction: user, working directory, shell, start commands and variables. */
import { dialectOf } from '../shell/dialect.ts';
import { commentsUpTo } from '../syntax/long-file.ts';
import type { Dockerfile, Instruction, InstructionOf, Word } from '../syntax/tree.ts';
import { absolutePath } from '../text/path.ts';
import { firstFrom, firstNotLess } from '../text/sorted.ts';
import type { Node } from '../text/span.ts';
import type { State } from './model.ts';
import { isPlainSystem } from './plain-systems.ts';
import { valueAt, VariablesView } from './scope.ts';
import type { Scope } from './scope-entries.ts';
import { sh, shellAtStart, shellMark } from './stage-shells.ts';
import { kindBits } from './reads.ts';
import { parentNode, type StageNode, type Stages } from './stages.ts';
import { afterTriggers, Triggers } from './triggers.ts';

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
  /** Where the last of them ends. */
  readonly end: number;
}

/**
 * Computes all states in one pass; a stage begins with the final state of the stage that it is built from. The scopes are those
 * of the stages.
 */
export function statesOf(tree: Dockerfile, stages: Stages, scopes: readonly Scope[]): States {
  const starts: number[] = [];
  const states: StageState[] = [];
  const finalStates: StageState[] = [];
  const notes = tree.text.includes(shellMark) ? shellComments(tree, stages.end) : noComments;
  const hasNotes = notes.length > 0;
  const first = stages.list[0]?.from.span.start ?? 0;
  const triggers = new Triggers(changing, stages);
  const globalShell = notes[firstFrom(notes, first) - 1]?.shell;
  for (let index = 0; index < stages.list.length; index++) {
    const stage = stages.list[index] as StageNode;
    const scope = scopes[index] as Scope;
    const parent = parentNode(stage);
    let state = parent && inheritedState(finalStates[parent.index]);
    if (state === undefined) {
      const shell = globalShell ?? shellAtStart(tree, stage, stages);
      const workdir = isPlainSystem(stage) ? '/' : undefined;
      state = { ...stateBeforeFrom, workdir, shell };
    }
    let applied: ShellComment | undefined;
    starts.push(stage.from.span.start);
    states.push(state);
    // The triggers of the parent stage run first.
    for (const { instruction, before } of triggers.in(stage))
      state = applyInstruction(state, instruction, scope, afterTriggers(stage.from, before), tree.escape); // prettier-ignore
    const { ownInstructions } = stage;
    for (let i = 0; i < ownInstructions.length; i++) {
      const instruction = ownInstructions[i] as Instruction;
      const shell = hasNotes ? lastCommentBetween(notes, stage.from, instruction) : undefined;
      if (shell && shell !== applied) state = { ...state, shell: (applied = shell).shell };
      if (state !== states.at(-1)) {
        starts.push(instruction.span.start);
        states.push(state);
      }
      state = applyInstruction(state, instruction, scope, instruction.span.start, tree.escape);
    }
    finalStates.push(state);
  }
  return { starts, states, end: stages.end };
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
export function stateAt(states: States, { span: { start } }: Instruction, scope: Scope): State {
  const { user, workdir, shell, entrypoint, cmd } = stateBefore(states, start) ?? stateBeforeFrom;
  return { user, workdir, shell, entrypoint, cmd, variables: new VariablesView(scope, start) };
}

const stateBeforeFrom: StageState = { user: undefined, workdir: undefined, shell: sh, entrypoint: undefined, cmd: undefined, hasCmd: false }; // prettier-ignore

function stateBefore({ starts, states, end }: States, start: number): StageState | undefined {
  return start >= end ? undefined : states[firstNotLess(starts, start + 1) - 1];
}

/** The shell that runs what begins at an offset. */
export function shellAt(states: States, start: number): State['shell'] {
  return stateBefore(states, start)?.shell ?? sh;
}

/** The state that a stage inherits from the one that it is built from. */
function inheritedState(end: StageState | undefined): StageState | undefined {
  return end?.hasCmd ? { ...end, hasCmd: false } : end;
}

/** The state after an instruction, which reads the variables that are declared at an offset. */
function applyInstruction(
  state: StageState,
  instruction: Instruction,
  scope: Scope,
  offset: number,
  escape: Dockerfile['escape'],
): StageState {
  switch (instruction.kind) {
    case 'USER': {
      const user = instruction.args[0];
      return user ? { ...state, user } : state;
    }
    case 'WORKDIR': {
      const word = instruction.args[0];
      const to = word && valueAt(scope, word, offset, escape);
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

/** The instructions that `applyInstruction` applies. */
const changing = kindBits(['USER', 'WORKDIR', 'SHELL', 'CMD', 'ENTRYPOINT']);
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
