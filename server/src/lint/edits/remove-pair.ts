/** Removes one `key=value` of ENV, LABEL or ARG. */
import type { Assign, Pair } from '../../syntax/tree.ts';
import type { Model } from '../../model/model.ts';
import { remove, type Edit } from '../../text/edit.ts';

/** Removes a pair, or the whole instruction if it is the only one; undefined if this would remove a comment. */
export function removePair(
  { tree: { text } }: Model,
  { pairs, span }: Assign,
  pair: Pair,
): Edit | undefined {
  const at = pairs.indexOf(pair);
  const before = pairs[at - 1];
  const after = pairs[at + 1];
  const place = before
    ? { start: before.span.end, end: pair.span.end }
    : after
      ? { start: pair.span.start, end: after.span.start }
      : { start: span.start, end: lineEnd(text, span.end) };
  return text.slice(place.start, place.end).includes('#') ? undefined : remove(place);
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}
