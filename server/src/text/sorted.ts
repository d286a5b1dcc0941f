/** Sorted lists, searched by halving: of nodes by where they start, of numbers, and of anything else. */
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

/** The index of the first item for which a condition is true, as for all after it; the length of the list if there is none. */
export function firstThat<T>(items: readonly T[], isTrue: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isTrue(items[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}
