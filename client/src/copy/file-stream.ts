/** Reads and writes whole files as byte streams. */
import { createReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';

/** Writes a temporary file and renames it when it is complete; resolves to the number of bytes. */
export async function writeStream(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  report: (bytes: number) => void,
): Promise<number> {
  const temporary = `${file}.part`;
  const target = await open(temporary, 'w');
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      await target.write(chunk);
      bytes += chunk.length;
      report(bytes);
    }
    await target.close();
    await rename(temporary, file);
    return bytes;
  } catch (error) {
    await target.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Reads a file as fast as the reader does. */
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

/** The size of a file in bytes. */
export async function sizeOf(file: string): Promise<number> {
  return (await stat(file)).size;
}
