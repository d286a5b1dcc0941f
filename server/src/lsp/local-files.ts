/** The files of this machine, read with node:fs. */
import { existsSync, promises, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { walkContext } from '../disk/context-walk.ts';
import { readRegularFile } from '../disk/regular-file.ts';
import type { Disk, Name } from './files.ts';

interface Listing {
  readonly modified: number;
  readonly names: readonly Name[];
}

const noNames: readonly Name[] = [];

/** The number of directories to remember. */
const most = 200;

/** A URI that is not a `file:` URI does not exist. Directories are read again only if they have changed. */
export function localFiles(): Disk {
  const listings = new Map<string, Listing>();
  return {
    read: (uri) => {
      const file = pathOf(uri);
      // Most requested files do not exist, and finding that out by reading takes twenty times as long.
      return file === undefined || !existsSync(file) ? undefined : readText(file);
    },
    lacks: (uri, names) => {
      const folder = pathOf(uri);
      if (folder === undefined) return false;
      for (const name of names) if (existsSync(`${folder}/${name}`)) return false;
      return true;
    },
    list: (uri) => {
      const folder = pathOf(uri);
      const modified = folder === undefined ? undefined : modifiedAt(folder);
      if (folder === undefined || modified === undefined) return noNames;
      const before = listings.get(folder);
      if (before?.modified === modified) return before.names;
      return namesIn(folder).then((names) => {
        if (listings.size >= most) listings.clear();
        listings.set(folder, { modified, names });
        return names;
      });
    },
    tree: async (uri, goOn) => {
      const folder = pathOf(uri);
      if (folder === undefined) return undefined;
      return walkContext(folder, { most: mostEntries, goOn });
    },
  };
}

/** The number of files and directories of a build context that are counted. */
const mostEntries = 300_000;

/** Project files and ignore files are small. */
const longestFile = 1_000_000;

/** Undefined for what is not a regular file, and for large files. */
function readText(file: string): string | undefined {
  try {
    return readRegularFile(file, longestFile).toString('utf8');
  } catch {
    return undefined;
  }
}

/** Symbolic links to directories count as directories. */
async function namesIn(folder: string): Promise<readonly Name[]> {
  const found = await promises.readdir(folder, { withFileTypes: true }).catch(() => []);
  return Promise.all(
    found.map(async (one) => ({
      name: one.name,
      folder: one.isDirectory() || (one.isSymbolicLink() && (await isFolder(folder, one.name))),
    })),
  );
}

function isFolder(folder: string, name: string): Promise<boolean> {
  return promises.stat(path.join(folder, name)).then(
    (target) => target.isDirectory(),
    () => false,
  );
}

/** Without the thread pool, whose answer takes longer than this call. */
function modifiedAt(file: string): number | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  } catch {
    return undefined;
  }
}

function pathOf(uri: string): string | undefined {
  if (path.sep === '/' && isPlain(uri)) return uri.slice(scheme.length);
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

const scheme = 'file://';
const SLASH = 0x2f;
const DOT = 0x2e;

/** Whether the path of a `file:` URI is the same text, as for nearly all: parsing it as a URL takes ten times as long. */
function isPlain(uri: string): boolean {
  if (!uri.startsWith('file:///')) return false;
  for (let i = scheme.length; i < uri.length; i++) {
    const code = uri.charCodeAt(i);
    if (plain[code] !== 1) return false;
    if (code === DOT && uri.charCodeAt(i - 1) === SLASH && changesDirectory(uri)) return false;
  }
  return true;
}

/** Those that are not encoded in a path, by code. */
const plain = Uint8Array.from({ length: 128 }, (_, code) =>
  /[\w./@+~-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** Whether a part of the path is `.` or `..`. */
function changesDirectory(uri: string): boolean {
  return /\/\.\.?(?:\/|$)/.test(uri);
}
