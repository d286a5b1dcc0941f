/**
 * A map that empties itself when it is full. For what can be read again: a server that runs for weeks must not remember every
 * directory that it has seen.
 */
export class LimitedMap<Key, Value> extends Map<Key, Value> {
  readonly #most: number;

  /** `most` is the number of entries that it holds. */
  constructor(most: number) {
    super();
    this.#most = most;
  }

  override set(key: Key, value: Value): this {
    if (this.size >= this.#most && !this.has(key)) this.clear();
    return super.set(key, value);
  }
}
