/** Saves a volume as a tar archive, and unpacks such an archive into a volume. */
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
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

/** The engine decompresses it. Files with the same names are replaced, others stay. */
export function importVolume(
  files: FileTools,
  volume: string,
  tar: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  return files.unpack(rootOf(volume), tar, signal);
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
