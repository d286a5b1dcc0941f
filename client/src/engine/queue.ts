/** What one side pushes and the other iterates; nothing is lost between them. */

export class Queue<T> implements AsyncIterable<T> {
  readonly #items: T[] = [];
  readonly #waiting: PromiseWithResolvers[] = [];
  #over = false;
  #error: Error | undefined;

  push(item: T): void {
    if (this.#over) return;
    this.#items.push(item);
    this.#wake();
  }

  /** What was pushed before is still given out. */
  end(error?: Error): void {
    if (this.#over) return;
    this.#over = true;
    this.#error = error;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    while (true) {
      while (this.#items.length > 0) yield this.#items.shift() as T;
      if (this.#over && this.#error) throw this.#error;
      if (this.#over) return;
      const turn = withResolvers();
      this.#waiting.push(turn);
      await turn.promise;
    }
  }

  #wake(): void {
    for (const turn of this.#waiting.splice(0)) turn.resolve();
  }
}

/** What comes until the signal is aborted. */
export async function* endedBy<T>(queue: Queue<T>, signal: AbortSignal): AsyncGenerator<T> {
  const end = () => queue.end();
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  try {
    for await (const item of queue) {
      if (signal.aborted) return;
      yield item;
    }
  } finally {
    signal.removeEventListener('abort', end);
  }
}

interface PromiseWithResolvers {
  readonly promise: Promise<void>;
  resolve(): void;
}

/** `Promise.withResolvers` is newer than the Node.js of the oldest VS Code that we run in. */
function withResolvers(): PromiseWithResolvers {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
