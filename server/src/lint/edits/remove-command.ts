/** Removes a command of a RUN. */
import type { CommandAt, Model } from '../../model/model.ts';
import { remove, type Edit } from '../../text/edit.ts';
import { removeLine } from './lines.ts';

/**
 * Removes a command with its `&&`, or the whole instruction if it has no other command; undefined for other scripts.
 */
export function removeCommand(model: Model, { run, command }: CommandAt): Edit | undefined {
  const [only, second] = model.script(run)?.statements ?? [];
  if (only === undefined || second !== undefined || run.heredocs.length > 0) return undefined;
  if (only === command) return removeLine(model, run);
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
  // It is not known to which command a comment between the lines belongs.
  return model.tree.text.slice(place.start, place.end).includes('#') ? undefined : remove(place);
}
