/** Opens a session through BuildKit's API: its bytes are the messages of a call (Control.Session). */
import http2, { type ClientHttp2Stream, type IncomingHttpHeaders } from 'node:http2';
import { Duplex } from 'node:stream';
import type { GrpcClient } from '../grpc/client.ts';
import { headBytes, messagesOf, writeHead } from '../grpc/frames.ts';
import { decodeMessage, GrpcError } from '../grpc/status.ts';
import { decode } from '../messages.ts';
import type { SessionHeaders } from './session.ts';

/** Bytes of one message; BuildKit takes at most 16 MB. */
const mostBytes = 1 << 20;

/** The bytes of the session; ends with the call, and with the error of the call if it is refused. */
export function sessionOver(client: GrpcClient, headers: SessionHeaders): Duplex {
  const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  const stream = client.open(
    '/moby.buildkit.v1.Control/Session',
    Object.fromEntries(lowerCase) as SessionHeaders,
  );
  const messages = messagesOf(stream);
  const session: Duplex = new Duplex({
    read: () => {
      void pull(messages, session);
    },
    write: (chunk: Buffer, _encoding, done) => write(stream, chunk, done),
    final: (done) => {
      stream.end();
      done();
    },
    destroy: (error, done) => {
      stream.close(http2.constants.NGHTTP2_CANCEL);
      done(error);
    },
  });
  const check = (answer: IncomingHttpHeaders): void => {
    const code = Number(answer['grpc-status'] ?? 0);
    const message = decodeMessage(String(answer['grpc-message'] ?? ''));
    if (code !== 0) session.destroy(new GrpcError(code, message));
  };
  // A call that is refused has its status in the headers.
  stream.on('response', check);
  stream.on('trailers', check);
  stream.once('close', () => {
    session.push(null);
    session.destroy();
  });
  return session;
}

async function pull(messages: AsyncIterator<Buffer, void>, session: Duplex): Promise<void> {
  try {
    for (;;) {
      const { done, value } = await messages.next();
      if (session.destroyed) return;
      if (done === true) {
        session.push(null);
        return;
      }
      const { data } = decode('BytesMessage', value);
      // Nothing is read again before something was pushed.
      if (data === undefined || data.length === 0) continue;
      session.push(data);
      return;
    }
  } catch (error) {
    session.destroy(error as Error);
  }
}

/** Writes the head of a message, with the head of its only field (`bytes data = 1`), before the bytes, which are not copied. */
function write(stream: ClientHttp2Stream, chunk: Buffer, done: (error?: Error | null) => void) {
  stream.cork();
  for (let at = 0; at < chunk.length; at += mostBytes) {
    const part = chunk.subarray(at, at + mostBytes);
    const field = [0x0a, ...varint(part.length)];
    const head = Buffer.from([...Buffer.alloc(headBytes), ...field]);
    writeHead(head, 0, field.length + part.length);
    stream.write(head);
    if (at + mostBytes >= chunk.length) stream.write(part, done);
    else stream.write(part);
  }
  stream.uncork();
}

function varint(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}
