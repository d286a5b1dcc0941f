/** Spans over several nodes. */
import type { Node, Span } from '../text/span.ts';

/** The span from the first to the last of some nodes, which are in order. */
export function hull(nodes: readonly Node[]): Span {
  return { start: nodes[0]?.span.start ?? 0, end: nodes.at(-1)?.span.end ?? 0 };
}

/** The span, extended to include its children: parsers end an unclosed block where it begins. */
export function widened(place: Span, ...lists: readonly (readonly Node[])[]): Span {
  let { start, end } = place;
  for (const list of lists)
    for (const { span } of list) {
      if (span.start < start) start = span.start;
      if (span.end > end) end = span.end;
    }
  return start === place.start && end === place.end ? place : { start, end };
}
