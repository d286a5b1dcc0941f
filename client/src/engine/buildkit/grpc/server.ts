/** Serves gRPC methods on one connection. The other side is not trusted. */
import http2, { type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import {
  closeSoon,
  connectionWindow,
  joinBuffered,
  manyHeaders,
  maxHeaderListSize,
} from './connection.ts';
import { firstMessage, frame } from './frames.ts';
import { metadataOf, type Metadata } from './metadata.ts';
import { codes, encodeMessage, isGrpcError } from './status.ts';

/** Serves one call until its promise settles. A GrpcError is sent to the other side, of other errors only the message. */
export type Method = (stream: ServerHttp2Stream, metadata: Metadata) => Promise<void>;

export interface GrpcServer {
  /** Settles when the connection is closed. */
  readonly closed: Promise<void>;
  close(): void;
}

/** A method with one message in each direction. */
export function unary(
  answer: (message: Buffer, metadata: Metadata) => Promise<Uint8Array>,
): Method {
  return async (stream, metadata) => {
    const message = await firstMessage(stream);
    stream.write(frame(await answer(message, metadata)));
  };
}

/** Serves methods by their paths: `/package.Service/Method`. */
export function serveGrpc(socket: Duplex, methods: ReadonlyMap<string, Method>): GrpcServer {
  const ignore = (): void => undefined;
  const server = http2.createServer({
    ...manyHeaders,
    maxSessionMemory: 256,
    settings: { initialWindowSize: 4 << 20, maxHeaderListSize },
  });
  server.on('error', ignore);
  server.on('sessionError', ignore);
  server.on('stream', (stream: ServerHttp2Stream, _headers, _flags, raw?: unknown) => {
    stream.on('error', ignore);
    void serve(stream, metadataOf((raw ?? []) as readonly string[]), methods);
  });
  let session: http2.ServerHttp2Session | undefined;
  server.on('session', (one) => {
    session = one;
    const widen = (): void => one.setLocalWindowSize(connectionWindow);
    if (one.connecting) one.once('connect', widen);
    else widen();
  });
  socket.on('error', ignore);
  // Otherwise Node.js refuses a TLS connection on which no protocol was negotiated.
  if ('alpnProtocol' in socket) socket.alpnProtocol = 'h2';
  const closed = new Promise<void>((resolve) => socket.once('close', resolve));
  joinBuffered(socket);
  if (!socket.destroyed) server.emit('connection', socket);
  return {
    closed,
    close: () => {
      closeSoon(session, socket);
      server.close();
    },
  };
}

async function serve(
  stream: ServerHttp2Stream,
  metadata: Metadata,
  methods: ReadonlyMap<string, Method>,
): Promise<void> {
  let ending: OutgoingHttpHeaders = { 'grpc-status': '0', 'grpc-message': '' };
  stream.on('wantTrailers', () => {
    if (!stream.destroyed) stream.sendTrailers(ending);
  });
  try {
    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc' },
      { waitForTrailers: true },
    );
    const path = metadata.get(':path')?.[0] ?? '';
    const method = methods.get(path);
    if (method) await method(stream, metadata);
    else ending = status(codes.unimplemented, `unknown method ${path}`);
  } catch (error) {
    ending = isGrpcError(error)
      ? status(error.code, error.message)
      : status(codes.unknown, error instanceof Error ? error.message : String(error));
  } finally {
    if (!stream.destroyed && !stream.writableEnded) stream.end();
    // What the other side still sends is not needed.
    stream.resume();
  }
}

function status(code: number, message: string): OutgoingHttpHeaders {
  return { 'grpc-status': String(code), 'grpc-message': encodeMessage(message) };
}
