/** Which files in a container a copy would overwrite. */
import { posix } from 'node:path';
import type { Engine, PathStat } from '../engine/engine.ts';
import { Slices } from '../engine/slices.ts';
import { isUtf8, textOf, type ByteString } from './byte-strings.ts';
import { containerTree, fileDetails, type ContainerTree } from './container-tree.ts';
import { statIfExists, type ExistingFile, type PathList } from './copy-task.ts';
import { displayName, nameOfBytes } from './names.ts';

/** Something that is extracted into the directory. */
export interface NewEntry {
  /** Below the directory. */
  readonly path: ByteString;
  readonly isDirectory: boolean;
  /** Whether it is a directory whose contents are not among the entries. */
  readonly isUnlisted?: true;
}

export interface ExistingFiles {
  /** Absolute, as they can be shown. A directory with too many files to compare ends with a slash. */
  readonly paths: PathList;
  /** Whether it is known that each of them is replaced by the same: a file by a file, a directory by a directory. */
  readonly hasSameKinds: boolean;
  /** Sizes and times, in the same order; they can take as long as the paths. */
  details(): Promise<readonly ExistingFile[]>;
}

export const noFiles: ExistingFiles = {
  paths: [],
  hasSameKinds: true,
  details: () => Promise.resolve([]),
};

/** What is copied. */
export interface Incoming {
  readonly root: NewEntry;
  /** What is in the root, which may still be read; it can be read several times. */
  readonly below: Promise<EntryList>;
}

export interface EntryList extends Iterable<NewEntry> {
  readonly length: number;
  at(index: number): NewEntry | undefined;
}

interface Place {
  readonly container: string;
  readonly directory: string;
  readonly signal: AbortSignal;
}

/** With so few entries, a request for each is faster than starting a program. */
const few = 12;

/**
 * Most copies need one request: nothing with that name exists. What exists is listed while the entries are read. Rejects with
 * EngineError, and with the error of the entries.
 */
export async function findExisting(
  engine: Engine,
  place: Place,
  { root, below: reading }: Incoming,
): Promise<ExistingFiles> {
  const isContents = root.path === '.';
  if (!isContents && isUtf8(root.path)) {
    const path = pathIn(place, root.path);
    const existing = await statIfExists(engine, place.container, textOf(path));
    if (existing === undefined) return noFiles;
    if (!root.isDirectory || existing.kind !== 'directory') return foundFiles([[path, existing]]);
  }
  if (root.isUnlisted === true) return wholeDirectory(pathIn(place, root.path));
  // Undefined while they are read: then there are probably more than a few.
  const read = await Promise.race([reading, Promise.resolve(undefined)]);
  if (read !== undefined && read.length <= few) return foundFiles(await statEach(engine, place, read)); // prettier-ignore
  const directory = isContents ? place.directory : pathIn(place, root.path);
  // A path that is not UTF-8 cannot be given to a program in the container.
  const listing = isUtf8(directory) ? containerTree(engine, place.container, textOf(directory), place.signal) : Promise.resolve(undefined); // prettier-ignore
  const [tree, below] = await Promise.all([listing, reading]);
  if (tree === undefined) return wholeDirectory(directory);
  const { indexes, hasSameKinds } = await overwritten(tree, below);
  const found = new Overwritten(below, indexes);
  const where = { container: place.container, directory: textOf(directory) };
  return {
    paths: shownPaths(shown(joined(directory, '')), found),
    hasSameKinds,
    details: () => detailsOf(engine, where, { found, tree }),
  };
}

/** A function of its own, because what uses the paths later would also keep the tree in memory. */
function shownPaths(prefix: string, found: Overwritten): PathList {
  return {
    length: found.length,
    *[Symbol.iterator]() {
      for (const path of found) yield prefix + shown(path);
    },
  };
}

/** All paths of several lists. */
export function joinPaths(lists: readonly PathList[]): PathList {
  return {
    length: lists.reduce((sum, { length }) => sum + length, 0),
    *[Symbol.iterator]() {
      for (const list of lists) yield* list;
    },
  };
}

/** The paths below the root of some of the entries; they are long and often as many as the entries, so that they are not kept. */
class Overwritten {
  readonly #below: EntryList;
  readonly #indexes: readonly number[];

