/** Steps that begin with `cd`: which of them `WORKDIR` would serve better. */
import type { CommandAt, Model, Stage } from './model.ts';
import { isShipped } from './lineage.ts';

/** Steps of one stage that begin in the same folder. */
export interface Entered {
  readonly folder: string;
  readonly steps: readonly [CommandAt, ...CommandAt[]];
}

/**
 * What is worth a word: in an image that is shipped each folder, and in a stage that is thrown away one that several
 * steps begin with. There a single `cd` is read by nobody but its author. Nor is one for a folder that is left or gone when
 * the step ends: as `WORKDIR` it would hold for all that follows.
 */
export function enteredDirectories(model: Model): readonly Entered[] {
  const found = new Map<Stage | undefined, Map<string, [CommandAt, ...CommandAt[]]>>();
  for (const at of model.commands('cd')) {
    if (!begins(model, at)) continue;
    const [folder] = at.command.args;
    if (folder === undefined) continue;
    const groups = found.get(at.stage) ?? new Map<string, [CommandAt, ...CommandAt[]]>();
    found.set(at.stage, groups);
    // A folder below the one of the step is another one each time.
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

/** At the beginning of a chain that is the first of its step. */
function begins(model: Model, { command, run, inside }: CommandAt): boolean {
  const [first] = model.script(run)?.statements ?? [];
  return inside.length === 1 && first?.kind === 'chain' && first.parts[0] === command;
}

/** A single step passes through: the folder is a temporary one or removed there, or another `cd` leads out of it. */
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
