/**
 * Keeps visible views up to date with one event stream, which is open only while a view is visible. When the engine
 * stops, reports that state and tries to reconnect.
 */
import type { Engine, EngineEvent } from '../engine/engine.ts';
import { isEngineError } from '../engine/errors.ts';
import type { EngineView, View } from '../explorer/item.ts';
import { changesLists } from '../engine/lists/changes.ts';
import { batchRefreshes, viewsChangedBy, whenQuiet, type QuietWait } from '../explorer/stale.ts';
import type { EngineState } from '../manifest.ts';

export interface LiveViewsOptions {
  readonly views: readonly EngineView[];
  engine(): Promise<Engine>;
  /** Drops the connection. */
  forget(): void;
  /** Gives up reads that are running: they may wait for an engine that was disconnected. */
  abandonReads(): void;
  /** Called for each event: the next read of a view reads what it names. */
  note(event: EngineEvent): void;
  /** The next read of a view reads all objects of these types, whatever the events were. */
  outdate(types: ReadonlySet<EngineEvent['objectType']>): void;
  /** Drops what was read, or only what was read before a time in milliseconds since 1970: its events are not received. */
  forgetLists(before?: number): void;
  /** Reads views again; a read that is running is enough if it began after `since`, in milliseconds since 1970. */
  refresh(ids: ReadonlySet<View['id']>, since?: number): void;
  /** Called every minute: redraws views so that ages are current. */
  tick(ids: ReadonlySet<View['id']>): void;
  onState(state: EngineState): void;
  log(message: string, error?: unknown): void;
}

/**
 * After events, everything is read once more: engines lose events of long bursts, and do not report every change. A stream
 * that never pauses is interrupted by such a read.
 */
const settling = { quiet: 2_000, longest: 10_000 };
const allTypes: ReadonlySet<EngineEvent['objectType']> = new Set<EngineEvent['objectType']>([
  'container',
  'image',
  'network',
  'volume',
]);

/** Pauses before a failed read of a view is repeated. */
const minReadWait = 1_000;
const maxReadWait = 30_000;
const minWait = 500;
const maxWait = 3_000;
/** For engines on other machines, where each attempt opens a network connection. */
const maxRemoteWait = 60_000;
const minute = 60_000;

export class LiveViews {
  readonly #options: LiveViewsOptions;
  readonly #visible = new Set<View['id']>();
  /** Views that may have changed since they were read. */
  readonly #stale = new Set<View['id']>();
  readonly #batch: ReturnType<typeof batchRefreshes>;
  readonly #settled: QuietWait<EngineEvent['objectType']>;
  /** The views whose last read failed, with the pause before the next one. */
  readonly #failed = new Map<View['id'], FailedRead>();
  #running: AbortController | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;
  #wake: (() => void) | undefined;
  #state: EngineState | undefined;

  constructor(options: LiveViewsOptions) {
    this.#options = options;
    this.#batch = batchRefreshes((ids) => this.refresh(ids));
    this.#settled = whenQuiet((types) => this.#readTypes(types), settling);
  }

  get state(): EngineState | undefined {
    return this.#state;
  }

  /** Whether the view may have changed since it was read. */
  isStale(id: View['id']): boolean {
    return this.#stale.has(id);
  }

