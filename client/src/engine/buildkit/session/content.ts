/**
 * Serves build caches of type `local` to BuildKit, which reads and writes their blobs through the session (BuildKit,
 * session/content; containerd, services/content).
 */
import { isEngineError } from '../../errors.ts';
import { firstMessage, frame, messagesOf } from '../grpc/frames.ts';
import type { Metadata } from '../grpc/metadata.ts';
import { Outbox } from '../grpc/outbox.ts';
import { unary, type Method } from '../grpc/server.ts';
import { codes, GrpcError } from '../grpc/status.ts';
import { decode, encode, type Timestamp, type WriteContentRequest } from '../messages.ts';
import type { BlobWriter, ContentStore } from './content-store.ts';

/** The stores by their ids, as the attributes of the caches name them. */
export type ContentStores = ReadonlyMap<string, ContentStore>;

/** `failed` is called with the error if a file cannot be written. */
export function contentMethods(
  stores: ContentStores,
  failed: (error: unknown) => void,
): ReadonlyMap<string, Method> {
  const service = '/containerd.services.content.v1.Content';
  return new Map([
    [`${service}/Info`, info(stores)],
    [`${service}/Read`, read(stores)],
    [`${service}/Write`, write(stores, failed)],
    // Blobs are written again from the beginning.
    [`${service}/Status`, unary(() => Promise.reject(new GrpcError(codes.notFound, 'not found')))],
    [`${service}/Abort`, unary(() => Promise.resolve(encode('Empty', {})))],
  ]);
}

/** A frontend cannot name another directory than those of the build. */
function storeFor(stores: ContentStores, metadata: Metadata): ContentStore {
  const [id = ''] = metadata.get('buildkit-attachable-store-id') ?? [];
  const store = stores.get(id.replace(/^local:/, ''));
  if (store === undefined) throw new GrpcError(codes.notFound, 'no such content store');
  return store;
}

function info(stores: ContentStores): Method {
  return unary(async (message, metadata) => {
    const { digest = '' } = decode('ReadContentRequest', message);
    const { size, mtimeMs } = await storeFor(stores, metadata).stats(digest);
    const time = timestamp(mtimeMs);
    return encode('ContentInfoResponse', {
      info: { digest, size, created_at: time, updated_at: time },
    });
  });
}

/** Bytes of one message; gRPC takes at most 4 MB. */
const chunkBytes = 1 << 20;

function read(stores: ContentStores): Method {
  return async (stream, metadata) => {
    const message = await firstMessage(stream);
    const { digest = '', offset = 0, size = 0 } = decode('ReadContentRequest', message);
    const handle = await storeFor(stores, metadata).open(digest);
    const outbox = new Outbox(stream);
    try {
      const end = size > 0 ? offset + size : Infinity;
      for (let at = offset; at < end;) {
        const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, end - at));
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
        if (bytesRead === 0) break;
        const data = buffer.subarray(0, bytesRead);
        await outbox.send(frame(encode('ReadContentResponse', { offset: at, data })));
        at += bytesRead;
      }
      outbox.flush();
    } finally {
      await handle.close();
    }
  };
}

const actions = { write: 1, commit: 2 } as const;

function write(stores: ContentStores, failed: (error: unknown) => void): Method {
  return async (stream, metadata) => {
    const store = storeFor(stores, metadata);
    const outbox = new Outbox(stream);
    let writer: BlobWriter | undefined;
    try {
      for await (const message of messagesOf(stream)) {
        const request = decode('WriteContentRequest', message);
        writer ??= await store.write(request.expected ?? '');
        await apply(writer, request);
        await outbox.send(frame(encode('WriteContentResponse', answerTo(writer, request))));
        if (request.action === actions.commit) break;
      }
      outbox.flush();
    } catch (error) {
      if (isEngineError(error)) failed(error);
      throw error;
    } finally {
      await writer?.discard();
    }
  };
}

async function apply(writer: BlobWriter, request: WriteContentRequest): Promise<void> {
  const { action = 0, data, offset = 0, total = 0, expected = '' } = request;
  if (action !== actions.write && action !== actions.commit) return;
  if (data !== undefined && data.length > 0) await writer.write(data, offset);
  if (action === actions.commit) await writer.commit(total, expected);
}

function answerTo(writer: BlobWriter, { action = 0, total = 0 }: WriteContentRequest) {
  return {
    action,
    started_at: timestamp(writer.startedAt),
    updated_at: timestamp(Date.now()),
    offset: writer.offset,
    total,
    digest: writer.digest,
  };
}

function timestamp(milliseconds: number): Timestamp {
  const seconds = Math.floor(milliseconds / 1000);
  return { seconds, nanos: Math.round((milliseconds - seconds * 1000) * 1e6) };
}
