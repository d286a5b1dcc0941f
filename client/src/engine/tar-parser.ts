/** Parses a tar archive in the chunks in which it arrives, without waiting between entries. */
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

/** An archive as bytes; or, if the source can do it, as its entries, without a copy and without waiting for each chunk. */
export interface ArchiveStream extends AsyncIterable<Uint8Array> {
  /** Instead of the bytes. Rejects like the iteration, with EngineError for a damaged archive, and with what the receiver throws. */
  readonly unpack?: (receiver: ArchiveReceiver) => Promise<void>;
}

export interface ArchiveReceiver extends TarReceiver {
  /** Called after each chunk, whose memory is used again. The next one is received when the promise resolves. */
  chunkDone(): Promise<void> | undefined;
}

export interface TarReceiver {
  /** If it is a file with a size, its content follows. */
  entry(entry: TarEntry): void;
  /** The next part of the content of the last entry. It is a part of a chunk, and only valid until the chunk is done. */
  content(bytes: Buffer, isLast: boolean): void;
}

/** What the bytes after a header are; values for the next entry are gathered. */
type Reading = 'content' | 'skipped' | { readonly header: Header; readonly parts: Buffer[] };

/** Throws EngineError if the archive is damaged, and what the receiver throws. */
export class TarParser {
  readonly #receiver: TarReceiver;
  /** A header that has not arrived completely. */
  readonly #block = Buffer.alloc(blockSize);
  #filled = 0;
  /** Bytes of the content or of an extension that are still missing, and of the padding after it. */
  #missing = 0;
  #padding = 0;
  /** What the missing bytes are. */
  #reading: Reading = 'skipped';
  #extension: Extension = {};
  /** Blocks of zeros at the end. */
  #zeros = 0;

  constructor(receiver: TarReceiver) {
    this.#receiver = receiver;
  }

  /** Whether the end of the archive was parsed. What follows is not. */
  get hasEnded(): boolean {
    return this.#zeros >= 2;
  }

  /** Parts of the chunk are passed on without a copy. */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length && !this.hasEnded) {
      if (this.#missing > 0) {
        const part = chunk.subarray(at, at + this.#missing);
        at += part.length;
        this.#missing -= part.length;
        this.#take(part);
      } else if (this.#padding > 0) {
        const count = Math.min(this.#padding, chunk.length - at);
        at += count;
        this.#padding -= count;
      } else if (this.#filled === 0 && chunk.length - at >= blockSize) {
        this.#parse(chunk.subarray(at, at + blockSize));
        at += blockSize;
      } else {
        const count = chunk.copy(this.#block, this.#filled, at, at + blockSize - this.#filled);
        at += count;
        this.#filled += count;
        if (this.#filled < blockSize) continue;
        this.#filled = 0;
        this.#parse(this.#block);
      }
    }
  }

  /** Must be called after the last chunk. */
  finish(): void {
    if (this.#zeros === 0) throw truncated();
  }

  #parse(block: Buffer): void {
    if (isZero(block)) {
      this.#zeros++;
      return;
    }
    if (this.#zeros > 0) throw damaged();
    const header = parseHeader(block);
    const size = extensionSize(header);
    if (size !== undefined) {
      this.#expect(size, { header, parts: [] });
      if (size === 0) this.#take(Buffer.alloc(0));
      return;
    }
    const { entry, bytes } = toEntry(header, this.#extension);
    this.#extension = {};
    this.#expect(bytes, entry.kind === 'file' ? 'content' : 'skipped');
    this.#receiver.entry(entry);
  }

  #expect(bytes: number, reading: Reading): void {
    this.#missing = bytes;
    this.#padding = paddingAfter(bytes);
    this.#reading = reading;
  }

  #take(part: Buffer): void {
    const isLast = this.#missing === 0;
    if (this.#reading === 'content') this.#receiver.content(part, isLast);
    if (typeof this.#reading === 'string') return;
    const { header, parts } = this.#reading;
    parts.push(part);
    if (!isLast) return;
    // Copied, because its parts would keep the whole chunk in memory.
    const values = parseExtension(header, Buffer.concat(parts));
    this.#extension = { ...this.#extension, ...values };
  }
}

/** Rejects with EngineError if the archive is damaged or incomplete, otherwise with the error of the stream or the receiver. */
export async function unpackArchive(
  archive: ArchiveStream,
  receiver: ArchiveReceiver,
): Promise<void> {
  if (archive.unpack) {
    await archive.unpack(receiver);
    return;
  }
  const parser = new TarParser(receiver);
  for await (const chunk of archive) {
    parser.push(bufferOf(chunk));
    await receiver.chunkDone();
    if (parser.hasEnded) break;
  }
  parser.finish();
}

/** The same memory as a buffer. */
export function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
