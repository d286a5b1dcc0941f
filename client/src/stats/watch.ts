/** Measures containers: reads their stats streams, and follows the events that change the list of containers. */
import { t } from '@vscode/l10n';
import type { HostConfig } from '../engine/container-config.ts';
import type { Container, Engine } from '../engine/engine.ts';
import type { Usage } from '../engine/usage.ts';
import type { Mark } from './page.ts';
import type { Host, MeasuredContainer } from './measured.ts';
import { longestSpan, Series } from './series.ts';

export interface WatchOptions {
  engine(): Promise<Engine>;
  /** Containers that are always shown; undefined to show all running ones. */
  readonly chosen: readonly Container[] | undefined;
  /** Called when there is new data. */
  onChange(): void;
  /** Called with an error when the engine cannot be reached, and with undefined when it can be reached again. */
  onError(error: unknown): void;
}

interface Watched {
  container: Container;
  removed: boolean;
  readonly series: Series;
  readonly marks: Mark[];
  cpuLimit: number | undefined;
  /** The last one that was seen. */
  exitCode: number | undefined;
  /** Its stream has ended, so the next measurement is that of a new start. */
  hasEnded: boolean;
  /** The signal of the run that measures the container now. */
  measuring: AbortSignal | undefined;
}

/** Actions that change the list of containers or their state. */
const relevantActions = new Set([
  'start',
  'die',
  'destroy',
  'rename',
  'pause',
  'unpause',
  'restart',
]);

const firstWait = 500;
const longestWait = 5_000;

export class Watch {
  readonly #options: WatchOptions;
  readonly #watched = new Map<string, Watched>();
  #host: Host | undefined;
  #running: AbortController | undefined;
  /** Whether the list is being read, and whether it must be read again afterwards. */
  #listing: 'no' | 'once' | 'again' = 'no';

  constructor(options: WatchOptions) {
    this.#options = options;
    for (const container of options.chosen ?? [])
      this.#watched.set(container.id, createWatched(container));
  }

