/** The build context of a Dockerfile on this machine: its folders, and what `.dockerignore` keeps from the build. */
import { promises } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Context, Entry } from '../features/outside.ts';
import { ignoreFile, ignoreFileNames, type IgnoreFile } from '../lint/surroundings.ts';

interface Listing {
  readonly modified: number;
  readonly entries: readonly { readonly name: string; readonly folder: boolean }[];
}

/** So many folders are remembered. */
const most = 200;

/** Folders are read again only when they have changed. `roots` are the workspace's folders, by their uris. */
export function localContext(roots: readonly string[]): Context {
  const listings = new Map<string, Listing>();
  const ignoreFiles = new Map<string, Ignoring>();
  const list = async (folder: string): Promise<Listing['entries']> => {
    const modified = await modifiedAt(folder);
    if (modified === undefined) return [];
    const before = listings.get(folder);
    if (before?.modified === modified) return before.entries;
    const found = await promises.readdir(folder, { withFileTypes: true }).catch(() => []);
    const entries = await Promise.all(
      found.map(async (one) => ({
        name: one.name,
        folder: one.isDirectory() || (one.isSymbolicLink() && (await isFolder(folder, one.name))),
      })),
    );
    if (listings.size >= most) listings.clear();
    listings.set(folder, { modified, entries });
    return entries;
  };
  return {
    list: async (uri, folder, sources) => {
      const file = pathOf(uri);
      if (file === undefined) return [];
      const root = await rootOf(file, { roots, sources, list });
      const entries = await list(path.join(root, folder));
      const ignored = await ignoring(ignoreFiles, file, root);
      return entries.map((entry): Entry => {
        const inside = folder === '' ? entry.name : `${folder}/${entry.name}`;
        return { ...entry, ignored: ignored?.leavesOut(inside) === true };
      });
    },
  };
}

function isFolder(folder: string, name: string): Promise<boolean> {
  return promises.stat(path.join(folder, name)).then(
    (target) => target.isDirectory(),
    () => false,
  );
}

interface Search {
  readonly roots: readonly string[];
  readonly sources: readonly string[];
  readonly list: (folder: string) => Promise<Listing['entries']>;
}

/**
 * The folder that the file is built from. Mostly it is the file's own; a file in `docker/` is often built from a folder
 * above, up to that of the workspace: then that is where the paths lead that the file copies.
 */
async function rootOf(file: string, { roots, sources, list }: Search): Promise<string> {
  const own = path.dirname(file);
  const firsts = [...new Set(sources.map((source) => source.replace(/^\.\//, '').split('/')[0]))];
  const limit = roots
    .map(pathOf)
    .find((root) => root !== undefined && `${own}/`.startsWith(`${root}/`));
  let best = { folder: own, fits: -1 };
  for (const folder of upTo(own, limit)) {
    const names = new Set((await list(folder)).map(({ name }) => name));
    const fits = firsts.filter((first) => first !== undefined && names.has(first)).length;
    if (fits > best.fits) best = { folder, fits };
    if (fits === firsts.length) break;
  }
  return best.folder;
}

function upTo(folder: string, limit: string | undefined): readonly string[] {
  const found = [folder];
  let at = folder;
  while (limit !== undefined && at !== limit && path.dirname(at) !== at) {
    at = path.dirname(at);
    found.push(at);
  }
  return found;
}

interface Ignoring {
  readonly modified: number;
  readonly file: IgnoreFile;
}

/** By `<Dockerfile>.dockerignore` beside the Dockerfile, else by the context's `.dockerignore`; read again when it has changed. */
async function ignoring(
  known: Map<string, Ignoring>,
  dockerfile: string,
  root: string,
): Promise<IgnoreFile | undefined> {
  const [own, shared] = ignoreFileNames(path.basename(dockerfile));
  for (const file of [path.join(path.dirname(dockerfile), own), path.join(root, shared)]) {
    const modified = await modifiedAt(file);
    if (modified === undefined) continue;
    const before = known.get(file);
    if (before?.modified === modified) return before.file;
    const text = await promises.readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const read = ignoreFile(path.basename(file), text);
    known.set(file, { modified, file: read });
    return read;
  }
  return undefined;
}

function modifiedAt(file: string): Promise<number | undefined> {
  return promises.stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}

function pathOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
