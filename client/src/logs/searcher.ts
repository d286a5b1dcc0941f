/** Searches with expressions in another thread, within a time limit: a hostile expression must not stop the extension host. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { LogChunk } from './log-chunk.ts';
import type { Query, Selection } from './search.ts';
import type { FromSearch, ToSearch } from './search-messages.ts';

/** Milliseconds for the lines of one chunk; an ordinary expression needs a few. */
const defaultLimit = 2000;

export class SlowSearchError extends Error {}

type Result = Exclude<FromSearch, { kind: 'begin' }>;

interface Pending {
  resolve(result: Result): void;
  reject(error: Error): void;
}

export class Searcher {
  readonly #program: string;
  readonly #limit: number;
  #worker: Worker | undefined;
  #nextId = 0;
  readonly #pending = new Map<number, Pending>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `program`: the bundle of search-worker.ts. */
  constructor(program = join(__dirname, 'log-search.js'), limit = defaultLimit) {
    this.#program = program;
    this.#limit = limit;
  }

  /** Starts the thread, so that the first search does not wait for it. */
  prepare(): void {
    this.#worker ??= this.#start();
  }

  /** The numbers of the matching lines. Rejects with SlowSearchError if the expression takes too long. */
  async findLines(
    chunk: LogChunk,
    query: Query,
    options: { readonly range: readonly [number, number]; readonly selection: Selection },
  ): Promise<Uint32Array> {
    const { memory, first } = chunk;
    const result = await this.#ask({ kind: 'lines', query, memory, first, ...options });
    return result.kind === 'lines' ? result.lines : new Uint32Array();
  }

  /** The places of matches in each text. Rejects with SlowSearchError if the expression takes too long. */
  async ranges(
    texts: readonly string[],
    query: Query,
  ): Promise<readonly (readonly (readonly [number, number])[])[]> {
    const result = await this.#ask({ kind: 'ranges', query, texts });
    return result.kind === 'ranges' ? result.ranges : [];
  }

  /** Ends the thread; searches that run are rejected. */
  close(): void {
    this.#end(new Error('closed'));
  }

  #ask(message: DistributiveOmit<ToSearch, 'id'>): Promise<Result> {
    this.prepare();
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker?.postMessage({ ...message, id });
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#program);
    worker.unref();
    worker.on('message', (message: FromSearch) => {
      if (worker === this.#worker) this.#onMessage(message);
    });
    worker.on('error', (error) => {
      if (worker === this.#worker) this.#end(error);
    });
    return worker;
  }

  #onMessage(message: FromSearch): void {
    clearTimeout(this.#timer);
    if (message.kind === 'begin') {
      this.#timer = setTimeout(() => this.#end(new SlowSearchError()), this.#limit);
      return;
    }
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    pending?.resolve(message);
  }

  #end(error: Error): void {
    clearTimeout(this.#timer);
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const one of pending) one.reject(error);
  }
}

/** `Omit` for each member of a union. */
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
