/** Long work in short steps: the editor must be able to do something else every few milliseconds. */

/** Milliseconds of work in one go. */
const longest = 3;

export class Pace {
  #since = performance.now();

  /** Whether it is time to let other work continue. */
  get isDue(): boolean {
    return performance.now() - this.#since >= longest;
  }

  /** Resolves when other work was done; what was written is sent first. */
  async turn(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.#since = performance.now();
  }
}
