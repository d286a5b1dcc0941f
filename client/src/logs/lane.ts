/** A container whose log is shown, and the containers that take its place when it is created again. */
import type { Container } from '../engine/engine.ts';
import { LogPosition } from './log-position.ts';

/** What happened to the container, in the order of the engine's events. */
export type LaneEvent =
  | {
      readonly kind: 'exit';
      readonly time: number;
      readonly code: number;
      readonly isOutOfMemory: boolean;
      readonly signal?: number;
    }
  | { readonly kind: 'start'; readonly time: number }
  | { readonly kind: 'removal'; readonly time: number }
  | { readonly kind: 'replacement'; readonly time: number; readonly container: Container };

export class Lane {
  readonly number: number;
  container: Container;
  readonly position = new LogPosition();
  /** Whether its main process runs, as far as the markers say. */
  isUp: boolean;
  /** Whether it was started before. */
  wasStarted: boolean;
  isRemoved = false;
  /** Whether its removal was marked. */
  isGone = false;
  /** When it was started last, in milliseconds; undefined if it is unknown. */
  startedAt: number | undefined;
  exitCode: number | undefined;
  /** When its last run ended, in milliseconds; undefined if that is not known. Earlier events are out of date. */
  endedAt: number | undefined;
  /** Seen since the last exit. */
  isOutOfMemory = false;
  signal: number | undefined;
  /** Containers that had its place before, and were removed. */
  readonly former: string[] = [];
  /** The name that the page shows; that of the container by default. */
  label: string | undefined;
  readonly #events: LaneEvent[] = [];
  #wake: (() => void) | undefined;

  constructor(number: number, container: Container) {
    this.number = number;
    this.container = container;
    this.isUp = isActive(container);
    this.wasStarted = container.state !== 'created';
    this.exitCode = container.exitCode;
  }

  get name(): string {
    return this.label ?? this.container.name;
  }

  push(event: LaneEvent): void {
    this.#events.push(event);
    this.#wake?.();
  }

  /** The next event; undefined after this many milliseconds, or after an abort. */
  async next(patience: number, signal: AbortSignal): Promise<LaneEvent | undefined> {
    if (this.#events.length === 0 && patience > 0 && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = Number.isFinite(patience) ? setTimeout(resolve, patience) : undefined;
        const wake = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        this.#wake = wake;
        signal.addEventListener('abort', wake, { once: true });
      });
      this.#wake = undefined;
    }
    return signal.aborted ? undefined : this.#events.shift();
  }
}

/** Whether its main process exists; not while its restart policy waits to start it again. */
function isActive({ state }: Container): boolean {
  return state === 'running' || state === 'paused';
}
