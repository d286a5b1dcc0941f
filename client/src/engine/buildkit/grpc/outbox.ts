/** Writes to an HTTP/2 stream: small messages together, and no more than the other side takes. */
import type { Http2Stream } from 'node:http2';
import { codes, GrpcError } from './status.ts';

/** Bytes that are collected before they are written; writing each message alone takes most of the time for small files. */
const together = 64 * 1024;
/** Bytes that wait to be sent. */
const mostWaiting = 2 * 1024 * 1024;

export class Outbox {
  readonly #stream: Http2Stream;
  #collected: Buffer[] = [];
  #collectedBytes = 0;
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

  /** Resolves when there is room for more; undefined if there is room now. Throws if the stream is closed. */
  send(part: Buffer): Promise<void> | undefined {
    if (this.#closed) throw this.#closed;
    // A large part is written alone, because joining would copy it.
    if (part.length >= together) this.flush();
    this.#collected.push(part);
    this.#collectedBytes += part.length;
    if (this.#collectedBytes >= together) this.flush();
    else if (!this.#isScheduled) {
      this.#isScheduled = true;
      setImmediate(() => this.flush());
    }
    return this.#waitingBytes >= mostWaiting ? this.#room() : undefined;
  }

  /** Writes what was collected. */
  flush(): void {
    this.#isScheduled = false;
    if (this.#collected.length === 0 || this.#stream.destroyed || this.#stream.writableEnded)
      return;
    const data = joined(this.#collected, this.#collectedBytes);
    this.#collected = [];
    this.#collectedBytes = 0;
    this.#waitingBytes += data.length;
    this.#stream.write(data, () => {
      this.#waitingBytes -= data.length;
      if (this.#waitingBytes < mostWaiting) this.#wakeAll();
    });
  }

  async #room(): Promise<void> {
    while (this.#waitingBytes >= mostWaiting && !this.#closed)
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    if (this.#closed) throw this.#closed;
  }

  #wakeAll(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const resolve of waiting) resolve();
  }
}

function joined(parts: readonly Buffer[], size: number): Buffer {
  const [first] = parts;
  return parts.length === 1 && first ? first : Buffer.concat(parts, size);
}
