/** Long synchronous work in short slices, between which the process answers to everything else. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds of work between two turns of the event loop. */
const slice = 8;

/** Counts the time of the work since the last turn. */
export class Slices {
  readonly #length: number;
  #until: number;

  /** `length` is the time of a slice in milliseconds. */
  constructor(length = slice) {
    this.#length = length;
    this.#until = performance.now() + length;
  }

  /** Whether it is time for `turn`. */
  get isOver(): boolean {
    return performance.now() > this.#until;
  }

  /** Lets everything else run. */
  async turn(): Promise<void> {
    await nextTurn();
    this.#until = performance.now() + this.#length;
  }
}
