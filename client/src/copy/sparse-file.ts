/** Writes large files while more of them arrives. Blocks of zeros become holes, so that a sparse file stays one. */
import { closeSync, ftruncateSync, writev } from 'node:fs';
import { promisify } from 'node:util';

/** Bytes that are written at once. */
const blockSize = 1 << 20;

const writeParts: (descriptor: number, parts: readonly Uint8Array[], position: number) => Promise<{ bytesWritten: number }> = promisify(writev); // prettier-ignore

export class SparseFile {
  readonly #descriptor: number;
  readonly #written: () => void;
  #gathered: Buffer[] = [];
  #size = 0;
  /** Up to where everything is written or a hole. */
  #at = 0;
  /** The end of the last block that is not a hole. */
  #end = 0;
  #writes = new Set<Promise<void>>();
  #error: unknown;

  /** The descriptor is of a new, empty file. `written` is called after each block. */
  constructor(descriptor: number, written: () => void = () => undefined) {
    this.#descriptor = descriptor;
    this.#written = written;
  }

  /** Number of blocks that are being written. */
  get pending(): number {
    return this.#writes.size;
  }

  /** Throws the error of an earlier block. The bytes must not change until they are written. */
  write(bytes: Buffer): void {
    this.#throwError();
    this.#gathered.push(bytes);
    this.#size += bytes.length;
    if (this.#size - this.#at >= blockSize) this.#flush();
  }

  /** Waits for all blocks, sets the size, calls `finish`, and closes the file. Rejects with the error of the file system. */
  async end(finish: (descriptor: number) => void): Promise<void> {
    try {
      if (this.#size > this.#at) this.#flush();
      await this.#settled();
      this.#throwError();
      if (this.#end < this.#size) ftruncateSync(this.#descriptor, this.#size);
      finish(this.#descriptor);
    } finally {
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
    const parts = this.#gathered;
    const position = this.#at;
    this.#gathered = [];
    this.#at = this.#size;
    if (isHole(parts, this.#size - position)) return;
    this.#end = this.#size;
    const write = writeAll(this.#descriptor, parts, position)
      .catch((error: unknown) => {
        this.#error ??= error;
      })
      .finally(() => {
        this.#writes.delete(write);
        this.#written();
      });
    this.#writes.add(write);
  }
}

async function writeAll(
  descriptor: number,
  parts: readonly Buffer[],
  position: number,
): Promise<void> {
  let left = parts;
  for (let at = position; left.length > 0;) {
    const { bytesWritten } = await writeParts(descriptor, left, at);
    at += bytesWritten;
    left = withoutFirst(left, bytesWritten);
  }
}

/** The system can write less than it was given. */
function withoutFirst(parts: readonly Buffer[], count: number): readonly Buffer[] {
  let skipped = count;
  return parts.flatMap((part) => {
    const rest = part.subarray(Math.min(skipped, part.length));
    skipped -= part.length - rest.length;
    return rest.length > 0 ? [rest] : [];
  });
}

const zeros = Buffer.alloc(1 << 16);

/** Whether there are only zeros, and enough of them for a block of a disk. */
function isHole(parts: readonly Buffer[], size: number): boolean {
  return size >= 4096 && parts.every(isZero);
}

function isZero(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += zeros.length) {
    const part = bytes.subarray(at, at + zeros.length);
    if (zeros.compare(part, 0, part.length, 0, part.length) !== 0) return false;
  }
  return true;
}
