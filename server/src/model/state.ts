/** What holds just before an instruction: user, folder, shell, variables. */
import { dialectOf } from '../shell/dialect.ts';
import type { Dockerfile, Instruction, Of, Word } from '../syntax/tree.ts';
import { absolutePath } from '../text/path.ts';
import type { Image } from '../images/image.ts';
import type { Stage, State } from './model.ts';
import { isBareBelow } from './systems.ts';
import { declare, lookupAt, stageScope, variablesAt, type Scope } from './scope.ts';
import type { Stages } from './stages.ts';
import { resolved } from './values.ts';

/** What does not change from line to line is shared between them. */
interface Standing {
  readonly user: Word | undefined;
  readonly workdir: string | undefined;
  readonly shell: State['shell'];
  readonly entrypoint: Of<'ENTRYPOINT'> | undefined;
  readonly cmd: Of<'CMD'> | undefined;
  /** Whether the CMD is this stage's own: an ENTRYPOINT takes away only one from below. */
  readonly hasCmd: boolean;
}

function standing(shell: State['shell'], workdir?: string): Standing {
  return { user: undefined, workdir, shell, entrypoint: undefined, cmd: undefined, hasCmd: false };
}

export interface States {
  /** The standing just before each instruction. */
  readonly before: ReadonlyMap<Instruction, Standing>;
  /** A scope for each stage. */
  readonly scopes: readonly Scope[];
}

const sh: State['shell'] = { argv: ['/bin/sh', '-c'], dialect: 'sh' };
const cmdExe: State['shell'] = { argv: ['cmd', '/S', '/C'], dialect: 'cmd' };

/** Whether it is the one that Docker takes where nobody chose one. */
export function isDefaultShell(shell: State['shell']): boolean {
  return shell === sh || shell === cmdExe;
}

/** One pass over the stages in order; a stage begins where the one that it is built from ends. */
export function statesOf(tree: Dockerfile, stages: Stages): States {
  const before = new Map<Instruction, Standing>();
  const ends: Standing[] = [];
  const scopes: Scope[] = [];
  const told = shellComments(tree);
  const first = stages.list[0]?.from.span.start ?? 0;
  const everywhere = told.findLast(({ at }) => at < first)?.shell;
  for (const stage of stages.list) {
    const parent = stage.base?.kind === 'stage' ? stage.base : undefined;
    const bare = parent === undefined && isBareBelow(stage);
    const scope = stageScope(stages.globals, parent && scopes[parent.index], bare);
    let now =
      startingFrom(parent && ends[parent.index]) ??
      beginning(tree, stage, { globals: stages.globals, everywhere });
    let said: ShellComment | undefined;
    const walk: Walk = { tree, scope, base: parent };
    before.set(stage.from, now);
    // The triggers of the stage below run first of all.
    for (const one of parent?.instructions ?? [])
      if (one.kind === 'ONBUILD' && one.trigger)
        now = after(now, one.trigger, { ...walk, offset: stage.from.span.end });
    for (const instruction of stage.instructions) {
      const shell = told.length > 0 ? toldBetween(told, stage.from, instruction) : undefined;
      if (shell && shell !== said) now = { ...now, shell: (said = shell).shell };
      before.set(instruction, now);
      if (instruction.kind === 'ONBUILD' && instruction.trigger)
        before.set(instruction.trigger, now);
      now = after(now, instruction, walk);
    }
    ends.push(now);
    scopes.push(scope);
  }
  return { before, scopes };
}

/**
 * `# hadolint shell=pwsh` tells which shell the base image has set: as SHELL, from there to the end of the stage; before
 * the first FROM, of all base images.
 * (hadolint's README, "Shell".)
 */
function shellComments({ text, comments }: Dockerfile): readonly ShellComment[] {
  return comments.flatMap(({ span }) => {
    const name = /^#\s*hadolint\s+shell\s*=\s*(\S+)/.exec(text.slice(span.start, span.end))?.[1];
    if (name === undefined) return [];
    return [{ at: span.start, shell: { argv: [name, '-c'], dialect: dialectOf([name]) } }];
  });
}

