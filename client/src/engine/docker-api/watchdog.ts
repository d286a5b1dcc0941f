/** Notices that a request gets no response, without work for each chunk of data. */
import type { Limit } from './limits.ts';

export interface WatchdogOptions {
  /** Whether the engine responds to another request. */
  readonly probe: () => Promise<boolean>;
  /** Called once: `silent` if the engine does not respond, `long` if it does, but has not finished within the limit. */
  readonly expired: (reason: 'silent' | 'long') => void;
}

export class Watchdog {
  readonly #options: WatchdogOptions;
  readonly #startedAt = performance.now();
  #limit: Limit;
  #lastByteAt = this.#startedAt;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #paused = false;
  #stopped = false;
  /** The number of bytes so far, of a socket that others read. */
  #counter: (() => number) | undefined;
  #counted = 0;

  constructor(limit: Limit, options: WatchdogOptions) {
    this.#limit = limit;
    this.#options = options;
    this.#arm();
  }

  /** Bytes were sent or received. */
  touch(): void {
    this.#lastByteAt = performance.now();
  }

  /** The reader is busy with what it has, so that the engine may have to wait. */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.touch();
  }

  /** Continues with another limit; bytes are also counted by `counter`. */
  continueWith(limit: Limit, counter?: () => number): void {
    this.#limit = limit;
    this.#counter = counter;
    this.#counted = counter?.() ?? 0;
    this.touch();
    this.#arm();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #arm(): void {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    const { silence, whole } = this.#limit;
    const now = performance.now();
    const next = Math.min(this.#lastByteAt + silence, this.#startedAt + whole) - now;
    // A timer of Node.js takes at most 2 ** 31 ms; a check before the end does no harm.
    this.#timer = setTimeout(() => void this.#check(), Math.min(Math.max(1, next), maxDelay));
    this.#timer.unref();
  }

  async #check(): Promise<void> {
    const { silence, longest, whole } = this.#limit;
    const counted = this.#counter?.() ?? 0;
    if (this.#paused || counted !== this.#counted) this.touch();
    this.#counted = counted;
    const now = performance.now();
    const silentFor = now - this.#lastByteAt;
    if (now - this.#startedAt >= whole) this.#expire('long');
    else if (silentFor < silence) this.#arm();
    else if (longest <= silence) this.#expire('silent');
    else await this.#ask(silentFor);
  }

  /** Asks whether the engine responds, and checks again after a while if it does. */
  async #ask(silentFor: number): Promise<void> {
    const { silence, longest } = this.#limit;
    const responds = await this.#options.probe();
    if (this.#stopped) return;
    // Bytes may have arrived in the meantime.
    if (performance.now() - this.#lastByteAt < silence) this.#arm();
    else if (!responds) this.#expire('silent');
    else if (silentFor >= longest) this.#expire('long');
    else {
      this.#timer = setTimeout(() => void this.#check(), silence);
      this.#timer.unref();
    }
  }

  #expire(reason: 'silent' | 'long'): void {
    if (this.#stopped) return;
    this.stop();
    this.#options.expired(reason);
  }
}

const maxDelay = 2 ** 31 - 1;
