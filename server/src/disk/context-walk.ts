/** Lists all files of a directory of this machine, in short steps, since it may have a hundred thousand files. */
import { lstatSync, readdirSync, type Dirent, type Stats } from 'node:fs';
import path from 'node:path';
import type { ContextEntry, ContextTree } from '../ignore/context-tree.ts';

export interface WalkOptions {
  /** The number of entries after which it stops. */
  readonly most: number;
  /** Called between the steps with the number of entries so far; the walk ends when it returns false. */
  readonly goOn?: (count: number) => boolean;
}

/** In milliseconds. Reading without promises is ten times as fast, so it is done in slices of this time. */
const slice = 5;

/**
 * The files of a directory, in byte order of their names, as the builder reads them: links are not followed, and devices
 * and sockets are left out. Undefined if the walk was ended. Empty if the directory does not exist.
 */
export async function walkContext(
  folder: string,
  { most, goOn = () => true }: WalkOptions,
): Promise<ContextTree | undefined> {
  const walk = new Walk(folder, most);
  for (;;) {
    const end = performance.now() + slice;
    while (performance.now() < end) if (!walk.step()) return walk.tree;
    await new Promise((resolve) => setImmediate(resolve));
    if (!goOn(walk.tree.entries.length)) return undefined;
  }
}

interface Folder {
  readonly index: number;
  readonly path: string;
}

/** Deeper directories are not read: only a loop of mounts has them. */
const deepest = 200;

class Walk {
  readonly #root: string;
  readonly #most: number;
  readonly #entries: ContextEntry[] = [];
  readonly #unreadable: string[] = [];
  readonly #waiting: Folder[] = [{ index: -1, path: '' }];
  /** What is left of the directory that is being read. */
  #names: { readonly folder: Folder; readonly found: readonly Dirent[]; next: number } | undefined;
  #isComplete = true;

  constructor(root: string, most: number) {
    this.#root = root;
    this.#most = most;
  }

  get tree(): ContextTree {
    return {
      entries: this.#entries,
      isComplete: this.#isComplete,
      hasSizes: true,
      unreadable: this.#unreadable,
    };
  }

  /** Reads a directory or a few files; returns whether there is more. */
  step(): boolean {
    const names = this.#names;
    if (names === undefined) return this.#open();
    const end = Math.min(names.found.length, names.next + 20);
    for (; names.next < end; names.next++) {
      if (this.#entries.length >= this.#most) {
        this.#isComplete = false;
        return false;
      }
      const entry = names.found[names.next];
      if (entry !== undefined) this.#add(names.folder, entry);
    }
    if (names.next >= names.found.length) this.#names = undefined;
    return true;
  }

  #open(): boolean {
    const folder = this.#waiting.pop();
    if (folder === undefined) return false;
    try {
      const found = readdirSync(path.join(this.#root, folder.path), { withFileTypes: true });
      this.#names = { folder, found: found.sort(compareNames), next: 0 };
    } catch {
      this.#unreadable.push(folder.path);
    }
    return true;
  }

  #add({ path: above, index: parent }: Folder, entry: Dirent): void {
    const inside = above === '' ? entry.name : `${above}/${entry.name}`;
    if (entry.isDirectory()) {
      const index = this.#entries.push({ path: inside, parent, kind: 'directory', bytes: 0 }) - 1;
      if (inside.split('/').length < deepest) this.#waiting.push({ index, path: inside });
      else this.#isComplete = false;
      return;
    }
    if (entry.isSymbolicLink()) {
      this.#entries.push({ path: inside, parent, kind: 'link', bytes: 0 });
      return;
    }
    if (!entry.isFile()) return;
    const bytes = statsOf(path.join(this.#root, inside))?.size;
    // Undefined if it was removed meanwhile.
    if (bytes !== undefined) this.#entries.push({ path: inside, parent, kind: 'file', bytes });
  }
}

function compareNames(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function statsOf(file: string): Stats | undefined {
  try {
    return lstatSync(file);
  } catch {
    return undefined;
  }
}
