/** A RUN without one of its commands. */
import type { CommandAt, Model } from '../../model/model.ts';
import { remove, type Edit } from '../../text/edit.ts';
import { withoutLine } from './lines.ts';

/** With its `&&`, or with the whole instruction where it is alone; undefined where the script is more than that. */
export function withoutCommand(model: Model, { run, command }: CommandAt): Edit | undefined {
  const [only, second] = model.script(run)?.statements ?? [];
  if (only === undefined || second !== undefined || run.heredocs.length > 0) return undefined;
  if (only === command) return withoutLine(model, run);
  if (only.kind !== 'chain' || only.operators.some(({ text }) => text !== '&&')) return undefined;
  const i = only.parts.indexOf(command);
  const part = only.parts[i];
  if (part === undefined) return undefined;
  const next = only.parts[i + 1];
  const before = only.parts[i - 1];
  const place =
    i === 0 && next
      ? { start: part.span.start, end: next.span.start }
      : { start: before?.span.end ?? part.span.start, end: part.span.end };
  // A comment between the lines belongs to a command, and nobody can tell to which.
  return model.tree.text.slice(place.start, place.end).includes('#') ? undefined : remove(place);
}