function toldBetween(
  told: readonly ShellComment[],
  from: Instruction,
  to: Instruction,
): ShellComment | undefined {
  return told.findLast(({ at }) => from.span.start < at && at < to.span.start);
}

interface ShellComment {
  readonly at: number;
  readonly shell: State['shell'];
}

/** What holds just before an instruction; before the first FROM there are only variables. */
export function stateAt(stages: Stages, states: States, instruction: Instruction): State {
  const stage = stages.stageOf.get(instruction);
  const scope = stage && instruction.kind !== 'FROM' ? states.scopes[stage.index] : undefined;
  const variables = variablesAt(scope ?? stages.globals, instruction.span.start);
  const { user, workdir, shell, entrypoint, cmd } = states.before.get(instruction) ?? atFirst;
  return { user, workdir, shell, entrypoint, cmd, variables };
}

const atFirst = standing(sh);

/** The shell that reads an instruction; less work than the whole state. */
export function shellAt(states: States, instruction: Instruction): State['shell'] {
  return states.before.get(instruction)?.shell ?? sh;
}

/** What a stage takes over from the one that it is built from. */
function startingFrom(end: Standing | undefined): Standing | undefined {
  return end?.hasCmd ? { ...end, hasCmd: false } : end;
}

function beginning(
  tree: Dockerfile,
  stage: Stage,
  { globals, everywhere }: { globals: Scope; everywhere: State['shell'] | undefined },
): Standing {
  const { base, from } = stage;
  const word = from.flags.find(({ name }) => name.text === 'platform')?.value;
  const platform = word && resolved(word, tree.escape, lookupAt(globals, from.span.start));
  const named = base?.kind === 'image' && isWindowsImage(base);
  // Nobody changes the escape character but for the sake of the paths of Windows.
  const windows =
    platform === undefined ? named || tree.escape === '`' : /^windows\b/i.test(platform);
  return standing(everywhere ?? (windows ? cmdExe : sh), isBareBelow(stage) ? '/' : undefined);
}

/** Microsoft's base images, and tags that say which one an image is built on. */
export function isWindowsImage({ registry, repository, tag = '' }: Image): boolean {
  const sign = /(?:^|[/-])(?:nanoserver|windowsservercore|servercore)(?:$|[/:-])/;
  if (sign.test(repository) || sign.test(tag)) return true;
  const framework = registry === 'mcr.microsoft.com' && /^dotnet\/framework\//.test(repository);
  return framework || /^windows(?:$|\/)/.test(repository);
}

interface Walk {
  readonly tree: Dockerfile;
  readonly scope: Scope;
  readonly base: Stage | undefined;
  readonly offset?: number;
}

function after(now: Standing, instruction: Instruction, walk: Walk): Standing {
  const { tree, scope, offset } = walk;
  switch (instruction.kind) {
    case 'ARG':
    case 'ENV':
      declare(scope, instruction, tree.escape, offset);
      return now;
    case 'USER': {
      const [user] = instruction.args;
      return user ? { ...now, user } : now;
    }
    case 'WORKDIR': {
      const [word] = instruction.args;
      const lookup = lookupAt(scope, offset ?? instruction.span.start);
      const to = word && resolved(word, tree.escape, lookup);
      return { ...now, workdir: joined(now.workdir, to) };
    }
    case 'SHELL': {
      const { command } = instruction;
      if (command?.form !== 'exec') return now;
      const argv = command.argv.map(({ text }) => text);
      return { ...now, shell: { argv, dialect: dialectOf(argv) } };
    }
    case 'CMD':
      return { ...now, cmd: instruction as Of<'CMD'>, hasCmd: true };
    case 'ENTRYPOINT': {
      const cmd = now.hasCmd ? now.cmd : undefined;
      return { ...now, entrypoint: instruction as Of<'ENTRYPOINT'>, cmd };
    }
    default:
      return now;
  }
}

/** A relative folder is below the one before; `.` and `..` are resolved as Docker does. */
function joined(from: string | undefined, to: string | undefined): string | undefined {
  if (to === undefined || to === '') return to === undefined ? undefined : from;
  if (/^[A-Za-z]:[\\/]/.test(to)) return to;
  return absolutePath(to, from);
}
