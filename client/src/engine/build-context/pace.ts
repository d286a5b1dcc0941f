/** Long work in short steps: the editor must be able to do something else every few milliseconds. */

/** Milliseconds of work in one go. */
const longest = 3;

export class Pace {
  #since = performance.now();

  /** Whether it is time to let others go on. */
  get isDue(): boolean {
    return performance.now() - this.#since >= longest;
  }

  /** Resolves when others had their turn; what was written meanwhile is sent. */
  async turn(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.#since = performance.now();
  }
}
