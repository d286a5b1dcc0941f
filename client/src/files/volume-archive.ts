/** Saves a volume as a tar archive, and unpacks such an archive into a volume. */
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { decompressed } from '../engine/decompress.ts';
import { isEngineError } from '../engine/errors.ts';
import { ByteReader, unpackTar, type TarEntry } from '../engine/tar.ts';
import { writeFileFromStream } from '../engine/write-file.ts';
import type { FileRef, FileTools } from '../ui/files.ts';

export interface TransferOptions {
  readonly signal: AbortSignal;
  /** Called with the number of bytes so far. */
  readonly report: (bytes: number) => void;
}

/** Compressed if the name of the file says so. Resolves to the size of the file; an incomplete file is not left behind. */
export function exportVolume(
  files: FileTools,
  volume: string,
  file: string,
  { signal, report }: TransferOptions,
): Promise<number> {
  const tar = files.archive(rootOf(volume), signal);
  const isCompressed = /\.(?:gz|tgz)$/i.test(file);
  return writeFileFromStream(file, isCompressed ? gzipped(tar) : tar, { signal, report });
}

/**
 * The engine decompresses the archive. Files with the same names are replaced, others stay. `open` is called twice: the engine
 * ignores the properties of the root, which are therefore read first and set at the end.
 */
export async function importVolume(
  files: FileTools,
  volume: string,
  open: () => AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const root = await firstEntry(open());
  await files.unpack(rootOf(volume), open(), signal);
  if (root?.kind === 'directory' && /^\.\/?$/.test(root.name))
    await files.restoreDirectory(rootOf(volume), root);
}

/** Undefined if the archive is compressed in a format that only the engine reads, or is empty. */
async function firstEntry(tar: AsyncIterable<Uint8Array>): Promise<TarEntry | undefined> {
  const reader = new ByteReader(tar);
  try {
    const start = await reader.take(512);
    const whole = async function* (): AsyncGenerator<Uint8Array> {
      yield start;
      for (let part = await reader.some(1 << 16); part !== undefined; part = await reader.some(1 << 16)) yield part; // prettier-ignore
    };
    for await (const entry of unpackTar(decompressed(start, whole()))) return entry;
  } catch (error) {
    if (!isEngineError(error)) throw error;
  } finally {
    await reader.close();
  }
  return undefined;
}

function rootOf(volume: string): FileRef {
  return { place: { kind: 'volume', name: volume }, path: '/' };
}

async function* gzipped(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const input = Readable.from(stream, { objectMode: false });
  const encoder = createGzip();
  input.on('error', (error) => encoder.destroy(error));
  try {
    yield* input.pipe(encoder) as AsyncIterable<Uint8Array>;
  } finally {
    input.destroy();
  }
}
