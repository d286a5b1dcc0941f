/**
 * Lines of a log as they arrived together. A log has millions of lines, so that a batch holds the text of all lines as bytes,
 * and the properties of each line in arrays.
 */
export interface LogBatch {
  /** The text of the lines; each line is followed by a line feed. A carriage return before it belongs to the line. */
  readonly text: Uint8Array;
  readonly count: number;
  /** Where the text of each line ends, without its line feed; the next line starts one byte later. */
  readonly ends: Uint32Array;
  /** When each line was written, in whole seconds since 1970; 0 if it is unknown. */
  readonly seconds: Uint32Array;
  readonly nanoseconds: Uint32Array;
  /** 1 for lines of standard error, 0 for others. A container with a terminal has one output. */
  readonly errors: Uint8Array;
}

export interface LogTime {
  readonly seconds: number;
  readonly nanoseconds: number;
}

/** A copy of a batch that stays valid. */
export function copyBatch(batch: LogBatch): LogBatch {
  return {
    // Not `slice`, which returns the same memory for a Buffer.
    text: new Uint8Array(batch.text),
    count: batch.count,
    ends: batch.ends.slice(),
    seconds: batch.seconds.slice(),
    nanoseconds: batch.nanoseconds.slice(),
    errors: batch.errors.slice(),
  };
}

/** Some lines of a batch as a batch, without a copy. */
export function batchPart(batch: LogBatch, from: number, to: number): LogBatch {
  if (from === 0 && to === batch.count) return batch;
  const start = from === 0 ? 0 : (batch.ends[from - 1] ?? 0) + 1;
  return {
    text: batch.text.subarray(start, (batch.ends[to - 1] ?? 0) + 1),
    count: to - from,
    ends: batch.ends.slice(from, to).map((end) => end - start),
    seconds: batch.seconds.subarray(from, to),
    nanoseconds: batch.nanoseconds.subarray(from, to),
    errors: batch.errors.subarray(from, to),
  };
}
