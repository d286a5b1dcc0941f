/**
 * Keeps the visible views true: one event stream while any of them is visible, nothing at all while
 * none is. When the engine goes it says so, and looks for it until it is back.
 */
import type { Engine } from '../engine/engine.ts';
import { isEngineError } from '../engine/errors.ts';
import type { EngineView, View } from '../explorer/item.ts';
import { gathering, staleAfter } from '../explorer/stale.ts';
import type { EngineState } from '../manifest.ts';

export interface LiveOptions {
  readonly views: readonly EngineView[];
  engine(): Promise<Engine>;
  /** Forgets the connection. */
  forget(): void;
  /** Reads views again. */
  refresh(ids: ReadonlySet<View['id']>): void;
  /** Time has passed: shows what was read as it is now. */
  tick(ids: ReadonlySet<View['id']>): void;
  become(state: EngineState): void;
  log(message: string, error?: unknown): void;
}

const firstWait = 500;
const longestWait = 3_000;
/** Where every attempt costs a connection to another machine. */
const longestWaitAfar = 60_000;
const minute = 60_000;

export class Live {
  readonly #options: LiveOptions;
  readonly #visible = new Set<View['id']>();
  /** Views that have not been read since something may have changed. */
  readonly #stale = new Set<View['id']>();
  readonly #gathering: ReturnType<typeof gathering>;
  #running: AbortController | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;
  #wake: (() => void) | undefined;
  #state: EngineState | undefined;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#gathering = gathering((ids) => this.refresh(ids));
  }

  get state(): EngineState | undefined {
    return this.#state;
  }

  /** To be told of every view that is shown or hidden. */
  setVisible(id: View['id'], visible: boolean): void {
    if (visible) this.#visible.add(id);
    else this.#visible.delete(id);
    if (this.#visible.size === 0) this.stop();
    else if (this.#running === undefined) this.#start();
    else if (visible && this.#stale.has(id)) this.refresh([id]);
  }

  /** Reads those that are visible now, the others when they are shown. */
  refresh(ids: Iterable<View['id']> = this.#options.views.map(({ id }) => id)): void {
    const now = new Set<View['id']>();
    for (const id of ids) {
      if (this.#visible.has(id)) {
        now.add(id);
        this.#stale.delete(id);
      } else this.#stale.add(id);
    }
    if (now.size > 0) this.#options.refresh(now);
  }

  /** Looks for the engine at once instead of after the present wait. */
  wake(): void {
    if (this.#wake !== undefined) this.#wake();
    else if (this.#running === undefined && this.#visible.size > 0) this.#start();
  }

  /** Drops what there is and begins again, as after a change of address. */
  restart(): void {
    this.stop();
    this.#options.forget();
    this.#become(undefined);
    if (this.#visible.size > 0) this.#start();
  }

  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
    clearInterval(this.#clock);
    this.#clock = undefined;
    this.#gathering.clear();
    // Nobody listens any more: whatever is shown later is read first.
    for (const { id } of this.#options.views) this.#stale.add(id);
  }

  #start(): void {
    this.#running = new AbortController();
    this.#clock = setInterval(() => {
      if (this.#state === 'ready') this.#options.tick(new Set(this.#visible));
    }, minute);
    if (this.#state === undefined) this.#become('connecting');
    void this.#run(this.#running.signal);
  }

  async #run(signal: AbortSignal): Promise<void> {
    // What happens between reading the lists and the beginning of the stream is told by `since`.
    let since = nanoseconds(Date.now() - 2_000);
    while (!signal.aborted) {
      const engine = await this.#found(signal);
      if (engine === undefined) return;
      this.#become('ready');
      this.refresh();
      since = await this.#follow(engine, since, signal);
      // Whoever began anew meanwhile has a connection of its own.
      if (isAborted(signal)) return;
      // The stream may break though the engine is there: only connecting again tells.
      this.#options.forget();
    }
  }

  /** The engine, as soon as there is one; undefined when nobody looks any more. */
  async #found(signal: AbortSignal): Promise<Engine | undefined> {
    let longest = longestWait;
    for (let wait = firstWait; !isAborted(signal); wait = Math.min(wait * 2, longest)) {
      try {
        const engine = await this.#options.engine();
        return isAborted(signal) ? undefined : engine;
      } catch (error) {
        if (isAborted(signal)) return undefined;
        const state = stateAfter(error);
        longest = afar.has(state) ? longestWaitAfar : longestWait;
        if (state !== this.#state) this.#options.log('No engine', error);
        this.#become(state);
        this.#options.forget();
      }
      await this.#pause(wait, signal);
    }
    return undefined;
  }

  /** Follows the events to the end of the stream; the time of the last one. */
  async #follow(engine: Engine, from: string, signal: AbortSignal): Promise<string> {
    const begun = Date.now();
    let since = from;
    try {
      for await (const event of engine.events(signal, since)) {
        since = event.timeNano;
        this.#gathering.add(staleAfter(event, this.#options.views));
      }
    } catch (error) {
      if (!isAborted(signal)) this.#options.log('The engine sends no more events', error);
    }
    if (!isAborted(signal) && Date.now() - begun < firstWait) await this.#pause(firstWait, signal);
    return since;
  }

  #become(state: EngineState | undefined): void {
    const before = this.#state;
    this.#state = state;
    if (state === undefined || state === before) return;
    this.#options.become(state);
    if (state !== 'ready' && state !== 'connecting') this.refresh();
  }

  async #pause(milliseconds: number, signal: AbortSignal): Promise<void> {
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

const afar: ReadonlySet<EngineState> = new Set<EngineState>(['unreachable', 'tls', 'ssh']);

/** What a failure to connect means for the views. */
export function stateAfter(error: unknown): EngineState {
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

/** As a call, because the type checker does not know that awaiting may abort. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

function nanoseconds(milliseconds: number): string {
  return `${String(milliseconds)}000000`;
}
