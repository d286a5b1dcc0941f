/**
 * Values that are known at once, or later. What was read once is a value: with a promise for each part, reading settings and
 * files that are known took a tenth of the time from opening a file to its findings.
 */
import { LimitedMap } from './limited-map.ts';

export type MaybePromise<T> = T | Promise<T>;

/** What is computed from a value, at once if the value is known. */
export function whenKnown<T, R>(
  value: MaybePromise<T>,
  compute: (value: T) => MaybePromise<R>,
): MaybePromise<R> {
  return value instanceof Promise ? value.then(compute) : compute(value);
}

/** All values, at once if all are known. */
export function whenAllKnown<T>(values: readonly MaybePromise<T>[]): MaybePromise<readonly T[]> {
  for (const value of values) if (value instanceof Promise) return Promise.all(values);
  return values as readonly T[];
}

/** Remembers one value for each key, as a value as soon as it is known. */
export class RememberedValues<T> {
  readonly #known: LimitedMap<string, { value: MaybePromise<T> }>;

  /** `most` is the number of keys. */
  constructor(most: number) {
    this.#known = new LimitedMap(most);
  }
  /** The value for a key, which is computed once. */
  of(key: string, compute: (key: string) => MaybePromise<T>): MaybePromise<T> {
    const before = this.#known.get(key);
    if (before !== undefined) return before.value;
    const value = compute(key);
    const entry = { value };
    this.#known.set(key, entry);
    // Who uses the promise handles its failure.
    if (value instanceof Promise) value.then((known) => (entry.value = known), ignoreFailure);
    return value;
  }
  /** Discards all values. */
  forget(): void {
    this.#known.clear();
  }
}

function ignoreFailure(): void {
  // Handled elsewhere.
}
