/**
 * A part of a log in memory: the bytes of its lines, and the properties of each in arrays. The memory is shared, so that the
 * thread that searches reads it without a copy.
 */
import { clean, lastState } from './clean-text.ts';

/** Lines of a chunk; with lines of 120 bytes, both limits are reached together. */
export const chunkLines = 8192;
const chunkBytes = 1024 * 1024;

/** Bits of the properties of a line; its level is in the lowest three, the number of its container from bit 8 on. */
export const levelMask = 7;
export const errorBit = 8;
/** The level is that of the line before, which this line continues. */
export const continuationBit = 16;
/** The text has control characters, such as colors; one carriage return at its end does not count. */
export const controlBit = 32;
/** Not a line of a container, but what happened to it. */
export const markerBit = 64;
export const sourceShift = 8;

/** The memory of a chunk, as it is sent to another thread. */
export interface ChunkMemory {
  readonly text: SharedArrayBuffer;
  readonly ends: SharedArrayBuffer;
  readonly bits: SharedArrayBuffer;
}

/** What a search needs of a chunk. */
export interface ChunkText {
  /** The number of its first line. */
  readonly first: number;
  readonly text: Buffer;
  readonly ends: Uint32Array;
  readonly bits: Uint32Array;
}

export function chunkText({ text, ends, bits }: ChunkMemory, first: number): ChunkText {
  return {
    first,
    text: Buffer.from(text),
    ends: new Uint32Array(ends),
    bits: new Uint32Array(bits),
  };
}

export class LogChunk implements ChunkText {
  readonly memory: ChunkMemory;
  readonly first: number;
  readonly text: Buffer;
  readonly ends: Uint32Array;
  readonly bits: Uint32Array;
  readonly seconds = new Uint32Array(chunkLines);
  readonly nanoseconds = new Uint32Array(chunkLines);
  count = 0;
  size = 0;

  /** `bytes`: of a line that is longer than a chunk usually is. */
  constructor(first: number, bytes = 0) {
    this.first = first;
    this.memory = {
      text: new SharedArrayBuffer(Math.max(bytes, chunkBytes)),
      ends: new SharedArrayBuffer(4 * chunkLines),
      bits: new SharedArrayBuffer(4 * chunkLines),
    };
    ({ text: this.text, ends: this.ends, bits: this.bits } = chunkText(this.memory, first));
  }

  /** Whether a line of this many bytes can be added. */
  hasRoom(bytes: number): boolean {
    return this.count < chunkLines && this.size + bytes < this.text.length;
  }

  add(
    { text, from, to }: { readonly text: Uint8Array; readonly from: number; readonly to: number },
    bits: number,
    seconds: number,
    nanoseconds: number,
  ): void {
    const end = this.size + to - from;
    if (Buffer.isBuffer(text)) text.copy(this.text, this.size, from, to);
    else this.text.set(text.subarray(from, to), this.size);
    this.text[end] = 10;
    this.ends[this.count] = end;
    this.bits[this.count] = bits;
    this.seconds[this.count] = seconds;
    this.nanoseconds[this.count] = nanoseconds;
    this.count += 1;
    this.size = end + 1;
  }

  /** Bytes of memory that its lines use. */
  get bytes(): number {
    return this.size + 16 * this.count;
  }
}

/** Where the text of a line starts; `index` is its place in the chunk. */
export function lineStart({ ends }: ChunkText, index: number): number {
  return index === 0 ? 0 : (ends[index - 1] ?? 0) + 1;
}

/** The text of a line as the container wrote it; invalid bytes are replaced. */
export function rawLine(chunk: ChunkText, index: number): string {
  return chunk.text.toString('utf8', lineStart(chunk, index), chunk.ends[index]);
}

/** The text of a line as it is shown and searched: without colors and control characters. */
export function shownLine(chunk: ChunkText, index: number): string {
  const raw = rawLine(chunk, index);
  return ((chunk.bits[index] ?? 0) & controlBit) === 0 ? lastState(raw) : clean(raw);
}
