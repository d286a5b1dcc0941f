/** One `key=value` of ENV, LABEL or ARG taken out. */
import type { Assign, Pair } from '../../syntax/tree.ts';
import type { Model } from '../../model/model.ts';
import { remove, type Edit } from '../../text/edit.ts';

/** With the whole instruction where it is the only one; undefined where a comment would go with it. */
export function withoutPair(
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
