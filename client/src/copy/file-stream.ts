/** Reads whole files as byte streams. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

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