  get containers(): readonly MeasuredContainer[] {
    return [...this.#watched.values()].map((watched) => ({
      ...watched,
      ownLimit: this.#ownLimit(watched.series.latest),
    }));
  }

  /** The machine of the engine; undefined until it is known. */
  get host(): Host | undefined {
    return this.#host;
  }

  /** Reads the limits that the stats do not contain; failures are ignored. */
  async readLimits(id: string): Promise<void> {
    const watched = this.#watched.get(id);
    if (watched === undefined) return;
    try {
      const engine = await this.#options.engine();
      const { host } = await engine.inspect('container', id);
      watched.cpuLimit = cpuLimitOf(host);
      this.#options.onChange();
    } catch {
      // The charts do not need it, and a lost connection is reported by the events.
    }
  }

  /** The engine reports the memory of the host for a container without a limit. */
  #ownLimit(usage: Usage | undefined): number | undefined {
    const limit = usage?.memoryLimit;
    return limit !== undefined && this.#host !== undefined && limit < this.#host.memory
      ? limit
      : undefined;
  }

  start(): void {
    if (this.#running !== undefined) return;
    this.#running = new AbortController();
    this.#listing = 'no';
    void this.#run(this.#running.signal);
  }

  /** Ends all streams; measurements are kept. */
  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
  }

  async #run(signal: AbortSignal): Promise<void> {
    let wait = firstWait;
    while (!isAborted(signal)) {
      const startedAt = Date.now();
      try {
        await this.#followEvents(await this.#options.engine(), signal);
      } catch (error) {
        if (isAborted(signal)) return;
        this.#options.onError(error);
      }
      // A connection that lasted resets the delay.
      wait = Date.now() - startedAt > longestWait ? firstWait : Math.min(2 * wait, longestWait);
      await pause(wait, signal);
    }
  }

  /** Reads the list, and again after each relevant event, until the events end. */
  async #followEvents(engine: Engine, signal: AbortSignal): Promise<void> {
    // `since` includes events that happen between reading the list and the start of the events.
    const since = `${String(Date.now() - 2_000)}000000`;
    await this.#list(engine, signal);
    if (isAborted(signal)) return;
    this.#options.onError(undefined);
    void this.#readHost(engine);
    for await (const { objectType, action } of engine.events(signal, since)) {
      if (objectType === 'container' && relevantActions.has(action))
        void this.#listAgain(engine, signal);
    }
  }

  async #readHost(engine: Engine): Promise<void> {
    this.#host ??= await engine.info().catch(() => undefined);
    this.#options.onChange();
  }

  /** Reads the list. Requests during a read are combined to one more read. */
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
        this.#update(containers);
      } while (this.#isAskedAgain());
      for (const watched of this.#watched.values()) this.#measure(engine, watched, signal);
      this.#options.onChange();
    } finally {
      if (!isAborted(signal)) this.#listing = 'no';
    }
  }

  /** A method, because TypeScript assumes that the field does not change during an await. */
  #isAskedAgain(): boolean {
    return this.#listing === 'again';
  }

  #update(containers: readonly Container[]): void {
    const { chosen } = this.#options;
    const found = new Map(containers.map((container) => [container.id, container]));
    for (const [id, watched] of this.#watched) {
      const container = found.get(id);
      if (chosen === undefined && !(container && isActive(container))) this.#watched.delete(id);
      watched.removed = container === undefined;
      watched.container = container ?? watched.container;
      watched.exitCode = container?.exitCode ?? watched.exitCode;
      if (!(container && isActive(container))) watched.series.stop();
    }
    if (chosen !== undefined) return;
    for (const container of containers) {
      if (isActive(container) && !this.#watched.has(container.id))
        this.#watched.set(container.id, createWatched(container));
    }
  }

  #measure(engine: Engine, watched: Watched, signal: AbortSignal): void {
    if (watched.measuring === signal || watched.removed || !isActive(watched.container)) return;
    watched.measuring = signal;
    void this.#follow(engine, watched, signal).then((measured) => {
      if (watched.measuring === signal) watched.measuring = undefined;
      // The container may have been restarted before its stream ended.
      if (measured && !isAborted(signal)) void this.#listAgain(engine, signal);
    });
  }

  /** Reads the stats stream; resolves to whether anything was measured. */
  async #follow(engine: Engine, watched: Watched, signal: AbortSignal) {
    const { container, series } = watched;
    let measured = false;
    try {
      for await (const usage of engine.stats(container.id, signal)) {
        if (isAborted(signal)) break;
        measured = true;
        if (watched.hasEnded) addMark(watched, usage.at);
        watched.hasEnded = false;
        series.add(usage);
        this.#options.onChange();
      }
      if (!isAborted(signal)) watched.hasEnded = measured;
    } catch {
      // A removed container is reported by an event, a lost connection by the end of the events.
    }
    return measured;
  }

  async #listAgain(engine: Engine, signal: AbortSignal): Promise<void> {
    // Errors of the engine are reported where the events are read.
    await this.#list(engine, signal).catch(() => undefined);
  }
}

function createWatched(container: Container): Watched {
  return {
    container,
    removed: false,
    series: new Series(),
    marks: [],
    cpuLimit: undefined,
    exitCode: undefined,
    hasEnded: false,
    measuring: undefined,
  };
}

/** Marks a start; the exit code before it is known if the list was read in between. */
function addMark({ marks, exitCode }: Watched, at: number): void {
  const text =
    exitCode === undefined ? t('restarted') : t('restarted, exit code {0}', String(exitCode));
  marks.push({ at, text });
  while ((marks[0]?.at ?? at) < at - longestSpan) marks.shift();
}

/** In processors. */
function cpuLimitOf({ NanoCpus = 0, CpuQuota = 0, CpuPeriod = 0 }: HostConfig): number | undefined {
  const limit =
    Number(NanoCpus) > 0
      ? Number(NanoCpus) / 1e9
      : Number(CpuQuota) / (Number(CpuPeriod) || 100_000);
  return limit > 0 ? limit : undefined;
}

function isActive({ state }: Container): boolean {
  return state === 'running' || state === 'paused';
}

/** A function, because TypeScript assumes that `signal.aborted` does not change during an await. */
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
