/** A queue that one side pushes to and the other side iterates over. It buffers items that were not read yet. */

export class Queue<T> implements AsyncIterable<T> {
  readonly #items: T[] = [];
  readonly #waiting: PromiseWithResolvers[] = [];
  #ended = false;
  #error: Error | undefined;

  push(item: T): void {
    if (this.#ended) return;
    this.#items.push(item);
    this.#wake();
  }

  /** Items that were pushed before are still delivered. */
  end(error?: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    while (true) {
      while (this.#items.length > 0) yield this.#items.shift() as T;
      if (this.#ended && this.#error) throw this.#error;
      if (this.#ended) return;
      const waiter = withResolvers();
      this.#waiting.push(waiter);
      await waiter.promise;
    }
  }

  #wake(): void {
    for (const waiter of this.#waiting.splice(0)) waiter.resolve();
  }
}

/** Yields the items of the queue until the signal is aborted. */
export async function* untilAborted<T>(queue: Queue<T>, signal: AbortSignal): AsyncGenerator<T> {
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

/** The Node.js of the oldest supported VS Code does not have `Promise.withResolvers`. */
function withResolvers(): PromiseWithResolvers {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
