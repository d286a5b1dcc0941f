/** The `.dockerignore` of documents, read once per document until a change is reported. */
import { ignoreFile, ignoreFileNames } from '../project/ignore-file.ts';
import type { Surroundings } from '../lint/surroundings.ts';
import { decoded, isReached, parentOf, type Files } from './files.ts';
import { LimitedMap } from './limited-map.ts';

export interface DocumentSurroundings {
  /** Undefined if the document's files cannot be read. */
  of(uri: string): Promise<Surroundings | undefined>;
  /** Discards everything that was read. */
  forget(): void;
}

/** The number of documents to remember. */
const most = 1000;

/** The directory of a document is assumed to be its build context. */
export function documentSurroundings(files: Files): DocumentSurroundings {
  const known = new LimitedMap<string, Promise<Surroundings | undefined>>(most);
  const above = new LimitedMap<string, Promise<boolean>>(most);
  /** Whether a parent directory has an ignore file, up to the root of the repository. */
  const isAbove = (folder: string): Promise<boolean> => {
    const found = above.get(folder) ?? readAbove(folder);
    above.set(folder, found);
    return found;
  };
  const readAbove = async (folder: string): Promise<boolean> => {
    const parent = parentOf(folder);
    if (parent === undefined) return false;
    // In a worktree, `.git` is a file.
    const places = [`${parent}/.dockerignore`, `${folder}/.git/HEAD`, `${folder}/.git`];
    const reading = Promise.all([...places.map((place) => files.read(place)), isAbove(parent)]);
    const [ignores, head, link, isHigher] = await reading;
    return head === undefined && link === undefined && (ignores !== undefined || isHigher === true);
  };
  const read = async (uri: string): Promise<Surroundings | undefined> => {
    const folder = isReached(files, uri) ? parentOf(uri) : undefined;
    if (folder === undefined) return undefined;
    const [ownName] = ignoreFileNames(decoded(uri.slice(uri.lastIndexOf('/') + 1)));
    const candidates = [
      [ownName, `${folder}/${encodeURIComponent(ownName)}`],
      ['.dockerignore', `${folder}/.dockerignore`],
    ] as const;
    const texts = await Promise.all(candidates.map(([, place]) => files.read(place)));
    for (const [i, [name, place]] of candidates.entries()) {
      const text = texts[i];
      if (text !== undefined) return { ignoreFile: ignoreFile(name, text, place) };
    }
    return { ignoreFile: (await isAbove(folder)) ? 'elsewhere' : 'none' };
  };
  return {
    of: (uri) => {
      const found = known.get(uri) ?? read(uri);
      known.set(uri, found);
      return found;
    },
    forget: () => {
      known.clear();
      above.clear();
    },
  };
}