  constructor(below: EntryList, indexes: readonly number[]) {
    this.#below = below;
    this.#indexes = indexes;
  }

  get length(): number {
    return this.#indexes.length;
  }

  *[Symbol.iterator](): Generator<ByteString, void, undefined> {
    for (const index of this.#indexes) yield withoutRoot(this.#below.at(index)?.path ?? '');
  }
}

/** The indexes of the entries that exist. */
async function overwritten(
  tree: ContainerTree,
  below: EntryList,
): Promise<{ readonly indexes: readonly number[]; readonly hasSameKinds: boolean }> {
  const indexes: number[] = [];
  let hasSameKinds = true;
  const slices = new Slices();
  let index = -1;
  for (const entry of below) {
    index++;
    if (slices.isOver) await slices.turn();
    const existing = tree.get(withoutRoot(entry.path));
    if (existing === undefined) continue;
    if (entry.isDirectory !== existing.isDirectory) hasSameKinds = false;
    if (!entry.isDirectory || !existing.isDirectory) indexes.push(index);
  }
  return { indexes, hasSameKinds };
}

/** Any file in it may be overwritten. */
function wholeDirectory(directory: ByteString): ExistingFiles {
  const path = `${shown(directory).replace(/\/$/, '')}/`;
  return { paths: [path], hasSameKinds: false, details: () => Promise.resolve([{ path }]) };
}

/** The path below what is copied. */
function withoutRoot(path: ByteString): ByteString {
  return path.slice(path.indexOf('/') + 1);
}

async function detailsOf(
  engine: Engine,
  { container, directory }: Pick<Place, 'container' | 'directory'>,
  { found, tree }: { readonly found: Overwritten; readonly tree: ContainerTree },
): Promise<readonly ExistingFile[]> {
  const paths = [...found];
  const hasSizes = paths.every((path) => tree.get(path)?.size !== undefined);
  const details = hasSizes ? tree : await fileDetails(engine, container, directory);
  return paths.map((path) => {
    const { size, modified } = details?.get(path) ?? {};
    return {
      path: shown(joined(directory, path)),
      ...(size !== undefined && { size }),
      ...(modified && { modified }),
    };
  });
}

type Found = readonly [path: ByteString, stat: PathStat | undefined];

/** One request after the other: the engine does not answer them at the same time. Below a missing directory nothing exists. */
async function statEach(
  engine: Engine,
  place: Place,
  entries: EntryList,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  const absent: ByteString[] = [];
  for (const { path, isDirectory } of entries) {
    if (absent.some((directory) => path.startsWith(`${directory}/`))) continue;
    const full = pathIn(place, path);
    // The engine cannot be asked for a name that is not UTF-8, so it may exist.
    if (!isUtf8(full)) {
      if (!isDirectory) found.push([full, undefined]);
      continue;
    }
    const existing = await statIfExists(engine, place.container, textOf(full));
    if (existing === undefined) absent.push(path);
    else if (!isDirectory || existing.kind !== 'directory') found.push([full, existing]);
  }
  return found;
}

function foundFiles(found: readonly Found[]): ExistingFiles {
  const files = found
    .map(([path, stat]) => ({
      path: shown(path),
      ...(stat?.kind === 'file' && { size: stat.size }),
      ...(stat?.modified !== undefined && { modified: new Date(stat.modified) }),
    }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
  return {
    paths: files.map(({ path }) => path),
    hasSameKinds: files.length === 0,
    details: () => Promise.resolve(files),
  };
}

function pathIn({ directory }: Place, path: ByteString): ByteString {
  return posix.join(Buffer.from(directory).toString('latin1'), path);
}

function joined(directory: ByteString, path: ByteString): ByteString {
  return directory === '/' ? `/${path}` : `${directory}/${path}`;
}

/** Characters that are shown as they are. */
const isPlain = /^[ -~]*$/;

function shown(path: ByteString): string {
  if (isPlain.test(path)) return path;
  return path
    .split('/')
    .map((part) => displayName(nameOfBytes(Buffer.from(part, 'latin1'))))
    .join('/');
}
