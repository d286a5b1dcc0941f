/** Steps that begin with `cd` and would be better with `WORKDIR`. */
import type { CommandAt, Model, Stage } from './model.ts';
import { isShipped } from './lineage.ts';

/** Steps of one stage that begin with `cd` to the same directory. */
export interface Entered {
  readonly folder: string;
  readonly steps: readonly [CommandAt, ...CommandAt[]];
}

/**
 * In stages of the final image, every directory is included. In other stages, only directories that several steps begin
 * with are included, because a single `cd` affects no one but its author. Directories that the step leaves or removes
 * again are not included: as `WORKDIR`, they would apply to everything after the step.
 */
export function enteredDirectories(model: Model): readonly Entered[] {
  const found = new Map<Stage | undefined, Map<string, [CommandAt, ...CommandAt[]]>>();
  for (const at of model.commands('cd')) {
    if (!begins(model, at)) continue;
    const [folder] = at.command.args;
    if (folder === undefined) continue;
    const groups = found.get(at.stage) ?? new Map<string, [CommandAt, ...CommandAt[]]>();
    found.set(at.stage, groups);
    // A relative path is a different directory for each step.
    const key = folder.text.startsWith('/') ? folder.text : `${folder.text} ${String(folder.span.start)}`; // prettier-ignore
    const group = groups.get(key);
    if (group) group.push(at);
    else groups.set(key, [at]);
  }
  return [...found].flatMap(([stage, groups]) => {
    const isKept = stage === undefined || isShipped(model, stage);
    return [...groups.values()]
      .filter(
        ([at, second]) =>
          second !== undefined || at.run.onbuild === true || (isKept && !isPassing(model, at)),
      )
      .map((steps) => ({ folder: steps[0].command.args[0]?.text ?? '', steps }));
  });
}

/** Whether a command is at the start of the chain that begins its step. */
function begins(model: Model, { command, run, ancestors }: CommandAt): boolean {
  const [first] = model.script(run)?.statements ?? [];
  return ancestors.length === 1 && first?.kind === 'chain' && first.parts[0] === command;
}

/**
 * Whether the directory is used only within the step: it is temporary, the step removes it, or another `cd` leaves it.
 */
function isPassing(model: Model, { command, run }: CommandAt): boolean {
  const folder = command.args[0]?.text ?? '';
  if (/^(?:\/var)?\/tmp(?:\/|$)/.test(folder)) return true;
  return model.commandsIn(run, 'cd', 'rm').some(({ command: other, via }) => {
    if (via !== 'direct' || other.span.start <= command.span.start) return false;
    if (other.name?.text === 'cd') return /^(?:[/~$-]|$)/.test(other.args[0]?.text ?? '');
    return other.args.some(
      ({ text }) => text.startsWith('/') && `${folder}/`.startsWith(`${text}/`),
    );
  });
}
