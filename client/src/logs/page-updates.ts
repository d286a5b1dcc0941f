/** When the page is sent what has changed: together, and not while it is hidden. */
import type { ToLogs } from './page.ts';

/** Changes within this time are sent together, in milliseconds. */
const batchDelay = 60;
/**
 * While rows are added faster than they can be read, the page draws them less often: a busy machine needs its processors for the
 * programs that write the log, and for what the user does meanwhile.
 */
const busyDelay = 150;
const manyRows = 200;
/** Between two updates of the marks in the scroll bar. */
const marksDelay = 500;

export interface PageUpdatesOptions {
  readonly post: (message: ToLogs) => void;
  readonly state: () => Extract<ToLogs, { kind: 'state' }>['state'];
  readonly marks: () => Omit<Extract<ToLogs, { kind: 'marks' }>, 'kind'>;
  /** Sends the rows that the page does not have. */
  readonly sendRows: () => void;
}

export class PageUpdates {
  readonly #options: PageUpdatesOptions;
  /** Whether the script of the page runs; it starts again whenever the page is shown. */
  #isReady = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #marksTimer: ReturnType<typeof setTimeout> | undefined;
  #sentState = '';
  /** The place after the last row that the page knows. */
  #sentEnd = 0;
  #delay = batchDelay;

  constructor(options: PageUpdatesOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isReady = true;
    this.#sentState = '';
  }

  stop(): void {
    this.#isReady = false;
    clearTimeout(this.#timer);
    clearTimeout(this.#marksTimer);
    this.#timer = undefined;
    this.#marksTimer = undefined;
  }

  post(message: ToLogs): void {
    if (this.#isReady) this.#options.post(message);
  }

  /** Something has changed. */
  schedule(): void {
    if (!this.#isReady) return;
    this.#timer ??= setTimeout(() => this.sendState(), this.#delay);
    this.#marksTimer ??= setTimeout(() => this.sendMarks(), marksDelay);
  }

  sendState(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const state = this.#options.state();
    const text = JSON.stringify(state);
    if (text !== this.#sentState) this.post({ kind: 'state', state });
    this.#sentState = text;
    this.#delay = state.end - this.#sentEnd > manyRows ? busyDelay : batchDelay;
    this.#sentEnd = state.end;
    this.#options.sendRows();
  }

  sendMarks(): void {
    clearTimeout(this.#marksTimer);
    this.#marksTimer = undefined;
    this.post({ kind: 'marks', ...this.#options.marks() });
  }
}
