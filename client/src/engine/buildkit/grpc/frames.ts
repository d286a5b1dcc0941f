/**
 * Messages of a gRPC call in the data of an HTTP/2 stream: each has a byte that says whether it is compressed, and its length
 * in four bytes (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md).
 */
import type { Http2Stream } from 'node:http2';
import { codes, GrpcError } from './status.ts';

export const headBytes = 5;

/** A longer message is not valid: BuildKit sends at most some megabytes. */
const longestMessage = 64 * 1024 * 1024;

/** The message with its head. */
export function frame(message: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(headBytes + message.length);
  writeHead(framed, 0, message.length);
  framed.set(message, headBytes);
  return framed;
}

/** Writes the head of a message of this length. */
export function writeHead(target: Buffer, at: number, length: number): void {
  target[at] = 0;
  target.writeUInt32BE(length, at + 1);
}

/** Yields the messages as they arrive; ends with the data. Rejects if the data is not valid or the stream is closed early. */
export async function* messagesOf(stream: Http2Stream): AsyncGenerator<Buffer, void, undefined> {
  const reader = new FrameReader();
  // Leaving the loop early must not reset the stream, because its status is still to be sent or read.
  const chunks = stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  for await (const chunk of chunks) for (const message of reader.read(chunk)) yield message;
  // A stream that was reset can end like a complete one.
  if (stream.aborted) throw new GrpcError(codes.cancelled, 'The stream was closed');
  if (!reader.isEmpty) throw new GrpcError(codes.unavailable, 'The message is incomplete');
}

/** The first message, or an empty one if there is none. */
export async function firstMessage(stream: Http2Stream): Promise<Buffer> {
  for await (const message of messagesOf(stream)) return message;
  return Buffer.alloc(0);
}

/** Cuts data into messages; chunks are joined only once. */
class FrameReader {
  #parts: Buffer[] = [];
  #size = 0;
  /** The length of the next message with its head. */
  #wanted = headBytes;

  get isEmpty(): boolean {
    return this.#size === 0;
  }

  *read(chunk: Buffer): Generator<Buffer> {
    this.#parts.push(chunk);
    this.#size += chunk.length;
    if (this.#size < this.#wanted) return;
    const [first] = this.#parts;
    const data = this.#parts.length === 1 && first ? first : Buffer.concat(this.#parts);
    let at = 0;
    this.#wanted = headBytes;
    while (data.length - at >= headBytes) {
      const end = at + headBytes + lengthIn(data, at);
      if (data.length < end) {
        this.#wanted = end - at;
        break;
      }
      yield data.subarray(at + headBytes, end);
      at = end;
    }
    this.#size = data.length - at;
    this.#parts = this.#size === 0 ? [] : [data.subarray(at)];
  }
}

function lengthIn(data: Buffer, at: number): number {
  if (data[at] !== 0)
    throw new GrpcError(codes.unimplemented, 'Compressed messages are not supported');
  const length = data.readUInt32BE(at + 1);
  if (length > longestMessage)
    throw new GrpcError(codes.invalidArgument, 'The message is too long');
  return length;
}
