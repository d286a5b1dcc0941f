/** Writes files with holes, so that a sparse file does not become large. */
import type { FileHandle } from 'node:fs/promises';
import { writeAll } from '../engine/write-file.ts';

/** Bytes that are written at once. */
const blockSize = 1 << 20;

/**
 * Writes chunks to a new, empty file; blocks of zeros become holes. `onBytes` is called with the number of bytes of each chunk.
 * Rejects with the error of the chunks or of the file system.
 */
export async function writeSparse(
  handle: FileHandle,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  onBytes: (bytes: number) => void,
): Promise<void> {
  let at = 0;
  let end = 0;
  let gathered: Uint8Array[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    const [only] = gathered;
    const bytes = gathered.length === 1 && only ? only : Buffer.concat(gathered);
    gathered = [];
    if (!isHole(bytes)) {
      await writeAll(handle, bytes, at);
      end = at + bytes.length;
    }
    at += bytes.length;
  };
  for await (const chunk of chunks) {
    gathered.push(chunk);
    size += chunk.length;
    if (size - at >= blockSize) await flush();
    onBytes(chunk.length);
  }
  if (size > at) await flush();
  if (end < at) await handle.truncate(at);
}

const zeros = Buffer.alloc(1 << 16);

/** Whether there are only zeros, and enough of them for a block of a disk. */
function isHole(bytes: Uint8Array): boolean {
  if (bytes.length < 4096) return false;
  for (let at = 0; at < bytes.length; at += zeros.length) {
    const part = bytes.subarray(at, at + zeros.length);
    if (zeros.compare(part, 0, part.length, 0, part.length) !== 0) return false;
  }
  return true;
}
