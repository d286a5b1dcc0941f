/** Receives the result of a build: an archive, or the files of a directory. What it contains is not trusted. */
import { resolve } from 'node:path';
import { isEngineError } from '../../errors.ts';
import { writeFileFromStream } from '../../write-file.ts';
import { messagesOf } from '../grpc/frames.ts';
import type { Metadata } from '../grpc/metadata.ts';
import type { Method } from '../grpc/server.ts';
import { codes, GrpcError } from '../grpc/status.ts';
import { decode } from '../messages.ts';
import { receiveDirectory } from './receive-directory.ts';

/** Where the result of one exporter is written. */
export type Destination =
  | { readonly kind: 'file' | 'directory'; readonly path: string }
  /** Something that reads the archive as fast as it can; rejects with EngineError. */
  | {
      readonly kind: 'stream';
      readonly receive: (archive: AsyncIterable<Uint8Array>) => Promise<void>;
    };

/** The destinations by the index of their exporter in the request. */
export function fileSend(
  destinations: ReadonlyMap<number, Destination>,
  failed: (error: unknown) => void,
): Method {
  return async (stream, metadata) => {
    const destination = destinationFor(destinations, metadata);
    const messages = messagesOf(stream);
    try {
      if (destination.kind === 'stream') await destination.receive(contents(messages));
      else if (destination.kind === 'directory')
        await receiveDirectory(resolve(destination.path), messages, stream);
      else await writeFileFromStream(resolve(destination.path), contents(messages));
    } catch (error) {
      if (isEngineError(error)) failed(error);
      throw error;
    }
  };
}

/** Engines that support only one exporter do not say which one it is. */
function destinationFor(
  destinations: ReadonlyMap<number, Destination>,
  metadata: Metadata,
): Destination {
  const id = metadata.get('buildkit-attachable-exporter-id')?.[0];
  const [first] = destinations.values();
  const found = id === undefined ? first : destinations.get(Number(id));
  if (found === undefined) throw new GrpcError(codes.notFound, 'no such exporter');
  return found;
}

async function* contents(messages: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  for await (const message of messages) {
    const { data } = decode('BytesMessage', message);
    if (data !== undefined) yield data;
  }
}
