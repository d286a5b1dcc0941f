/** Measures containers while someone looks: their streams, and the events that tell which there are. */
import type { Container, Engine } from '../engine/engine.ts';
import type { Measured } from './rows.ts';
import { Series } from './series.ts';

export interface WatchOptions {
  engine(): Promise<Engine>;
  /** Those to be shown whatever becomes of them; undefined for all that run. */
  readonly chosen: readonly Container[] | undefined;
  /** There is something new to show. */
  changed(): void;
  /** The engine is away, or there again. */
  trouble(error: unknown): void;
}

interface Watched {
  container: Container;
  gone: boolean;
  readonly series: Series;
  /** Those who measure it now. */
  measuring: AbortSignal | undefined;
}

/** What changes which containers there are, or how they stand. */
const telling = new Set(['start', 'die', 'destroy', 'rename', 'pause', 'unpause', 'restart']);

const firstWait = 500;
const longestWait = 5_000;

export class Watch {
  readonly #options: WatchOptions;
  readonly #watched = new Map<string, Watched>();
  #running: AbortController | undefined;
  /** Whether the list is being read, and whether it must be read again after that. */
  #listing: 'no' | 'once' | 'again' = 'no';

  constructor(options: WatchOptions) {
    this.#options = options;
    for (const container of options.chosen ?? []) this.#watched.set(container.id, fresh(container));
  }

  get containers(): readonly Measured[] {
    return [...this.#watched.values()];
  }

  start(): void {
    if (this.#running !== undefined) return;
    this.#running = new AbortController();
    this.#listing = 'no';
    void this.#run(this.#running.signal);
  }

  /** Ends every stream; what was measured is kept. */
  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
  }

  async #run(signal: AbortSignal): Promise<void> {
    let wait = firstWait;
    while (!isAborted(signal)) {
      const begun = Date.now();
      try {
        await this.#attend(await this.#options.engine(), signal);
      } catch (error) {
        if (isAborted(signal)) return;
        this.#options.trouble(error);
      }
      // What held for a while is no reason to be slow.
      wait = Date.now() - begun > longestWait ? firstWait : Math.min(2 * wait, longestWait);
      await pause(wait, signal);
    }
  }

  /** Reads the list, and again at every event that changes it, to the end of the events. */
  async #attend(engine: Engine, signal: AbortSignal): Promise<void> {
    // What happens between the list and the beginning of the events is told by the time.
    const since = `${String(Date.now() - 2_000)}000000`;
    await this.#list(engine, signal);
    if (isAborted(signal)) return;
    this.#options.trouble(undefined);
    for await (const { about, action } of engine.events(signal, since)) {
      if (about === 'container' && telling.has(action)) void this.#again(engine, signal);
    }
  }

  /** One reading at a time, however many ask for one. */
  async #list(engine: Engine, signal: AbortSignal): Promise<void> {
    if (this.#listing !== 'no') {
      this.#listing = 'again';
      return;
    }
    try {
      do {
        this.#listing = 'once';
        const containers = await engine.containers();
        if (isAborted(signal)) return;
        this.#take(containers);
      } while (this.#isAskedAgain());
      for (const watched of this.#watched.values()) this.#measure(engine, watched, signal);
      this.#options.changed();
    } finally {
      if (!isAborted(signal)) this.#listing = 'no';
    }
  }

  /** As a call, because the type checker does not know that awaiting may change it. */
  #isAskedAgain(): boolean {
    return this.#listing === 'again';
  }

  #take(containers: readonly Container[]): void {
    const { chosen } = this.#options;
    const found = new Map(containers.map((container) => [container.id, container]));
    for (const [id, watched] of this.#watched) {
      const container = found.get(id);
      if (chosen === undefined && !(container && isUp(container))) this.#watched.delete(id);
      watched.gone = container === undefined;
      watched.container = container ?? watched.container;
      if (!(container && isUp(container))) watched.series.rest();
    }
    if (chosen !== undefined) return;
    for (const container of containers) {
      if (isUp(container) && !this.#watched.has(container.id))
        this.#watched.set(container.id, fresh(container));
    }
  }

  #measure(engine: Engine, watched: Watched, signal: AbortSignal): void {
    if (watched.measuring === signal || watched.gone || !isUp(watched.container)) return;
    watched.measuring = signal;
    void this.#follow(engine, watched, signal).then((measured) => {
      if (watched.measuring === signal) watched.measuring = undefined;
      // It may have been started again before its stream had noticed that it ended.
      if (measured && !isAborted(signal)) void this.#again(engine, signal);
    });
  }

  /** Whether anything was measured before it ended. */
  async #follow(engine: Engine, { container, series }: Watched, signal: AbortSignal) {
    let measured = false;
    try {
      for await (const usage of engine.stats(container.id, signal)) {
        if (isAborted(signal)) break;
        measured = true;
        series.add(usage);
        this.#options.changed();
      }
    } catch {
      // A container that is gone is told by an event, an engine that is gone by the end of all events.
    }
    return measured;
  }

  async #again(engine: Engine, signal: AbortSignal): Promise<void> {
    // Whoever reads the events says what is wrong with the engine.
    await this.#list(engine, signal).catch(() => undefined);
  }
}

function fresh(container: Container): Watched {
  return { container, gone: false, series: new Series(), measuring: undefined };
}

function isUp({ state }: Container): boolean {
  return state === 'running' || state === 'paused';
}

/** As a call, because the type checker does not know that awaiting may abort. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end, { once: true });
  });
}
