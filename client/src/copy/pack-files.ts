/**
 * Packs files of this machine into a tar stream. Small files are read at once into the chunk that is filled: one after another
 * through the thread pool, a small file takes longer to wait for than to read.
 */
import { closeSync, constants, openSync, read, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { t } from '@vscode/l10n';
import { Slices } from '../engine/slices.ts';
import { longestHeader, writeHeader, type TarHeader } from '../engine/tar.ts';
import { fsPath } from './byte-strings.ts';
import { copyError, onWindows, toCopyError } from './copy-task.ts';
import { fileOf, pathOf, shownFile, type LocalEntry } from './local-tree.ts';

/** Bytes of a chunk. */
const chunkSize = 1 << 20;
/** Larger files are read by the thread pool, while the last chunk is sent. */
const largestSmall = 128 << 10;
const blockSize = 512;
const trailer = 2 * blockSize;
/**
 * Milliseconds of packing between two turns of the event loop, which goes on sending. A socket of the system holds so little that
 * the engine has nothing to extract during a longer slice.
 */
const slice = 2;

const readLater = promisify(read);

/** What has been packed. */
export interface Packed {
  /** Bytes of contents. */
  readonly bytes: number;
  readonly entries: number;
}

export class FilePacker {
  readonly #entries: readonly LocalEntry[];
  readonly #signal: AbortSignal;
  readonly #report: (packed: Packed) => void;
  readonly #slices = new Slices(slice);
  #chunk: Buffer = Buffer.allocUnsafeSlow(0);
  /** Chunks in the order in which they were sent, of which the first is used again. */
  readonly #sent: Buffer[] = [];
  /** Up to where the chunk is filled. */
  #at = 0;
  #bytes = 0;
  #packed = 0;
  #incomplete: LocalEntry | undefined;

  constructor(
    entries: readonly LocalEntry[],
    { signal, report }: { readonly signal: AbortSignal; readonly report: (packed: Packed) => void },
  ) {
    this.#entries = entries;
    this.#signal = signal;
    this.#report = report;
  }

  /** The file whose content was cut off by a cancellation: all others are in the archive completely or not at all. */
  get incomplete(): LocalEntry | undefined {
    return this.#incomplete;
  }

  /** What is in the archive completely. */
  get done(): Packed {
    return { bytes: this.#bytes, entries: this.#packed };
  }

  /**
   * The tar stream; the memory of a chunk is used again when the fourth one after it is requested. When the signal is aborted, it ends: between two entries as a whole archive, within a file without the
   * rest of it, so that the engine reports an incomplete archive. Rejects with EngineError if a file cannot be read.
   */
  async *chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    for (const entry of this.#entries) {
      if (this.#signal.aborted) break;
      if (this.#slices.isOver) await this.#slices.turn();
      const header = headerOf(entry);
      const needed = longestHeader(header) + (isSmall(entry) ? padded(entry.size) : 0);
      if (this.#space < needed) yield* this.#send(needed);
      this.#at += writeHeader(this.#chunk, this.#at, header);
      if (entry.kind === 'file' && entry.size > 0) {
        if (isSmall(entry)) this.#readSmall(entry);
        else yield* this.#readLarge(entry);
        if (this.#incomplete !== undefined) break;
      }
      this.#packed++;
    }
    if (this.#incomplete === undefined) {
      if (this.#space < trailer) yield* this.#send(trailer);
      this.#fill(trailer);
    }
    yield* this.#send(0);
  }

  get #space(): number {
    return this.#chunk.length - this.#at;
  }

  /** Hands over what is filled, and goes on in a chunk with at least this much space. */
  *#send(needed: number): Generator<Uint8Array, void, undefined> {
    const full = this.#chunk.subarray(0, this.#at);
    if (full.length > 0) {
      this.#sent.push(this.#chunk);
      yield full;
      this.#report(this.done);
    }
    this.#at = 0;
    if (needed > 0) this.#chunk = this.#nextChunk(needed);
  }

  /** The engine's reader holds three chunks at most. */
  #nextChunk(needed: number): Buffer {
    const size = Math.max(chunkSize, needed);
    const oldest = this.#sent.length > 3 ? this.#sent.shift() : undefined;
    return oldest?.length === size ? oldest : Buffer.allocUnsafeSlow(size);
  }

  #fill(count: number): void {
    this.#chunk.fill(0, this.#at, this.#at + count);
    this.#at += count;
  }

  #readSmall(entry: LocalEntry): void {
    const descriptor = openFile(entry);
    try {
      for (let got = 0; got < entry.size;) {
        const count = readSync(descriptor, this.#chunk, this.#at, entry.size - got, null);
        if (count === 0) throw changed(entry);
        got += count;
        this.#count(count);
      }
    } catch (error) {
      throw toCopyError(error);
    } finally {
      closeSync(descriptor);
    }
    this.#fill(padded(entry.size) - entry.size);
  }

  async *#readLarge(entry: LocalEntry): AsyncGenerator<Uint8Array, void, undefined> {
    const descriptor = openFile(entry);
    try {
      for (let got = 0; got < entry.size;) {
        if (this.#space === 0) yield* this.#send(chunkSize);
        if (this.#signal.aborted) {
          this.#incomplete = entry;
          return;
        }
        const wanted = Math.min(this.#space, entry.size - got);
        const { bytesRead } = await readLater(descriptor, this.#chunk, this.#at, wanted, null).catch((error: unknown) => { throw toCopyError(error); }); // prettier-ignore
        if (bytesRead === 0) throw changed(entry);
        got += bytesRead;
        this.#count(bytesRead);
      }
    } finally {
      closeSync(descriptor);
    }
    const padding = padded(entry.size) - entry.size;
    if (this.#space < padding) yield* this.#send(chunkSize);
    this.#fill(padding);
  }

  #count(bytes: number): void {
    this.#at += bytes;
    this.#bytes += bytes;
  }
}

function isSmall({ size }: LocalEntry): boolean {
  return size <= largestSmall;
}

function padded(size: number): number {
  return Math.ceil(size / blockSize) * blockSize;
}

/** The header of its tar entry. */
export function headerOf(entry: LocalEntry): TarHeader {
  const { kind, mode, size, user, group, modified, target = '' } = entry;
  return { kind, mode, name: pathOf(entry), link: target, size, user, group, modified };
}

/** A file can become a link or a pipe after it was listed. */
function openFile(entry: LocalEntry): number {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  const flags = onWindows ? O_RDONLY : O_RDONLY | O_NOFOLLOW | O_NONBLOCK;
  try {
    return openSync(fsPath(fileOf(entry)), flags);
  } catch (error) {
    throw toCopyError(error);
  }
}

function changed(entry: LocalEntry): Error {
  return copyError(t('{0} changed while it was being read', shownFile(fileOf(entry))));
}
