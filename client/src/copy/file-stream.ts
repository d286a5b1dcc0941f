/** Whole files as streams of bytes, in and out. */
import { createReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';

/** Writes it beside the file and puts it there when it is whole; the bytes written. */
export async function writeStream(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  report: (bytes: number) => void,
): Promise<number> {
  const beside = `${file}.part`;
  const target = await open(beside, 'w');
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      await target.write(chunk);
      bytes += chunk.length;
      report(bytes);
    }
    await target.close();
    await rename(beside, file);
    return bytes;
  } catch (error) {
    await target.close().catch(() => undefined);
    await rm(beside, { force: true });
    throw error;
  }
}

/** Reads as fast as the reader takes it. */
export async function* readStream(
  file: string,
  report: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    report(bytes);
    yield chunk;
  }
}

/** Bytes. */
export async function sizeOf(file: string): Promise<number> {
  return (await stat(file)).size;
}
