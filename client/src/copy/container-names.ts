/** The names that `find` prints in a container, kept by directory: a tree has many names, but few directories. */
import type { ByteString } from './byte-strings.ts';

interface Found {
  readonly isDirectory: boolean;
}

const aDirectory: Found = { isDirectory: true };
const aFile: Found = { isDirectory: false };

const slash = 0x2f;
/** No path is that long. In bytes. */
const longestPath = 1 << 20;

/**
 * Reads the names while they arrive: paths that begin with `./` and end with a null byte, those of directories twice, and `/` after
 * the last one.
 */
export class NameReader {
  /** By the path of the directory, which ends with a slash or is empty, and by name. */
  readonly #directories = new Map<ByteString, Map<ByteString, Found>>();
  #last: Buffer = Buffer.alloc(0);
  /** The path of the last directory, as it is printed. */
  #prefix: Buffer = Buffer.alloc(0);
  #directory: Map<ByteString, Found> | undefined;
  /** The beginning of a name. */
  #rest: Buffer = Buffer.alloc(0);

  /** Whether the list has ended. */
  get isComplete(): boolean {
    return this.#rest.length === 0 && this.#last.length === 1 && this.#last[0] === slash;
  }

  /** What has this path; undefined if it was not printed. */
  get(path: ByteString): Found | undefined {
    const at = path.lastIndexOf('/') + 1;
    return this.#directories.get(path.slice(0, at))?.get(path.slice(at));
  }

  *[Symbol.iterator](): Generator<readonly [ByteString, Found], void, undefined> {
    for (const [directory, names] of this.#directories)
      for (const [name, found] of names) yield [directory + name, found];
  }

  /** Throws if a name does not end. */
  read(part: Buffer): void {
    const bytes = this.#rest.length === 0 ? part : Buffer.concat([this.#rest, part]);
    let at = 0;
    for (let end = bytes.indexOf(0, this.#rest.length); end >= 0; end = bytes.indexOf(0, at)) {
      this.#add(bytes.subarray(at, end));
      at = end + 1;
    }
    this.#rest = Buffer.from(bytes.subarray(at));
    this.#last = Buffer.from(this.#last);
    if (this.#rest.length > longestPath) throw new Error('not a list of names');
  }

  #add(path: Buffer): void {
    const isRepeated = path.equals(this.#last);
    this.#last = path;
    if (path.length === 1 && path[0] === slash) return;
    // Made of the bytes of the name alone: a part of a longer text would keep that in memory.
    const at = Math.max(2, path.lastIndexOf(slash) + 1);
    this.#directoryOf(path, at).set(path.toString('latin1', at), isRepeated ? aDirectory : aFile);
  }

  /** The directory of a path, whose name begins at an offset; most often it is the same as before. */
  #directoryOf(path: Buffer, at: number): Map<ByteString, Found> {
    const start = path.subarray(0, at);
    if (this.#directory !== undefined && start.equals(this.#prefix)) return this.#directory;
    const prefix = path.toString('latin1', 2, at);
    let directory = this.#directories.get(prefix);
    if (directory === undefined) {
      directory = new Map();
      this.#directories.set(prefix, directory);
    }
    this.#prefix = Buffer.from(start);
    this.#directory = directory;
    return directory;
  }
}
