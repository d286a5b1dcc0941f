/** Steps that begin with `cd`: which of them `WORKDIR` would serve better. */
import type { CommandAt, Model, Stage } from '../model/model.ts';
import { isShipped } from './shipped.ts';

/** Steps of one stage that begin in the same folder. */
export interface Entered {
  readonly folder: string;
  readonly steps: readonly [CommandAt, ...CommandAt[]];
}

/**
 * What is worth a word: in an image that is shipped each folder, and in a stage that is thrown away one that several
 * steps begin with. There a single `cd` is read by nobody but its author.
 */
export function entered(model: Model): readonly Entered[] {
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
      .filter((steps) => isKept || steps.length > 1 || steps[0].run.onbuild === true)
      .map((steps) => ({ folder: steps[0].command.args[0]?.text ?? '', steps }));
  });
}

/** At the beginning of a chain that is the first of its step. */
function begins(model: Model, { command, run, inside }: CommandAt): boolean {
  const [first] = model.script(run)?.statements ?? [];
  return inside.length === 1 && first?.kind === 'chain' && first.parts[0] === command;
}
