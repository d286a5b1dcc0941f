/**
 * The same elements without room for more: V8 gives an array that grows from nothing room for 17 elements, and most nodes
 * of a tree have one or two children.
 */
export function withoutRoom<T>(grown: readonly T[]): readonly T[] {
  return grown.length === 0 ? none : grown.length < few ? grown.slice() : grown;
}

const none: readonly never[] = [];

/** A list with one more element: the same one, unless it had fewer than two. Most lists get no third element. */
export function appended<T>(list: readonly T[] = none, item: T): readonly T[] {
  if (list.length < 2) return list.length === 0 ? [item] : [list[0] as T, item];
  (list as T[]).push(item);
  return list;
}

/** Longer arrays have less room than elements, and copying them takes longer. */
const few = 17;
