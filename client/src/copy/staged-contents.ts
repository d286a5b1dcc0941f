/** Writes the contents of files into a staging directory: of small files when they are complete, of large ones as they arrive. */
import type { TarEntry } from '../engine/tar.ts';
import type { LocalPath } from './names.ts';
import { SparseFile } from './sparse-file.ts';
import { StagedFiles } from './staged-files.ts';

/** Larger files are written while they arrive. */
const largestSmall = 128 << 10;
/** Blocks that are being written before the archive has to wait. */
const mostPending = 8;

/** Where the content of an entry is written. */
export interface ContentTarget {
  readonly entry: TarEntry;
  readonly path: LocalPath;
  /** Called with the error of the file system if a small file cannot be created; may throw it. */
  readonly refused: (error: unknown) => void;
}

/** A file whose content arrives. */
interface OpenFile extends ContentTarget {
  /** Absent for a small file, which is created when it is complete. */
  readonly large: SparseFile | undefined;
  readonly parts: Buffer[];
}

export class StagedContents {
  #file: OpenFile | undefined;
  readonly #ending = new Set<Promise<void>>();
  readonly #files = new StagedFiles();
  readonly #blocks: Buffer[] = [];
  #failure: unknown;
  #pending = 0;
  #bytes = 0;
  #resume: () => void = () => undefined;

  /** Bytes that were received. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The content of the next entry is not written, or that of the file that `begin` is called for. */
  next(): void {
    this.#file = undefined;
  }

  /** Throws the error of the file system if a large file cannot be created. */
  begin({ entry, path, refused }: ContentTarget): void {
    let large: SparseFile | undefined;
    if (entry.size > largestSmall) {
      const written = (): void => {
        this.#pending = large?.pending ?? 0;
        if (this.#pending < mostPending) this.#resume();
      };
      large = new SparseFile(this.#files.create(path, entry), { written, blocks: this.#blocks });
    }
    this.#file = { entry, path, refused, large, parts: [] };
    if (entry.size === 0) this.#writeSmall(this.#file);
  }

  /** The next part of the content of the file. The memory of the bytes can be used again afterwards. */
  add(bytes: Buffer, isLast: boolean): void {
    this.throwFailure();
    const file = this.#file;
    if (file === undefined) return;
    this.#bytes += bytes.length;
    if (file.large === undefined) {
      const isWhole = isLast && file.parts.length === 0;
      file.parts.push(isWhole ? bytes : Buffer.from(bytes));
      if (isLast) this.#writeSmall(file);
      return;
    }
    file.large.write(bytes);
    this.#pending = file.large.pending;
    if (isLast) this.#end(file.large, file.entry);
  }

  /** Whether the disk is slower than the engine. */
  get isBusy(): boolean {
    return this.#pending >= mostPending || this.#ending.size >= mostPending;
  }

  /** Waits while the disk is slower than the engine. Rejects with the error of the file system. */
  async ready(): Promise<void> {
    while (this.isBusy)
      await (this.#ending.size >= mostPending
        ? Promise.race(this.#ending)
        : new Promise<void>((resolve) => (this.#resume = resolve)));
    this.throwFailure();
  }

  /** Waits until all files are complete. Rejects with the error of the file system. */
  async complete(): Promise<void> {
    await Promise.all(this.#ending);
    this.throwFailure();
  }

  /** Closes everything; the last file is then incomplete. */
  async discard(): Promise<void> {
    await this.#file?.large?.discard();
    await Promise.allSettled(this.#ending);
  }

  throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure as Error;
  }

  #end(large: SparseFile, entry: TarEntry): void {
    this.#file = undefined;
    const ending = large
      .end((descriptor) => this.#files.setProperties(descriptor, entry))
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }

  #writeSmall(file: OpenFile): void {
    const { entry, path, parts } = file;
    const bytes = (parts.length === 1 ? parts[0] : undefined) ?? Buffer.concat(parts);
    let descriptor: number;
    try {
      descriptor = this.#files.create(path, entry);
    } catch (error) {
      file.refused(error);
      return;
    }
    this.#files.complete(descriptor, bytes, entry);
  }
}
