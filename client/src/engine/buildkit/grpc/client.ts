/** Calls gRPC methods over one connection. */
import http2, {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
} from 'node:http2';
import type { Duplex } from 'node:stream';
import {
  closeSoon,
  connectionWindow,
  joinBuffered,
  manyHeaders,
  maxHeaderListSize,
} from './connection.ts';
import { frame, messagesOf } from './frames.ts';
import { keepAlive } from './keep-alive.ts';
import { codes, decodeMessage, GrpcError, InvalidAnswerError, isGrpcError } from './status.ts';

export interface Call {
  /** `/package.Service/Method`. */
  readonly path: string;
  readonly message: Uint8Array;
  /** Aborting resets the stream, which cancels the call on the server. */
  readonly signal?: AbortSignal;
}

export interface GrpcClient {
  /**
   * Yields the messages of the answer. Rejects with GrpcError if the call ends with a status other than 0, and with the error
   * of the connection if it is lost.
   */
  call(call: Call): AsyncGenerator<Buffer, void, undefined>;
  /** Opens a call with messages in both directions; its status is not read. */
  open(
    path: string,
    headers: Readonly<Record<string, string | readonly string[]>>,
  ): ClientHttp2Stream;
  /** Ends all calls and the connection. */
  close(): void;
}

/** Opens HTTP/2 without TLS on a connection; a ping is sent after each `silence` milliseconds. */
export function grpcClient(socket: Duplex, silence: number): GrpcClient {
  let lost: Error | undefined;
  const onError = (error: Error): void => {
    lost ??= error;
  };
  socket.on('error', onError);
  joinBuffered(socket);
  const session: ClientHttp2Session = http2.connect('http://localhost', {
    ...manyHeaders,
    createConnection: () => socket,
    settings: { initialWindowSize: 1 << 20, maxHeaderListSize },
  });
  session.on('error', onError);
  // Otherwise all calls together receive only 64 KiB until the other side hears that they were read.
  session.once('connect', () => session.setLocalWindowSize(connectionWindow));
  keepAlive(session, silence, () => {
    lost ??= connectionLost();
    closeSoon(session, socket);
  });
  const open: GrpcClient['open'] = (path, headers) => {
    const stream = session.request({
      ...headers,
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    // The reader of the stream gets its errors.
    stream.on('error', () => undefined);
    return stream;
  };
  return {
    open,
    call: ({ path, message, signal }) => {
      const start = (): ClientHttp2Stream => {
        if (session.destroyed) throw lost ?? connectionLost();
        const stream = open(path, {});
        stream.end(frame(message));
        return stream;
      };
      return answerTo(start, () => lost, signal);
    },
    close: () => closeSoon(session, socket),
  };
}

async function* answerTo(
  start: () => ClientHttp2Stream,
  lost: () => Error | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer, void, undefined> {
  const stream = start();
  let ending: IncomingHttpHeaders | undefined;
  let status: number | undefined;
  // A call that is refused has its status in the headers, and no trailers.
  stream.on('response', (headers) => {
    status = headers[':status'];
    if (headers['grpc-status'] !== undefined) ending = headers;
  });
  stream.on('trailers', (headers: IncomingHttpHeaders) => {
    ending = headers;
  });
  const closed = new Promise<void>((resolve) => stream.once('close', resolve));
  const cancel = (): void => stream.close(http2.constants.NGHTTP2_CANCEL);
  if (signal?.aborted === true) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  let failure: Error | undefined;
  try {
    yield* messagesOf(stream);
  } catch (error) {
    failure = error as Error;
  } finally {
    signal?.removeEventListener('abort', cancel);
    if (!stream.closed && (ending === undefined || failure !== undefined)) cancel();
  }
  await closed;
  if (signal?.aborted === true) throw new GrpcError(codes.cancelled, 'cancelled');
  if (isGrpcError(failure)) throw new InvalidAnswerError(failure.message);
  if (ending !== undefined) throwUnlessOk(ending);
  else {
    // The error of the connection arrives after the end of its streams.
    await new Promise((resolve) => setImmediate(resolve));
    throw lost() ?? connectionLost(status);
  }
}

/** Whether the error means that the other side does not use the protocol. */
export function isInvalidAnswer(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return error instanceof InvalidAnswerError || code === 'ERR_HTTP2_ERROR';
}

function connectionLost(status?: number): Error {
  return status === undefined || status === 200
    ? Object.assign(new Error('connection lost'), { code: 'ECONNRESET' })
    : new InvalidAnswerError(`HTTP status ${status}`);
}

function throwUnlessOk(headers: IncomingHttpHeaders): void {
  const code = Number(text(headers['grpc-status']));
  if (code === codes.ok) return;
  const details = text(headers['grpc-status-details-bin']);
  throw new GrpcError(
    Number.isInteger(code) ? code : codes.unknown,
    decodeMessage(text(headers['grpc-message'])),
    details === '' ? undefined : Buffer.from(details, 'base64'),
  );
}

function text(value: string | readonly string[] | undefined): string {
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}