  /** Must be called whenever a view is shown or hidden. */
  setVisible(id: View['id'], visible: boolean): void {
    if (visible) this.#visible.add(id);
    else this.#visible.delete(id);
    if (this.#visible.size === 0) this.stop();
    else if (this.#running === undefined) this.#start();
    else if (visible && this.#stale.has(id)) this.refresh([id]);
  }

  /** Reads everything again: the visible views now, and the others when they are shown. */
  readAll(): void {
    this.#options.outdate(allTypes);
    this.refresh();
  }

  /** Reads what events named: in the visible views now, and in the others when they are shown. */
  refresh(
    ids: Iterable<View['id']> = this.#options.views.map(({ id }) => id),
    since?: number,
  ): void {
    const now = new Set<View['id']>();
    for (const id of ids) {
      if (this.#visible.has(id)) {
        now.add(id);
        this.#stale.delete(id);
      } else this.#stale.add(id);
    }
    if (now.size > 0) this.#options.refresh(now, since);
  }

  /** Must be called after each read of a view. A failed read is repeated after a pause, while the view is visible. */
  readEnded(id: View['id'], error: unknown): void {
    const before = this.#failed.get(id);
    clearTimeout(before?.timer);
    this.#failed.delete(id);
    // Without a connection, the views are read again when there is one.
    if (error === undefined || this.#state !== 'ready' || this.#running === undefined) return;
    const wait = Math.min(before === undefined ? minReadWait : before.wait * 2, maxReadWait);
    const timer = setTimeout(() => this.refresh([id]), wait);
    this.#failed.set(id, { wait, timer });
  }

  /** Connects now instead of after the current wait. */
  wake(): void {
    if (this.#wake !== undefined) this.#wake();
    else if (this.#running === undefined && this.#visible.size > 0) this.#start();
  }

  /** Drops the connection and connects again, for example after the address has changed. */
  restart(): void {
    this.stop();
    this.#disconnect();
    this.#setState(undefined);
    if (this.#visible.size > 0) this.#start();
  }

  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
    clearInterval(this.#clock);
    this.#clock = undefined;
    this.#batch.clear();
    this.#settled.clear();
    this.#options.forgetLists();
    for (const { timer } of this.#failed.values()) clearTimeout(timer);
    this.#failed.clear();
    // Events are no longer received, so every view is read again when it is shown.
    for (const { id } of this.#options.views) this.#stale.add(id);
  }

  #start(): void {
    this.#running = new AbortController();
    this.#clock = setInterval(() => {
      if (this.#state === 'ready') this.#options.tick(new Set(this.#visible));
    }, minute);
    if (this.#state === undefined) this.#setState('connecting');
    void this.#run(this.#running.signal);
  }

  async #run(signal: AbortSignal): Promise<void> {
    // `since` includes events between reading the lists and the start of the stream.
    const now = Date.now();
    const start = now - 2_000;
    let since = nanoseconds(start);
    // A read that ended after the views were hidden.
    this.#options.forgetLists(start);
    let readSince: number | undefined = now;
    while (!signal.aborted) {
      const engine = await this.#connect(signal);
      if (engine === undefined) return;
      this.#setState('ready');
      // The lists of another connection are not used. Reads that were started since then wait for this one.
      this.refresh(undefined, readSince);
      readSince = undefined;
      since = await this.#follow(engine, since, signal);
      // A run that was started in the meantime has its own connection.
      if (isAborted(signal)) return;
      // The stream may end while the engine is running; connecting again shows whether it is.
      this.#disconnect();
    }
  }

  #disconnect(): void {
    this.#options.forget();
    this.#options.abandonReads();
  }

  /** Retries until an engine is connected; undefined if the signal is aborted first. */
  async #connect(signal: AbortSignal): Promise<Engine | undefined> {
    let longest = maxWait;
    for (let wait = minWait; !isAborted(signal); wait = Math.min(wait * 2, longest)) {
      try {
        const engine = await this.#options.engine();
        return isAborted(signal) ? undefined : engine;
      } catch (error) {
        if (isAborted(signal)) return undefined;
        const state = stateFor(error);
        longest = remoteStates.has(state) ? maxRemoteWait : maxWait;
        if (state !== this.#state) this.#options.log('Could not connect to the engine', error);
        this.#setState(state);
        this.#options.forget();
      }
      await this.#wait(wait, signal);
    }
    return undefined;
  }

  /** Handles events until the stream ends; resolves to the time of the last event. */
  async #follow(engine: Engine, from: string, signal: AbortSignal): Promise<string> {
    const startedAt = Date.now();
    let since = from;
    try {
      for await (const event of engine.events(signal, since)) {
        since = event.timeNano;
        if (!changesLists(event)) continue;
        this.#options.note(event);
        this.#batch.add(viewsChangedBy(event, this.#options.views));
        this.#settled.add(event.objectType);
      }
    } catch (error) {
      if (!isAborted(signal)) this.#options.log('The event stream ended', error);
    }
    if (!isAborted(signal) && Date.now() - startedAt < minWait) await this.#wait(minWait, signal);
    return since;
  }

  #readTypes(types: ReadonlySet<EngineEvent['objectType']>): void {
    this.#options.outdate(types);
    const { views } = this.#options;
    this.refresh(
      views
        .filter(({ eventTypes }) => eventTypes.some((type) => types.has(type)))
        .map(({ id }) => id),
    );
  }

  #setState(state: EngineState | undefined): void {
    const before = this.#state;
    this.#state = state;
    if (state === undefined || state === before) return;
    this.#options.onState(state);
    if (state !== 'ready' && state !== 'connecting') this.refresh();
  }

  async #wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => end(), milliseconds);
      const end = (): void => {
        clearTimeout(timer);
        resolve();
        signal.removeEventListener('abort', end);
      };
      this.#wake = end;
      signal.addEventListener('abort', end, { once: true });
    });
    this.#wake = undefined;
  }
}

interface FailedRead {
  /** Milliseconds. */
  readonly wait: number;
  readonly timer: ReturnType<typeof setTimeout>;
}

const remoteStates: ReadonlySet<EngineState> = new Set<EngineState>(['unreachable', 'tls', 'ssh']);

/** The state that the views show after a connection error. */
export function stateFor(error: unknown): EngineState {
  if (!isEngineError(error)) return 'unreachable';
  switch (error.kind) {
    case 'not-installed':
    case 'not-running':
    case 'denied':
    case 'new-login':
    case 'tls':
    case 'ssh':
    case 'misconfigured':
      return error.kind;
    default:
      return 'unreachable';
  }
}

/** A function, because the type checker assumes that `aborted` does not change during `await`. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

function nanoseconds(milliseconds: number): string {
  return `${String(milliseconds)}000000`;
}
