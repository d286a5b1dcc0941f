/** Writes to an HTTP/2 stream: small messages together, and no more than the other side takes. */
import type { Http2Stream } from 'node:http2';
import { codes, GrpcError } from './status.ts';

/** Bytes that are collected before they are written; writing each message alone takes most of the time for small files. */
const together = 64 * 1024;
/** Bytes in which messages are collected. */
const bufferBytes = 2 * together;
/** Bytes that wait to be sent. */
const mostWaiting = 2 * 1024 * 1024;

export class Outbox {
  readonly #stream: Http2Stream;
  #buffer = Buffer.alloc(0);
  /** The part of the buffer that was not written yet. */
  #start = 0;
  #end = 0;
  #waitingBytes = 0;
  #isScheduled = false;
  #closed: GrpcError | undefined;
  #wake: (() => void)[] = [];

  constructor(stream: Http2Stream) {
    this.#stream = stream;
    stream.once('close', () => {
      this.#closed ??= new GrpcError(codes.cancelled, 'The stream was closed');
      this.#wakeAll();
    });
  }

  /** Where `place` has room. */
  get buffer(): Buffer {
    return this.#buffer;
  }

  /** The offset in `buffer` at which this number of bytes can be filled in. Throws if the stream is closed. */
  place(length: number): number {
    if (this.#closed) throw this.#closed;
    if (this.#buffer.length - this.#end < length) {
      this.flush();
      this.#buffer = Buffer.allocUnsafeSlow(Math.max(bufferBytes, length));
      this.#start = this.#end = 0;
    }
    return this.#end;
  }

  /** Sends the bytes that were filled in at `place`; the result is that of `send`. */
  placed(length: number): Promise<void> | undefined {
    this.#end += length;
    if (this.#end - this.#start >= together) this.flush();
    else if (!this.#isScheduled) {
      this.#isScheduled = true;
      setImmediate(() => this.flush());
    }
    return this.#waitingBytes >= mostWaiting ? this.room() : undefined;
  }

  /**
   * Resolves when there is room for more; undefined if there is room now. Throws if the stream is closed. `done` is called when
   * the bytes can be used for something else; only for large parts, which are not copied.
   */
  send(part: Buffer, done?: () => void): Promise<void> | undefined {
    if (part.length < together) {
      const at = this.place(part.length);
      part.copy(this.#buffer, at);
      done?.();
      return this.placed(part.length);
    }
    if (this.#closed) throw this.#closed;
    this.flush();
    this.#write(part, done);
    return this.#waitingBytes >= mostWaiting ? this.room() : undefined;
  }

  /** Writes what was collected. */
  flush(): void {
    this.#isScheduled = false;
    const data = this.#buffer.subarray(this.#start, this.#end);
    this.#start = this.#end;
    if (data.length > 0) this.#write(data);
  }

  #write(data: Buffer, done?: () => void): void {
    if (this.#stream.destroyed || this.#stream.writableEnded) return;
    this.#waitingBytes += data.length;
    this.#stream.write(data, () => {
      this.#waitingBytes -= data.length;
      done?.();
      if (this.#waitingBytes < mostWaiting) this.#wakeAll();
    });
  }

  /** Resolves when fewer bytes than this wait to be sent. Rejects if the stream is closed. */
  async room(most = mostWaiting): Promise<void> {
    while (this.#waitingBytes >= most && !this.#closed)
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    if (this.#closed) throw this.#closed;
  }

  #wakeAll(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const resolve of waiting) resolve();
  }
}
