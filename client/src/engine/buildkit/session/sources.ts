/** What is sent of the entries of a directory when it is requested, each once. There can be hundreds of thousands. */
import type { ContextEntry } from '../../build-context/entry.ts';
import { fileOf } from '../../build-context/disk.ts';
import type { Measured } from '../../build-context/open-file.ts';

export type Source =
  | { readonly bytes: Uint8Array }
  | { readonly file: string | Buffer; readonly size: number; readonly measured: Measured };

/** Numbers of a file: its device, its inode and its size. */
const each = 3;

export class Sources {
  readonly #root: string;
  /** By the id of the entry: the path of a file, bytes of this process, or nothing. */
  readonly #contents: (string | Buffer | { readonly bytes: Uint8Array } | undefined)[] = [];
  /** As numbers and not as objects, which would have to be moved when memory is freed. */
  #measured = new BigInt64Array(each * 256);

  constructor(root = '') {
    this.#root = root;
  }

  /** The content of the next entry. */
  addFile({ path, rawPath, stats }: ContextEntry): void {
    const at = each * this.#contents.length;
    if (at >= this.#measured.length) {
      const longer = new BigInt64Array(2 * (at + each));
      longer.set(this.#measured);
      this.#measured = longer;
    }
    this.#measured[at] = stats.dev;
    this.#measured[at + 1] = stats.ino;
    this.#measured[at + 2] = stats.size;
    this.#contents.push(rawPath ?? path);
  }

  addBytes(bytes: Uint8Array): void {
    this.#contents.push({ bytes });
  }

  /** The next entry has no content that can be requested. */
  addNothing(): void {
    this.#contents.push(undefined);
  }

  /** Undefined if it was taken already. */
  take(id: number): Source | undefined {
    const content = this.#contents[id];
    if (content === undefined) return undefined;
    this.#contents[id] = undefined;
    if (typeof content === 'object' && 'bytes' in content) return content;
    const [dev = 0n, ino = 0n, size = 0n] = this.#measured.subarray(each * id, each * (id + 1));
    return { file: fileOf(this.#root, content), size: Number(size), measured: { dev, ino, size } };
  }
}
