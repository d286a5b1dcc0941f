/** The files of this machine that are copied into a container, as a list of tar entries without their contents. */
import { lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs';
import { sep } from 'node:path';
import { Slices } from '../engine/slices.ts';
import { fsPath, textOf, toByteString, type ByteString } from './byte-strings.ts';
import { onWindows } from './copy-task.ts';
import type { Owner } from './owner.ts';
import { displayName, nameOfBytes } from './names.ts';

/** One entry. A tree of 50,000 files has as many of them, so that they hold no path of their own. */
export interface LocalEntry {
  /** The directory that contains it; undefined for the root. */
  readonly parent: LocalDirectory | undefined;
  /** Its name in the archive; `.` for the contents of a directory. */
  readonly name: ByteString;
  readonly kind: 'file' | 'directory' | 'link' | 'hardlink';
  readonly mode: number;
  /** Bytes of a file; 0 for other entries. */
  readonly size: number;
  /** Seconds since 1970. */
  readonly modified: number;
  readonly user: number;
  readonly group: number;
  /** The target of a link, or the name of the entry that a hard link is the same file as. */
  readonly target?: ByteString;
  /** Set for the root. */
  readonly file?: ByteString;
}

interface LocalDirectory extends LocalEntry {
  /** Paths on this machine and in the archive. */
  readonly file: ByteString;
  readonly path: ByteString;
}

/** The path on this machine. */
export function fileOf({ parent, name, file }: LocalEntry): ByteString {
  return file ?? `${parent?.file ?? ''}${sep}${name}`;
}

/** The name in the archive. */
export function pathOf({ parent, name }: Pick<LocalEntry, 'parent' | 'name'>): ByteString {
  return parent === undefined ? name : `${parent.path}/${name}`;
}

/** The path on this machine as it can be shown. */
export function shownFile(file: ByteString): string {
  return displayName(nameOfBytes(Buffer.from(file, 'latin1')));
}

export interface WalkOptions {
  readonly signal: AbortSignal;
  /** Replaces the owners of all files. */
  readonly owner?: Owner | undefined;
  /** Called for files that cannot be copied, such as sockets. */
  skip(file: string): void;
}

/** Milliseconds of reading between two turns of the event loop, in which the answers of the engine about the target arrive. */
const slice = 2;

/** The file or directory and everything below it, in order. Rejects with errors of the file system. */
export async function localTree(
  file: string,
  root: { readonly name: string; readonly stats: Stats },
  options: WalkOptions,
): Promise<readonly LocalEntry[]> {
  const list = new EntryList(options);
  const slices = new Slices(slice);
  const place = { parent: undefined, name: toByteString(root.name) };
  const first = list.add(place, toByteString(file), root.stats);
  const pending = first === undefined ? [] : [first];
  for (let parent = pending.pop(); parent !== undefined; parent = pending.pop()) {
    const below: LocalDirectory[] = [];
    for (const name of readdirSync(fsPath(parent.file), 'latin1').sort()) {
      if (slices.isOver) {
        await slices.turn();
        options.signal.throwIfAborted();
      }
      const child = `${parent.file}${sep}${name}`;
      const directory = list.add({ parent, name }, child, lstatSync(fsPath(child)));
      if (directory !== undefined) below.push(directory);
    }
    pending.push(...below.reverse());
  }
  return list.entries;
}

class EntryList {
  readonly entries: LocalEntry[] = [];
  /** The names in the archive of files with several names, by their inodes. */
  readonly #firstNames = new Map<string, ByteString>();
  readonly #options: WalkOptions;

  constructor(options: WalkOptions) {
    this.#options = options;
  }

  /** Returns it if it is a directory, whose contents are still missing. */
  add(
    place: Pick<LocalEntry, 'parent' | 'name'>,
    file: ByteString,
    stats: Stats,
  ): LocalDirectory | undefined {
    const kind = kindOf(stats);
    if (kind === undefined) {
      this.#options.skip(shownFile(file));
      return undefined;
    }
    const { owner } = this.#options;
    const { parent, name } = place;
    // Windows does not have Unix permissions.
    const mode = onWindows ? 0o755 : stats.mode & 0o7777;
    const modified = compact(Math.floor(stats.mtimeMs / 1000));
    const user = owner?.user ?? (onWindows ? 0 : compact(stats.uid));
    const group = owner?.group ?? (onWindows ? 0 : compact(stats.gid));
    // Without spreading: a tree can have fifty thousand entries, and a spread object of this size needs a kilobyte.
    if (kind === 'directory') {
      const path = pathOf(place);
      const directory: LocalDirectory = { parent, name, kind, mode, size: 0, modified, user, group, file, path }; // prettier-ignore
      this.entries.push(directory);
      return directory;
    }
    const size = kind === 'file' ? compact(stats.size) : 0;
    const entry: Mutable<LocalEntry> = { parent, name, kind, mode, size, modified, user, group };
    if (parent === undefined) entry.file = file;
    if (kind === 'link') entry.target = linkTarget(file);
    const firstName = kind === 'file' && stats.nlink > 1 ? this.#firstName(entry, stats) : undefined; // prettier-ignore
    if (firstName !== undefined) {
      entry.kind = 'hardlink';
      entry.size = 0;
      entry.target = firstName;
    }
    this.entries.push(entry);
    return undefined;
  }

  /** The name of an earlier entry that is the same file. */
  #firstName(entry: LocalEntry, { dev, ino }: Stats): ByteString | undefined {
    const id = `${dev}:${ino}`;
    const found = this.#firstNames.get(id);
    if (found === undefined) this.#firstNames.set(id, pathOf(entry));
    return found;
  }
}

/** The same number. `Stats` has floating-point numbers, for each of which V8 would keep an object; it keeps none for small integers. */
function compact(value: number): number {
  const small = value | 0;
  return small === value ? small : value;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Undefined for sockets, pipes and devices. */
function kindOf(stats: Stats): 'file' | 'directory' | 'link' | undefined {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  return stats.isSymbolicLink() ? 'link' : undefined;
}

function linkTarget(file: ByteString): ByteString {
  const target = readlinkSync(fsPath(file), 'latin1');
  return onWindows ? toByteString(textOf(target).replaceAll('\\', '/')) : target;
}
