/** Steps that begin with `cd` and would be better with `WORKDIR`. */
import type { CommandAt, Model, Stage } from './model.ts';
import { isShipped } from './lineage.ts';
import { absolutePath } from '../text/path.ts';

/** Steps of one stage that begin with `cd` to the same directory. */
export interface StepsInDirectory {
  readonly directory: string;
  readonly steps: readonly [CommandAt, ...CommandAt[]];
}

/**
 * In stages of the final image, every directory is included. In other stages, only directories that several steps begin
 * with are included, because a single `cd` affects no one but its author. Directories that the step leaves or removes
 * again are not included: as `WORKDIR`, they would apply to everything after the step.
 */
export function stepsBeginningWithCd(model: Model): readonly StepsInDirectory[] {
  const found = new Map<Stage | undefined, Map<string, [CommandAt, ...CommandAt[]]>>();
  for (const at of model.commands('cd')) {
    if (!beginsStep(model, at)) continue;
    const [directory] = at.command.args;
    if (directory === undefined) continue;
    const groups = found.get(at.stage) ?? new Map<string, [CommandAt, ...CommandAt[]]>();
    found.set(at.stage, groups);
    const path = absoluteDirectory(model, at);
    // Where the working directory is not known, a relative path may be a different directory for each step.
    const key = path ?? `${directory.text} ${String(directory.span.start)}`;
    const group = groups.get(key);
    if (group) group.push(at);
    else groups.set(key, [at]);
  }
  return [...found].flatMap(([stage, groups]) => {
    const isInImage = stage === undefined || isShipped(model, stage);
    return [...groups.values()]
      .filter(
        ([at, second]) =>
          second !== undefined || at.run.onbuild === true || (isInImage && !isTemporary(model, at)),
      )
      .map((steps) => ({ directory: steps[0].command.args[0]?.text ?? '', steps }));
  });
}

/** The path that `cd` changes to; undefined if it is relative to a directory that is not known. */
function absoluteDirectory(model: Model, { command, run }: CommandAt): string | undefined {
  const text = command.args[0]?.text ?? '';
  if (text.startsWith('/')) return text;
  return /^[\w.]/.test(text) ? absolutePath(text, model.stateAt(run).workdir) : undefined;
}

/** Whether a command is at the start of the chain that begins its step. */
function beginsStep(model: Model, { command, run, ancestors }: CommandAt): boolean {
  const [first] = model.script(run)?.statements ?? [];
  return ancestors.length === 1 && first?.kind === 'chain' && first.parts[0] === command;
}

/**
 * Whether the directory is used only within the step: it is temporary, the step removes it, or another `cd` leaves it.
 */
function isTemporary(model: Model, { command, run }: CommandAt): boolean {
  const directory = command.args[0]?.text ?? '';
  if (/^(?:\/var)?\/tmp(?:\/|$)/.test(directory)) return true;
  return model.commandsIn(run, 'cd', 'rm').some(({ command: other, via }) => {
    if (via !== 'direct' || other.span.start <= command.span.start) return false;
    if (other.name?.text === 'cd') return /^(?:[/~$-]|$)/.test(other.args[0]?.text ?? '');
    return other.args.some(
      ({ text }) => text.startsWith('/') && `${directory}/`.startsWith(`${text}/`),
    );
  });
}
