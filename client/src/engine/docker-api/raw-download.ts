/**
 * Downloads with HTTP/1.0, which the engine answers with bare bytes until it closes the connection. With HTTP/1.1 it sends
 * pieces of 32 KiB, and Node.js reads them in pieces of 64 KiB: twice the CPU time for a large archive.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { Endpoint } from '../address.ts';

/** Bytes that the system reads into at once. */
const blockSize = 1 << 20;
/** A block with less space is not used further. */
const smallestRead = 1 << 18;
/** Bytes that wait for the reader before the connection pauses. */
const mostWaiting = 2 << 20;
/** Bytes of the status line and the headers. */
const longestHead = 1 << 16;

/** The body of a successful answer. It ends when the connection does. */
export class RawAnswer extends Readable {
  readonly statusCode = 200;
  readonly headers: IncomingHttpHeaders = {};
  readonly #socket: Socket;

  constructor(socket: Socket) {
    super({ highWaterMark: mostWaiting });
    this.#socket = socket;
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
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
    let head: Buffer | undefined = Buffer.alloc(0);
    let answer: RawAnswer | undefined;
    let block = Buffer.allocUnsafeSlow(blockSize);
    let at = 0;
    const giveUp = (): void => {
      socket.destroy();
      resolve(undefined);
    };
    /** Whether more can be read now. */
    const take = (count: number): boolean => {
      const part = block.subarray(at, at + count);
      at += count;
      if (answer !== undefined) return answer.push(part);
      head = Buffer.concat([head ?? part, part]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) {
        if (head.length > longestHead) giveUp();
        return true;
      }
      if (!isPlainSuccess(head.toString('latin1', 0, end))) {
        giveUp();
        return false;
      }
      const rest = head.subarray(end + 4);
      head = undefined;
      answer = new RawAnswer(socket);
      resolve(answer);
      return rest.length === 0 || answer.push(rest);
    };
    const nextBuffer = (): Buffer => {
      if (block.length - at < smallestRead) {
        block = Buffer.allocUnsafeSlow(blockSize);
        at = 0;
      }
      return block.subarray(at);
    };
    const socket = connect({ ...target, onread: { buffer: nextBuffer, callback: take } } as NetConnectOpts); // prettier-ignore
    const abort = (): void => {
      socket.destroy();
      answer?.destroy(new Error('aborted'));
      reject(new Error('aborted'));
    };
    if (signal.aborted) {
      abort();
      return;
    }
    signal.addEventListener('abort', abort, { once: true });
    let failure: Error | undefined;
    socket.on('error', (error) => {
      failure = error;
    });
    // Data that was received before comes first.
    socket.on('close', () => {
      signal.removeEventListener('abort', abort);
      if (answer === undefined) giveUp();
      else if (failure !== undefined) answer.destroy(failure);
      else answer.push(null);
    });
    socket.write(`GET ${path} HTTP/1.0\r\nHost: docker\r\n\r\n`);
  });
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
