/** The build context of a Dockerfile: its directories, and what `.dockerignore` excludes. */
import type { Context, Entry } from '../features/outside.ts';
import { ignoreFile, ignoreFileNames } from '../project/ignore-file.ts';
import type { IgnoreFile } from '../lint/surroundings.ts';
import { resolvePath } from '../text/path.ts';
import { decoded, isReached, parentOf, type Disk } from './files.ts';
import type { Folders } from './folders.ts';
import { LimitedMap } from './limited-map.ts';
import { whenKnown, type MaybePromise } from './maybe-promise.ts';

/** The build contexts of the files in these workspace folders. */
export function contextOf(disk: Disk, folders: Pick<Folders, 'of'>): Context {
  const read = parsedIgnoreFiles(disk);
  // A request finds each of its paths with the same list of sources.
  const roots = new WeakMap<
    readonly string[],
    { readonly own: string; readonly root: Promise<string> }
  >();
  const rootOfFile = async (
    uri: string,
    sources: readonly string[],
  ): Promise<string | undefined> => {
    const own = isReached(disk, uri) ? parentOf(uri) : undefined;
    if (own === undefined) return undefined;
    const before = roots.get(sources);
    if (before?.own === own) return before.root;
    const root = rootOf(own, { limit: folders.of(uri), sources, disk });
    roots.set(sources, { own, root });
    return root;
  };
  return {
    root: rootOfFile,
    list: async (uri, folder, sources) => {
      const root = await rootOfFile(uri, sources);
      if (root === undefined) return [];
      const [entries, ignored] = await Promise.all([
        disk.list(below(root, folder)),
        ignoreFileOf(read, uri, root),
      ]);
      return entries.map((entry): Entry => {
        const inside = folder === '' ? entry.name : `${folder}/${entry.name}`;
        return { ...entry, ignored: ignored?.excludes(inside) === true };
      });
    },
    find: async (uri, path, sources) => {
      const root = await rootOfFile(uri, sources);
      if (root === undefined) return undefined;
      const [, folder = '', name] = /^(?:(.*)\/)?([^/]+)$/.exec(resolvePath(path)) ?? [];
      const entries = name === undefined ? [] : await disk.list(below(root, folder));
      const found = entries.find((entry) => entry.name === name && !entry.folder);
      return found && below(root, path);
    },
  };
}

/** A name that is the same in a URI, and neither `.` nor `..`. */
const plainName = /^\.?[\w-][\w.-]*$/;

/** The URI of a path in a directory; `..` cannot leave it. */
export function below(folder: string, path: string): string {
  if (plainName.test(path)) return `${folder}/${path}`;
  const inside = resolvePath(path);
  return inside === ''
    ? folder
    : `${folder}/${inside.split('/').map(encodeURIComponent).join('/')}`;
}

interface Search {
  readonly limit: string | undefined;
  readonly sources: readonly string[];
  readonly disk: Disk;
}

/**
 * The directory that is probably the build context. Usually it is the directory of the Dockerfile. A file in `docker/` is
 * often built from a parent directory: then the sources of its COPY instructions exist there.
 */
async function rootOf(own: string, { limit, sources, disk }: Search): Promise<string> {
  const firsts = [...new Set(sources.map((source) => source.replace(/^\.\//, '').split('/')[0]))];
  if (firsts.length === 0) return own;
  let best = { folder: own, found: -1 };
  for (const folder of upTo(own, limit)) {
    const names = new Set((await disk.list(folder)).map(({ name }) => name));
    const found = firsts.filter((first) => first !== undefined && names.has(first)).length;
    if (found > best.found) best = { folder, found };
    if (found === firsts.length) break;
  }
  return best.folder;
}

export function upTo(folder: string, limit: string | undefined): readonly string[] {
  const found = [folder];
  let at = folder;
  while (limit !== undefined && at !== limit) {
    const above = parentOf(at);
    if (above === undefined) break;
    at = above;
    found.push(at);
  }
  return found;
}

export type ReadIgnoreFile = (uri: string, name: string) => MaybePromise<IgnoreFile | undefined>;

/** The number of parsed ignore files to remember. */
const mostIgnoreFiles = 200;

/** Parses an ignore file again only if its text has changed. */
export function parsedIgnoreFiles(disk: Pick<Disk, 'read'>): ReadIgnoreFile {
  const known = new LimitedMap<string, { readonly text: string; readonly file: IgnoreFile }>(
    mostIgnoreFiles,
  );
  return (uri, name) =>
    whenKnown(disk.read(uri), (text) => {
      if (text === undefined) return undefined;
      const before = known.get(uri);
      if (before?.text === text) return before.file;
      const file = ignoreFile(name, text, uri);
      known.set(uri, { text, file });
      return file;
    });
}

/** `<Dockerfile>.dockerignore` in the directory of the Dockerfile, otherwise the context's `.dockerignore`. */
export function ignoreFileOf(
  read: ReadIgnoreFile,
  dockerfile: string,
  root: string,
): MaybePromise<IgnoreFile | undefined> {
  const written = dockerfile.slice(dockerfile.lastIndexOf('/') + 1);
  const [own, shared] = ignoreFileNames(decoded(written));
  const folder = parentOf(dockerfile) ?? root;
  return whenKnown(
    read(below(folder, own), own),
    (found) => found ?? read(below(root, shared), shared),
  );
}
