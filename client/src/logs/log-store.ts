/**
 * The lines of a log view. Memory is bounded: beyond the limit, the oldest lines are dropped. Lines are numbered from 0 on, and
 * keep their numbers.
 */
import type { LogBatch } from '../engine/log-batch.ts';
import { isContinuation, levelNumber, recognizeLevel } from './levels.ts';
import {
  continuationBit,
  controlBit,
  errorBit,
  levelMask,
  lineStart,
  LogChunk,
  markerBit,
  sourceShift,
} from './log-chunk.ts';
import { LineNumbers } from './line-numbers.ts';

/** Bytes that the lines of a view use at most: about two million lines of 120 bytes. */
export const mostBytes = 256 * 1024 * 1024;

/** A line with its properties. */
export interface StoredLine {
  readonly number: number;
  readonly chunk: LogChunk;
  /** Its place in the chunk. */
  readonly index: number;
}

/** Longer lines have their level in the first part, or none. */
const inspectedLength = 8192;

export class LogStore {
  readonly #limit: number;
  #chunks: LogChunk[] = [];
  #end = 0;
  #bytes = 0;
  #dropped = 0;
  /** The numbers of lines with an error or a warning, and of markers of an exit or a restart. */
  readonly errors = new LineNumbers();
  readonly warnings = new LineNumbers();
  readonly restarts = new LineNumbers();
  /** The level of the last line of each container, for lines that continue it. */
  readonly #lastLevels = new Map<number, number>();

  constructor(limit = mostBytes) {
    this.#limit = limit;
  }

  /** The number of the first line that is kept. */
  get first(): number {
    return this.#chunks[0]?.first ?? this.#end;
  }

  /** The number of the next line. */
  get end(): number {
    return this.#end;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** How many lines were dropped to stay below the limit. */
  get dropped(): number {
    return this.#dropped;
  }

  get chunks(): readonly LogChunk[] {
    return this.#chunks;
  }

  clear(): void {
    this.#chunks = [];
    this.#bytes = 0;
    this.#dropped = 0;
    for (const list of [this.errors, this.warnings, this.restarts]) list.dropBefore(this.#end);
    this.#lastLevels.clear();
  }

  /** Adds lines of a container from index `from` up to `to` of the batch. */
  append(batch: LogBatch, source: number, from = 0, to = batch.count): void {
    const bytes = batch.text;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const start = from === 0 ? 0 : (batch.ends[from - 1] ?? 0) + 1;
    // Decoded once: a decoder for each line would take most of the time.
    const decoded = text.toString('latin1', start, batch.ends[to - 1]);
    const hasControls = controls.test(decoded);
    for (let line = from, at = start; line < to; line++) {
      const end = batch.ends[line] ?? 0;
      const content = decoded.slice(at - start, Math.min(end, at + inspectedLength) - start);
      const bits =
        (source << sourceShift) |
        ((batch.errors[line] ?? 0) === 1 ? errorBit : 0) |
        this.#levelBits(content, source) |
        ((hasControls && controls.test(content)) || end - at > inspectedLength ? controlBit : 0);
      this.#add({ text, from: at, to: end }, bits, batch.seconds[line] ?? 0, batch.nanoseconds[line] ?? 0); // prettier-ignore
      at = end + 1;
    }
    this.#dropOldest();
  }

  /** Adds what happened to a container; returns the number of the line. */
  appendMarker(
    text: string,
    source: number,
    { seconds, isRestart }: { readonly seconds: number; readonly isRestart: boolean },
  ): number {
    const bytes = Buffer.from(text);
    const number = this.#end;
    if (isRestart) this.restarts.push(number);
    this.#add({ text: bytes, from: 0, to: bytes.length }, (source << sourceShift) | markerBit, seconds, 0); // prettier-ignore
    this.#dropOldest();
    return number;
  }

  /** Undefined if the line does not exist, or is not kept. */
  line(number: number): StoredLine | undefined {
    const chunk = this.#chunks[this.chunkAt(number)];
    if (chunk === undefined || number < chunk.first || number >= this.#end) return undefined;
    return { number, chunk, index: number - chunk.first };
  }

  /** The index of the chunk with this line; the first one for lines that are not kept. */
  chunkAt(number: number): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#chunks[middle]?.first ?? 0) <= number) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #levelBits(content: string, source: number): number {
    const level = recognizeLevel(content);
    if (level === 0 && isContinuation(content))
      return (this.#lastLevels.get(source) ?? 0) | continuationBit;
    this.#lastLevels.set(source, level);
    return level;
  }

  #add(line: Parameters<LogChunk['add']>[0], bits: number, seconds: number, nanoseconds: number) {
    let chunk = this.#chunks.at(-1);
    const size = line.to - line.from;
    if (chunk?.hasRoom(size) !== true) {
      chunk = new LogChunk(this.#end, size + 1);
      this.#chunks.push(chunk);
    }
    chunk.add(line, bits, seconds, nanoseconds);
    if ((bits & (continuationBit | markerBit)) === 0) {
      const level = bits & levelMask;
      if (level >= levelNumber.error) this.errors.push(this.#end);
      else if (level === levelNumber.warn) this.warnings.push(this.#end);
    }
    this.#end += 1;
    this.#bytes += size + 17;
  }

  #dropOldest(): void {
    if (this.#bytes <= this.#limit) return;
    while (this.#bytes > this.#limit && this.#chunks.length > 1) {
      const chunk = this.#chunks.shift();
      this.#bytes -= chunk?.bytes ?? 0;
      this.#dropped += chunk?.count ?? 0;
    }
    for (const list of [this.errors, this.warnings, this.restarts]) list.dropBefore(this.first);
  }
}

/** Control characters but the tab and line ends, as bytes of UTF-8. */
const controls = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n|$)|\xc2[\x80-\x9f]/;

/** The time of a line in milliseconds since 1970. */
export function timeOf({ chunk, index }: StoredLine): number {
  return (chunk.seconds[index] ?? 0) * 1000 + (chunk.nanoseconds[index] ?? 0) / 1e6;
}

export function sourceOf({ chunk, index }: StoredLine): number {
  return (chunk.bits[index] ?? 0) >>> sourceShift;
}

/** The bytes of a line with its line feed, as the container wrote them. */
export function bytesOf({ chunk, index }: StoredLine): Uint8Array {
  return chunk.text.subarray(lineStart(chunk, index), (chunk.ends[index] ?? 0) + 1);
}
