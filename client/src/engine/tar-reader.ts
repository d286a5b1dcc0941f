/** Reads tar streams: POSIX, GNU and the format before both. Everything in them is untrusted. */
import { ByteReader } from './byte-reader.ts';
import type { TarEntry } from './tar-entry.ts';
import {
  blockSize,
  damaged,
  extensionSize,
  isZero,
  paddingAfter,
  parseExtension,
  parseHeader,
  toEntry,
  truncated,
  type Extension,
  type Header,
} from './tar-headers.ts';

/** Bytes that are read after the end, so that the connection can be used again. */
const longestTrailer = 1 << 20;

/**
 * Reads a tar stream. Content that was not read when the next entry is requested is skipped. Rejects with EngineError if the
 * archive is damaged or ends early, otherwise with the error of the stream.
 */
export async function* unpackTar(
  tar: AsyncIterable<Uint8Array>,
): AsyncGenerator<TarEntry, void, undefined> {
  const reader = new ByteReader(tar);
  try {
    let extension: Extension = {};
    for (;;) {
      const block = await reader.take(blockSize);
      if (block.length < blockSize) throw truncated();
      if (isZero(block)) break;
      const header = parseHeader(block);
      const more = await readExtension(reader, header);
      if (more !== undefined) {
        extension = { ...extension, ...more };
        continue;
      }
      const { entry, bytes } = toEntry(header, extension);
      extension = {};
      let unread = bytes;
      const content = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
        while (unread > 0) {
          const chunk = await reader.some(unread);
          if (chunk === undefined) throw truncated();
          unread -= chunk.length;
          yield chunk;
        }
      };
      yield { ...entry, content };
      await skip(reader, unread + paddingAfter(bytes));
    }
    await readEnd(reader);
  } finally {
    await reader.close();
  }
}

async function skip(reader: ByteReader, count: number): Promise<void> {
  let left = count;
  while (left > 0) {
    const chunk = await reader.some(left);
    if (chunk === undefined) throw truncated();
    left -= chunk.length;
  }
}

/** An archive ends with two blocks of zeros. */
async function readEnd(reader: ByteReader): Promise<void> {
  const block = await reader.take(blockSize);
  if (!isZero(block)) throw damaged();
  let left = longestTrailer;
  while (left > 0) {
    const chunk = await reader.some(left);
    if (chunk === undefined) return;
    left -= chunk.length;
  }
}

/** Undefined if the header is that of an entry. */
async function readExtension(reader: ByteReader, header: Header): Promise<Extension | undefined> {
  const size = extensionSize(header);
  if (size === undefined) return undefined;
  const bytes = Buffer.from(await reader.take(size));
  if (bytes.length < size) throw truncated();
  await skip(reader, paddingAfter(size));
  return parseExtension(header, bytes);
}
