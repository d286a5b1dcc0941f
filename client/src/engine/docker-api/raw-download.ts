/**
 * Downloads with HTTP/1.0, which the engine answers with bare bytes until it closes the connection. With HTTP/1.1 it sends
 * pieces of 32 KiB, and Node.js reads them in pieces of 64 KiB: twice the CPU time for a large archive.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { Endpoint } from '../address.ts';

/** Bytes of a block that the system reads into. */
const blockSize = 1 << 20;
/** Bytes of one read into a block: with more, the engine has nothing to send while they are used. */
const largestRead = 1 << 16;
/** Bytes of one read whose memory is used again for the next one: more than a socket of the system holds. */
const passedRead = 1 << 18;
/** Bytes that wait for the reader before the connection pauses. */
const mostWaiting = 2 << 20;
/** Bytes of the status line and the headers. */
const longestHead = 1 << 16;

/** Gets a chunk that is valid until it returns, or until its promise resolves; then comes the next one, unless it has enough. */
export type Take = (chunk: Uint8Array) => Promise<void> | 'enough' | undefined;

/** The body of a successful answer. It ends when the connection does. It is read as a stream, or passed on. */
export class RawAnswer extends Readable {
  readonly statusCode = 200;
  readonly headers: IncomingHttpHeaders = {};
  readonly #socket: Socket;
  #take: ((part: Buffer) => boolean) | undefined;
  #isWaiting = false;
  #hasEnded = false;
  #finish: () => void = () => undefined;

  /** What came with the headers. */
  #first: Buffer | undefined;

  constructor(socket: Socket, first: Buffer) {
    super({ highWaterMark: mostWaiting });
    this.#socket = socket;
    if (first.length > 0) this.#first = first;
  }

  /** Whether the memory of a part can be used again as soon as the next part is requested. */
  get isPassed(): boolean {
    return this.#take !== undefined;
  }

  /** Passes on what arrives. Rejects with the error of the connection, with that of `take`, or if the answer is destroyed. */
  pass(take: Take): Promise<void> {
    return new Promise((resolve, reject) => {
      this.once('error', reject);
      this.once('close', () => reject(new Error('aborted')));
      this.#finish = resolve;
      this.#take = (part) => this.#pass(part, take);
      const first = this.#first;
      this.#first = undefined;
      if (first === undefined || this.#take(first)) this.#continue();
    });
  }

  /** The next part from the connection. Returns whether more can be read now. */
  receive(part: Buffer): boolean {
    return this.#take === undefined ? this.push(part) : this.#take(part);
  }

  /** The connection has ended. */
  end(): void {
    this.#hasEnded = true;
    if (this.#take !== undefined) {
      if (!this.#isWaiting) this.#finish();
    } else if (this.#first === undefined) this.push(null);
  }

  override _read(): void {
    const first = this.#first;
    this.#first = undefined;
    if (first !== undefined && !this.push(first)) return;
    if (this.#hasEnded) this.push(null);
    else this.#socket.resume();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }

  #pass(part: Buffer, take: Take): boolean {
    let wait: Promise<void> | 'enough' | undefined;
    try {
      wait = take(part);
    } catch (error) {
      this.destroy(error as Error);
      return false;
    }
    if (wait === undefined) return true;
    if (wait === 'enough') {
      this.#finish();
      this.destroy();
      return false;
    }
    this.#isWaiting = true;
    wait.then(
      () => {
        this.#isWaiting = false;
        this.#continue();
      },
      (error: unknown) => this.destroy(error as Error),
    );
    return false;
  }

  #continue(): void {
    if (this.#hasEnded) this.#finish();
    else this.#socket.resume();
  }
}

/**
 * Undefined if the connection fails, if the endpoint needs another transport, or if the answer is anything else than success:
 * the request is then sent again in the ordinary way, which says why. Rejects only when the signal is aborted.
 */
export function downloadRaw(
  endpoint: Endpoint,
  path: string,
  signal: AbortSignal,
): Promise<RawAnswer | undefined> {
  const target = targetOf(endpoint);
  if (target === undefined || /[^\x21-\x7e]/.test(path)) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const reader = new AnswerReader(resolve);
    const socket = connect({ ...target, onread: reader.onRead } as NetConnectOpts);
    reader.start(socket);
    const abort = (): void => {
      reader.abort();
      socket.destroy();
      reject(new Error('aborted'));
    };
    if (signal.aborted) {
      abort();
      return;
    }
    signal.addEventListener('abort', abort, { once: true });
    socket.once('close', () => signal.removeEventListener('abort', abort));
    socket.write(`GET ${path} HTTP/1.0\r\nHost: docker\r\n\r\n`);
  });
}

class AnswerReader {
  readonly #begin: (answer: RawAnswer | undefined) => void;
  #socket: Socket | undefined;
  #head = Buffer.alloc(0);
  #answer: RawAnswer | undefined;
  /** The system reads into its free part. Blocks are not used again, because the reader of a stream keeps parts of them. */
  #block = Buffer.allocUnsafeSlow(passedRead);
  #at = 0;

  /** `begin` is called with the answer, or with undefined if there is none that can be read in this way. */
  constructor(begin: (answer: RawAnswer | undefined) => void) {
    this.#begin = begin;
  }

  readonly onRead = {
    buffer: (): Buffer => {
      if (this.#answer?.isPassed === true) {
        this.#at = 0;
        return this.#block;
      }
      if (this.#block.length - this.#at < largestRead) {
        this.#block = Buffer.allocUnsafeSlow(blockSize);
        this.#at = 0;
      }
      return this.#block.subarray(this.#at, this.#at + largestRead);
    },
    /** Whether more can be read now. */
    callback: (count: number): boolean => {
      const part = this.#block.subarray(this.#at, this.#at + count);
      this.#at += count;
      return this.#answer === undefined ? this.#readHead(part) : this.#answer.receive(part);
    },
  };

  start(socket: Socket): void {
    this.#socket = socket;
    let failure: Error | undefined;
    socket.on('error', (error) => {
      failure = error;
    });
    // Data that was received before comes first.
    socket.on('close', () => {
      if (this.#answer === undefined) this.#begin(undefined);
      else if (failure !== undefined) this.#answer.destroy(failure);
      else this.#answer.end();
    });
  }

  /** What has arrived is not the whole answer. */
  abort(): void {
    this.#answer?.destroy();
  }

  #readHead(part: Buffer): boolean {
    this.#head = Buffer.concat([this.#head, part]);
    const end = this.#head.indexOf('\r\n\r\n');
    if (end < 0 && this.#head.length <= longestHead) return true;
    const socket = this.#socket;
    if (
      socket === undefined ||
      !isPlainSuccess(this.#head.toString('latin1', 0, Math.max(0, end)))
    ) {
      // prettier-ignore
      socket?.destroy();
      return false;
    }
    this.#answer = new RawAnswer(socket, this.#head.subarray(end + 4));
    this.#begin(this.#answer);
    // Nothing more is read before it is known how.
    return false;
  }
}

/** Only where the system itself reads into our blocks; TLS and SSH have streams of their own. */
function targetOf(endpoint: Endpoint): NetConnectOpts | undefined {
  if (endpoint.kind === 'socket') return { path: endpoint.path };
  if (endpoint.kind === 'tcp' && !endpoint.tls) return { host: endpoint.host, port: endpoint.port };
  return undefined;
}

/** Whether the body is the bytes until the end of the connection. A proxy can answer with pieces all the same. */
function isPlainSuccess(head: string): boolean {
  return /^HTTP\/1\.[01] 200 /.test(head) && !/^transfer-encoding:/im.test(head);
}
