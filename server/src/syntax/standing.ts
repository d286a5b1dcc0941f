/** What of an earlier tree holds of a text that begins as its own did: most keystrokes leave most instructions alone. */
import type { Comment, Dockerfile, Instruction } from './tree.ts';
import type { SyntaxTrouble } from './trouble.ts';
import { ofOrder } from './check/order.ts';
import type { Span } from '../text/span.ts';

export interface Standing {
  readonly instructions: readonly Instruction[];
  readonly comments: readonly Comment[];
  readonly emptyContinuations: readonly Span[];
  readonly errors: readonly SyntaxTrouble[];
  /** Where the line begins that is to be read next. */
  readonly next: number;
}

/**
 * The instructions that another one follows in front of the first change: where an instruction ends is known only from
 * what begins behind it. Undefined where there are none.
 */
export function standing(before: Dockerfile, text: string): Standing | undefined {
  const same = commonLength(before.text, text);
  const count = startingBefore(before.instructions, same) - 1;
  const follower = before.instructions[count];
  if (count < 1 || follower === undefined) return undefined;
  const next = text.lastIndexOf('\n', follower.span.start) + 1;
  return {
    instructions: before.instructions.slice(0, count),
    comments: before.comments.slice(0, startingBefore(before.comments, next)),
    emptyContinuations: before.emptyContinuations.filter(({ start }) => start < next),
    errors: before.errors.filter((error) => error.span.start < next && !ofOrder.has(error.code)),
    next,
  };
}

/** How many characters two texts have in common at their beginning. */
function commonLength(one: string, other: string): number {
  let low = 0;
  let high = Math.min(one.length, other.length);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (one.slice(low, middle) === other.slice(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Of nodes in order, how many begin in front of an offset. */
function startingBefore(nodes: readonly { readonly span: Span }[], offset: number): number {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle]?.span.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
