/** Writes large files while more of them arrives. Blocks of zeros become holes, so that a sparse file stays one. */
import { closeSync, ftruncateSync, write } from 'node:fs';
import { promisify } from 'node:util';

/** Bytes that are written at once. */
const blockSize = 1 << 20;

const writeLater = promisify(write);

interface SparseFileOptions {
  /** Called after each block. */
  readonly written?: () => void;
  /** Memory of blocks that were written, to be used again. */
  readonly blocks?: Buffer[];
}

export class SparseFile {
  readonly #descriptor: number;
  readonly #written: () => void;
  readonly #free: Buffer[];
  /** What was gathered for the next block. */
  #block: Buffer | undefined;
  #filled = 0;
  /** Up to where everything is written or a hole. */
  #at = 0;
  /** The end of the last block that is not a hole. */
  #end = 0;
  #writes = new Set<Promise<void>>();
  #error: unknown;

  /** The descriptor is of a new, empty file. */
  constructor(
    descriptor: number,
    { written = () => undefined, blocks = [] }: SparseFileOptions = {},
  ) {
    this.#descriptor = descriptor;
    this.#written = written;
    this.#free = blocks;
  }

  /** Number of blocks that are being written. */
  get pending(): number {
    return this.#writes.size;
  }

  /** Throws the error of an earlier block. The bytes are copied. */
  write(bytes: Buffer): void {
    this.#throwError();
    for (let from = 0; from < bytes.length;) {
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

  #flush(): void {
    const [block, count, position] = [this.#block, this.#filled, this.#at];
    if (block === undefined) return;
    this.#filled = 0;
    this.#at += count;
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
  return block.length >= 4096 && isZero(block);
}

function isZero(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += zeros.length) {
    const part = bytes.subarray(at, at + zeros.length);
    if (zeros.compare(part, 0, part.length, 0, part.length) !== 0) return false;
  }
  return true;
}
