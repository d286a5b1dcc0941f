/**
 * What was worked out for an object, kept in the object itself.
 *
 * A WeakMap would say the same, but V8 frees what hangs in an old one only when it collects all garbage, not when it
 * collects what is young. What is kept here reaches whole documents: each keystroke's would grow old with it.
 */
export class Kept<K extends object, V> {
  readonly #slot = Symbol('kept');

  get(key: K): V | undefined {
    const found = (key as Readonly<Record<symbol, Entry<K, V> | undefined>>)[this.#slot];
    return found?.of === key ? found.value : undefined;
  }
  set(key: K, value: V): void {
    (key as Record<symbol, Entry<K, V>>)[this.#slot] = { of: key, value };
  }
}

/** Says whose it is: `{ ...key }` takes it along, and is another. */
interface Entry<K, V> {
  readonly of: K;
  readonly value: V;
}
