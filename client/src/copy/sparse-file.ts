/**
 * Writes large files as they arrive: at once while the system takes them quickly, which is a copy into its cache, and otherwise
 * by the thread pool while more arrives. Zeros become holes, so that a sparse file stays one.
 */
import { closeSync, ftruncateSync, write, writeSync } from 'node:fs';
import { promisify } from 'node:util';

/** Bytes that the thread pool writes at once. */
const blockSize = 1 << 20;
/** Milliseconds after which the system is not quick. */
const patience = 8;
/** Blocks for the thread pool before the system gets bytes at once again. */
const blocksWhenSlow = 32;
/** Bytes of a block of a disk. */
const smallestHole = 4096;

const writeLater = promisify(write);

interface SparseFileOptions {
  /** Called after each block. */
  readonly written?: () => void;
  /** Memory of blocks that were written, to be used again. */
  readonly blocks?: Buffer[];
  /** A write that takes more milliseconds is followed by some in the thread pool. */
  readonly longestWrite?: number;
}

export class SparseFile {
  readonly #descriptor: number;
  readonly #written: () => void;
  readonly #free: Buffer[];
  readonly #longestWrite: number;
  /** What was gathered for the next block. */
  #block: Buffer | undefined;
  #filled = 0;
  /** Up to where everything is written or a hole. */
  #at = 0;
  /** The end of the last block that is not a hole. */
  #end = 0;
  #writes = new Set<Promise<void>>();
  /** Blocks that the thread pool gets before the next attempt without it. */
  #slowBlocks = 0;
  #error: unknown;

  /** The descriptor is of a new, empty file. */
  constructor(
    descriptor: number,
    { written = () => undefined, blocks = [], longestWrite = patience }: SparseFileOptions = {},
  ) {
    this.#descriptor = descriptor;
    this.#longestWrite = longestWrite;
    this.#written = written;
    this.#free = blocks;
  }

  /** Number of blocks that are being written. */
  get pending(): number {
    return this.#writes.size;
  }

  /** Throws the error of the file system, which can be that of an earlier block. The memory of the bytes can be used again. */
  write(bytes: Buffer): void {
    this.#throwError();
    let from = 0;
    if (this.#slowBlocks === 0 && this.#filled === 0) from = this.#writeNow(bytes);
    while (from < bytes.length) {
      this.#block ??= this.#free.pop() ?? Buffer.allocUnsafeSlow(blockSize);
      const count = bytes.copy(this.#block, this.#filled, from);
      from += count;
      this.#filled += count;
      if (this.#filled === blockSize) this.#flush();
    }
  }

  /** Waits for all blocks, sets the size, calls `finish`, and closes the file. Rejects with the error of the file system. */
  async end(finish: (descriptor: number) => void): Promise<void> {
    try {
      if (this.#filled > 0) this.#flush();
      await this.#settled();
      this.#throwError();
      if (this.#end < this.#at) ftruncateSync(this.#descriptor, this.#at);
      finish(this.#descriptor);
    } finally {
      if (this.#block !== undefined) this.#free.push(this.#block);
      closeSync(this.#descriptor);
    }
  }

  /** Closes the file, which is then incomplete. */
  async discard(): Promise<void> {
    await this.#settled();
    closeSync(this.#descriptor);
  }

  async #settled(): Promise<void> {
    while (this.#writes.size > 0) await Promise.all(this.#writes);
  }

  #throwError(): void {
    if (this.#error !== undefined) throw this.#error as Error;
  }

  /** Returns how many bytes it has written: all, unless that took too long. */
  #writeNow(bytes: Buffer): number {
    if (isHole(bytes)) {
      this.#at += bytes.length;
      return bytes.length;
    }
    let from = 0;
    while (from < bytes.length && this.#slowBlocks === 0) {
      const before = performance.now();
      const count = Math.min(blockSize, bytes.length - from);
      const written = writeSync(this.#descriptor, bytes, from, count, this.#at);
      from += written;
      this.#at += written;
      if (performance.now() - before > this.#longestWrite) this.#slowBlocks = blocksWhenSlow;
    }
    this.#end = this.#at;
    return from;
  }

  #flush(): void {
    const [block, count, position] = [this.#block, this.#filled, this.#at];
    if (block === undefined) return;
    this.#filled = 0;
    this.#at += count;
    this.#slowBlocks = Math.max(0, this.#slowBlocks - 1);
    if (isHole(block.subarray(0, count))) return;
    this.#block = undefined;
    this.#end = this.#at;
    const writing = writeAll(this.#descriptor, block.subarray(0, count), position)
      .catch((error: unknown) => {
        this.#error ??= error;
      })
      .finally(() => {
        this.#free.push(block);
        this.#writes.delete(writing);
        this.#written();
      });
    this.#writes.add(writing);
  }
}

/** The system can write less than it was given. */
async function writeAll(descriptor: number, bytes: Buffer, position: number): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await writeLater(
      descriptor,
      bytes,
      at,
      bytes.length - at,
      position + at,
    );
    at += bytesWritten;
  }
}

const zeros = Buffer.alloc(1 << 16);

/** Whether there are only zeros, and enough of them for a block of a disk. */
function isHole(block: Buffer): boolean {
  return block.length >= smallestHole && isZero(block);
}

function isZero(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += zeros.length) {
    const part = bytes.subarray(at, at + zeros.length);
    if (zeros.compare(part, 0, part.length, 0, part.length) !== 0) return false;
  }
  return true;
}
