/**
 * What was worked out for an object, kept in the object itself.
 *
 * A WeakMap would say the same, but V8 frees what hangs in an old one only when it collects all garbage, not when it
 * collects what is young. What is kept here reaches whole documents: each keystroke's would grow old with it.
 */
export class Kept<K extends object, V> {
  get(key: K): V | undefined {
    for (let entry = entriesOf(key); entry !== undefined; entry = entry.next)
      if (entry.by === this && entry.of === key) return entry.value as V;
    return undefined;
  }
  set(key: K, value: V): void {
    for (let entry = entriesOf(key); entry !== undefined; entry = entry.next) {
      if (entry.by !== this || entry.of !== key) continue;
      entry.value = value;
      return;
    }
    (key as Keeper)[kept] = { by: this, of: key, value, next: entriesOf(key) };
  }
}

/** Where it is kept. Objects that have the place from the start all stay of one shape. */
export const kept = Symbol('kept');

export interface Entry {
  readonly by: unknown;
  /** Says whose it is: `{ ...key }` may take it along, and is another. */
  readonly of: object;
  value: unknown;
  readonly next: Entry | undefined;
}

interface Keeper {
  [kept]?: Entry | undefined;
}

function entriesOf(key: Keeper): Entry | undefined {
  return key[kept];
}
