/** Actions that must be undone at the end of a script: after success, failure or Ctrl-C. */

type Undo = () => Promise<void> | void;

/** A stack of things to undo, last first. */
export class Cleanup {
  readonly #undos: Undo[] = [];
  #ending: Promise<void> | undefined;

  /** On SIGINT, SIGTERM or SIGHUP, undoes everything and exits; on a second signal, exits immediately. */
  onSignals(): void {
    for (const [signal, number] of [
      ['SIGINT', 2],
      ['SIGTERM', 15],
      ['SIGHUP', 1],
    ] as const) {
      process.on(signal, () => {
        const exit = () => process.exit(128 + number);
        if (this.#ending) exit();
        else void this.run().finally(exit);
      });
    }
  }

  /** Runs an action and undoes everything after it, also after an error or a signal. */
  async during<T>(action: () => Promise<T>): Promise<T> {
    this.onSignals();
    try {
      return await action();
    } finally {
      await this.run();
    }
  }

  /** Adds something to undo; the returned function removes it from the stack. */
  add(undo: Undo): () => void {
    this.#undos.push(undo);
    return () => {
      const index = this.#undos.indexOf(undo);
      if (index >= 0) this.#undos.splice(index, 1);
    };
  }

  /** Undoes everything. Errors are printed and do not stop the rest. */
  run(): Promise<void> {
    this.#ending ??= this.#undoAll();
    return this.#ending;
  }

  async #undoAll(): Promise<void> {
    for (let undo = this.#undos.pop(); undo; undo = this.#undos.pop()) {
      try {
        await undo();
      } catch (error) {
        console.error('Could not clean up:', error);
      }
    }
  }
}
