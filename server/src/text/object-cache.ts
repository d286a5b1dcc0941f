/**
 * Caches a value that was computed for an object, in the object itself.
 *
 * A WeakMap would do the same, but V8 frees the entries of an old one only when it collects all garbage, not when it
 * collects young objects. The values reference whole documents, so that the documents of all keystrokes would stay in
 * memory until then.
 */
export class ObjectCache<K extends object, V> {
  get(key: K): V | undefined {
    for (let entry = (key as CacheHolder)[cacheEntries]; entry !== undefined; entry = entry.next)
      if (entry.cache === this && entry.owner === key) return entry.value as V;
    return undefined;
  }
  set(key: K, value: V): void {
    for (let entry = (key as CacheHolder)[cacheEntries]; entry !== undefined; entry = entry.next) {
      if (entry.cache !== this || entry.owner !== key) continue;
      entry.value = value;
      return;
    }
    const next = (key as CacheHolder)[cacheEntries];
    (key as CacheHolder)[cacheEntries] = { cache: this, owner: key, value, next };
  }
}

/** The property that holds the first entry. Objects that define it from the start all keep one shape. */
export const cacheEntries = Symbol('kept');

export interface CacheEntry {
  readonly cache: unknown;
  /** The object that the entry belongs to; a copy such as `{ ...key }` may contain the entry too. */
  readonly owner: object;
  value: unknown;
  readonly next: CacheEntry | undefined;
}

interface CacheHolder {
  [cacheEntries]?: CacheEntry | undefined;
}
