/** A list of an engine that is read once, and then only as far as it has changed. */

export interface KeptListOptions<T, Mark> {
  readonly all: () => Promise<readonly T[]>;
  /** Reads what the marks name again; undefined if the whole list must be read. */
  readonly some: (
    before: readonly T[],
    marks: readonly Mark[],
  ) => Promise<readonly T[] | undefined>;
  /** An order that does not depend on how it was read. */
  readonly order: (a: T, b: T) => number;
}

/** Of a list that no visible view reads. With more, the whole list is read. */
const mostMarks = 1000;

export class KeptList<T, Mark> {
  readonly #options: KeptListOptions<T, Mark>;
  #value: readonly T[] | undefined;
  /** Whether anything in the list may have changed. */
  #isOutdated = false;
  #marks: Mark[] = [];
  #running: Promise<readonly T[]> | undefined;
  /** A read that starts after the one that is running. */
  #next: Promise<readonly T[]> | undefined;

  constructor(options: KeptListOptions<T, Mark>) {
    this.#options = options;
  }

  /** Something that the mark names may have changed; it is read by the next call of `read`. */
  mark(mark: Mark): void {
    // The first read starts later than the change.
    if (this.#value === undefined && this.#running === undefined) return;
    if (this.#marks.push(mark) <= mostMarks) return;
    this.#marks = [];
    this.#isOutdated = true;
  }

  /** Anything may have changed. */
  outdate(): void {
    this.#isOutdated = true;
  }

  /**
   * The list with all changes that were marked before the call; the same objects for what has not changed. Rejects if the engine
   * does, and reads the same again at the next call.
   */
  read(): Promise<readonly T[]> {
    const running = this.#running;
    if (this.#next !== undefined) return this.#next;
    if (running === undefined) return this.#start();
    if (this.#marks.length === 0 && !this.#isOutdated) return running;
    // The read that is running may have begun before the change.
    const start = (): Promise<readonly T[]> => {
      this.#next = undefined;
      return this.#start();
    };
    this.#next = running.then(start, start);
    return this.#next;
  }

  #start(): Promise<readonly T[]> {
    const read = this.#update().finally(() => (this.#running = undefined));
    this.#running = read;
    return read;
  }

  async #update(): Promise<readonly T[]> {
    const { all, some, order } = this.#options;
    const before = this.#isOutdated ? undefined : this.#value;
    if (before !== undefined && this.#marks.length === 0) return before;
    const marks = this.#marks;
    this.#marks = [];
    this.#isOutdated = false;
    try {
      const patched = before && (await some(before, marks));
      const value = [...(patched ?? (await all()))].sort(order);
      this.#value = value;
      return value;
    } catch (error) {
      this.#marks.unshift(...marks);
      if (before === undefined) this.#isOutdated = true;
      throw error;
    }
  }
}
