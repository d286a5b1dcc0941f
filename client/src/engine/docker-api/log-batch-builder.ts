/** Collects the lines of a batch. */
import type { LogBatch, LogTime } from '../log-batch.ts';

export class LogBatchBuilder {
  #text: Buffer;
  #size = 0;
  #count = 0;
  #ends = new Uint32Array(1024);
  #seconds = new Uint32Array(1024);
  #nanoseconds = new Uint32Array(1024);
  #errors = new Uint8Array(1024);

  constructor(bytes = 128 * 1024) {
    this.#text = Buffer.allocUnsafe(bytes);
  }

  get count(): number {
    return this.#count;
  }

  /** Adds the line that is in these bytes from `start` to `end`. */
  add(
    bytes: Uint8Array,
    start: number,
    end: number,
    { seconds, nanoseconds }: LogTime,
    isError: boolean,
  ): void {
    const size = this.#size + end - start;
    if (size + 1 > this.#text.length) this.#growText(size + 1);
    if (this.#count === this.#ends.length) this.#growLines();
    if (Buffer.isBuffer(bytes)) bytes.copy(this.#text, this.#size, start, end);
    else this.#text.set(bytes.subarray(start, end), this.#size);
    this.#text[size] = lineFeed;
    this.#ends[this.#count] = size;
    this.#seconds[this.#count] = seconds;
    this.#nanoseconds[this.#count] = nanoseconds;
    this.#errors[this.#count] = isError ? 1 : 0;
    this.#size = size + 1;
    this.#count += 1;
  }

  /** The lines so far. Its arrays are valid until the next line is added: the builder then starts a new batch in them. */
  take(): LogBatch {
    const count = this.#count;
    const batch = {
      text: this.#text.subarray(0, this.#size),
      count,
      ends: this.#ends.subarray(0, count),
      seconds: this.#seconds.subarray(0, count),
      nanoseconds: this.#nanoseconds.subarray(0, count),
      errors: this.#errors.subarray(0, count),
    };
    this.#size = 0;
    this.#count = 0;
    return batch;
  }

  #growText(size: number): void {
    const grown = Buffer.allocUnsafe(Math.max(size, 2 * this.#text.length));
    this.#text.copy(grown, 0, 0, this.#size);
    this.#text = grown;
  }

  #growLines(): void {
    this.#ends = grown(this.#ends, new Uint32Array(2 * this.#ends.length));
    this.#seconds = grown(this.#seconds, new Uint32Array(2 * this.#seconds.length));
    this.#nanoseconds = grown(this.#nanoseconds, new Uint32Array(2 * this.#nanoseconds.length));
    this.#errors = grown(this.#errors, new Uint8Array(2 * this.#errors.length));
  }
}

const lineFeed = 10;

function grown<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
