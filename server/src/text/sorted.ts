/** Lists of nodes that are sorted by where they start, and of sorted numbers, searched by halving. */
import type { Node } from './span.ts';

/** The index of the first node that starts at an offset or after it; the length of the list if there is none. */
export function firstFrom(nodes: readonly Node[], offset: number): number {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle]?.span.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index of the first number that is not less than another; the length of the list if there is none. */
export function firstNotLess(numbers: readonly number[], least: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
