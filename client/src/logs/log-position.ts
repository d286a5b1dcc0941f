/**
 * Where reading a log can continue, without a line twice or left out. A log is read again from a whole second on, and lines of
 * standard output and standard error are not always in the order of their times, so that lines of the last second are counted.
 */
import type { LogBatch } from '../engine/log-batch.ts';

export class LogPosition {
  /** The latest second of a line, and how many lines were read of it. */
  #second = 0;
  #count = 0;
  /** The time of the first line that was read: earlier ones were not requested. */
  #firstSecond = Infinity;
  #firstNanosecond = 0;
  /** How many lines must still be left out, after reading has started again. */
  #rest = 0;
  #isRepeating = false;

  /** The second from which to read again; undefined if no line was read. */
  get since(): number | undefined {
    return this.#second === 0 ? undefined : this.#second;
  }

  /** To be called before reading starts again from `since`. */
  readAgain(): void {
    this.#rest = this.#count;
    this.#isRepeating = this.#second > 0;
  }

  /** Forgets the position: another log follows. */
  reset(): void {
    this.#second = 0;
    this.#count = 0;
    this.#firstSecond = Infinity;
    this.#rest = 0;
    this.#isRepeating = false;
  }

  /** The index of the first line of the next batch that was not read before. */
  advance({ seconds, nanoseconds, count }: LogBatch): number {
    let from = 0;
    while (this.#isRepeating && from < count) {
      const second = seconds[from] ?? 0;
      if (this.#rest === 0 || second > this.#second) this.#isRepeating = false;
      else {
        if (!this.#isBeforeFirst(second, nanoseconds[from] ?? 0)) this.#rest -= 1;
        from += 1;
      }
    }
    for (let line = from; line < count; line++) {
      const second = seconds[line] ?? 0;
      if (this.#firstSecond === Infinity) {
        this.#firstSecond = second;
        this.#firstNanosecond = nanoseconds[line] ?? 0;
      }
      if (second > this.#second) {
        this.#second = second;
        this.#count = 1;
      } else if (second === this.#second) this.#count += 1;
    }
    return from;
  }

  #isBeforeFirst(second: number, nanosecond: number): boolean {
    return second < this.#firstSecond || (second === this.#firstSecond && nanosecond < this.#firstNanosecond); // prettier-ignore
  }
}
