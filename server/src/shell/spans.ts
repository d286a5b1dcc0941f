import type { Node, Span } from '../text/span.ts';

/** The span from the first to the last of some nodes, which are in order. */
export function spanOfNodes(nodes: readonly Node[]): Span {
  return { start: nodes[0]?.span.start ?? 0, end: nodes.at(-1)?.span.end ?? 0 };
}
