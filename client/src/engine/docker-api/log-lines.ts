/**
 * Reads the lines of a log that was requested with timestamps. The engine sends each entry of its log as one frame: a time, a
 * space, and the text with its line feed. An entry without a line feed is either a part of a long line, which continues in the
 * next entry of the same stream with a time of its own, or the last output of a process. The log of a container with a terminal
 * has no frames, so that entries follow each other directly.
 */
import { t } from '@vscode/l10n';
import { EngineError } from '../errors.ts';
import type { LogBatch } from '../log-batch.ts';
import { LogBatchBuilder } from './log-batch-builder.ts';
import { TimeReader } from './log-time.ts';

export interface LogLineOptions {
  /** Whether the stream has frames; it has none if the container has a terminal. */
  readonly framed: boolean;
  /** Podman splits lines at any byte; Docker only those that are longer than its buffer. */
  readonly podman: boolean;
}

/** The size of the buffer in which Docker collects a line (`defaultBufSize` in moby's daemon/logger/copier.go). */
const partSize = 16 * 1024;
/** Longer lines are split, so that a log without line feeds needs no unbounded memory. */
const longestLine = 1024 * 1024;
const headerSize = 8;
const standardError = 2;
/** Docker ends a stream with a frame of this type if it fails. */
const systemError = 3;
const lineFeed = 10;

/** The beginning of a line whose end has not arrived. */
interface Unfinished {
  bytes: Buffer;
  seconds: number;
  nanoseconds: number;
}

export class LogLineReader {
  readonly #options: LogLineOptions;
  readonly #batch = new LogBatchBuilder();
  readonly #time = new TimeReader();
  #isFramed: boolean;
  /** Bytes of a frame, or of a line without frames, that is not complete. */
  #rest: Buffer = Buffer.alloc(0);
  /** By stream, where 2 is standard error. */
  readonly #unfinished = new Map<number, Unfinished>();

  constructor(options: LogLineOptions) {
    this.#options = options;
    this.#isFramed = options.framed;
  }

  /**
   * The lines that end in the next bytes of the stream, valid until the next call. Throws EngineError with the message of the
   * engine if it sends one.
   */
  read(chunk: Uint8Array): LogBatch {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    let at = 0;
    if (this.#isFramed) at = this.#readFrames(all);
    if (!this.#isFramed) at = this.#readLines(all, at);
    // A copy: the chunk belongs to the socket.
    this.#rest = at === all.length ? Buffer.alloc(0) : Buffer.from(all.subarray(at));
    return this.#batch.take();
  }

  /** The lines that the end of the stream has ended. */
  end(): LogBatch {
    const rest = this.#rest;
    this.#rest = Buffer.alloc(0);
    if (!this.#isFramed && rest.length > 0) this.#addEntry(0, rest, 0, rest.length, true);
    for (const stream of this.#unfinished.keys()) this.#finish(stream);
    return this.#batch.take();
  }

  /** Returns how many bytes were read. */
  #readFrames(all: Buffer): number {
    let at = 0;
    while (at + headerSize <= all.length) {
      const stream = all[at] ?? 0;
      if (stream > systemError || all[at + 1] !== 0 || all[at + 2] !== 0 || all[at + 3] !== 0) {
        this.#isFramed = false;
        return at;
      }
      const size = all.readUInt32BE(at + 4);
      const start = at + headerSize;
      const end = start + size;
      if (end > all.length) {
        // A frame has one entry, which is at most a part and a time; the size of a damaged frame can be anything.
        if (size > longestLine) this.#isFramed = false;
        return at;
      }
      if (stream === systemError)
        throw new EngineError('failed', all.toString('utf8', start, end).trim() || t('The engine ended the output with an error')); // prettier-ignore
      this.#addEntry(stream, all, start, end, this.#options.podman);
      at = end;
    }
    return at;
  }

  /** Lines of a stream without frames; returns how many bytes were read. */
  #readLines(all: Buffer, from: number): number {
    let at = from;
    for (let end = all.indexOf(lineFeed, at); end >= 0; end = all.indexOf(lineFeed, at)) {
      this.#addJoinedLine(all, at, end);
      at = end + 1;
    }
    if (all.length - at <= longestLine) return at;
    this.#addJoinedLine(all, at, all.length);
    return all.length;
  }

  /** Without frames, the parts of a long line follow each other, each with its time. */
  #addJoinedLine(all: Buffer, start: number, end: number): void {
    const textAt = this.#time.read(all, start, end);
    const { seconds, nanoseconds } = this.#time;
    if (end - textAt <= partSize) {
      this.#batch.add(all, textAt, end, this.#time, false);
      return;
    }
    const parts: Buffer[] = [];
    let at = textAt;
    while (end - at > partSize) {
      parts.push(all.subarray(at, at + partSize));
      at = this.#time.read(all, at + partSize, end);
    }
    parts.push(all.subarray(at, end));
    const whole = Buffer.concat(parts);
    this.#batch.add(whole, 0, whole.length, { seconds, nanoseconds }, false);
  }

  /** The entry of a frame. `joins`: text without a line feed continues, whatever its length. */
  #addEntry(stream: number, all: Buffer, start: number, end: number, joins: boolean): void {
    const textAt = this.#time.read(all, start, end);
    const isWhole = end > textAt && all[end - 1] === lineFeed;
    const isError = stream === standardError;
    if (isWhole && !this.#unfinished.has(stream)) {
      const first = all.indexOf(lineFeed, textAt);
      if (first === end - 1) this.#batch.add(all, textAt, first, this.#time, isError);
      else this.#addLines(all, textAt, end, isError);
      return;
    }
    this.#extend(stream, all.subarray(textAt, end));
    const length = this.#unfinished.get(stream)?.bytes.length ?? 0;
    const continues = joins || end - textAt >= partSize;
    if (isWhole || !continues || length > longestLine) this.#finish(stream);
  }

  /** Several lines in one entry, as other engines and logging drivers may send. */
  #addLines(all: Buffer, start: number, end: number, isError: boolean): void {
    for (let at = start; at < end;) {
      const feed = all.indexOf(lineFeed, at);
      const lineEnd = feed < 0 || feed > end ? end : feed;
      this.#batch.add(all, at, lineEnd, this.#time, isError);
      at = lineEnd + 1;
    }
  }

  #extend(stream: number, part: Buffer): void {
    const before = this.#unfinished.get(stream);
    if (before !== undefined) before.bytes = Buffer.concat([before.bytes, part]);
    else {
      const { seconds, nanoseconds } = this.#time;
      this.#unfinished.set(stream, { bytes: Buffer.from(part), seconds, nanoseconds });
    }
  }

  #finish(stream: number): void {
    const line = this.#unfinished.get(stream);
    if (line === undefined) return;
    this.#unfinished.delete(stream);
    const { bytes } = line;
    const end = bytes[bytes.length - 1] === lineFeed ? bytes.length - 1 : bytes.length;
    this.#batch.add(bytes, 0, end, line, stream === standardError);
  }
}
