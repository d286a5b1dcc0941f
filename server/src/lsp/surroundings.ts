/** The `.dockerignore` of documents, read once per document until a change is reported. */
import { ignoreFile, ignoreFileNames } from '../project/ignore-file.ts';
import type { Surroundings } from '../lint/surroundings.ts';
import { decoded, upwards, type Files } from './files.ts';
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
  return {
    of: (uri) => {
      const found = known.get(uri) ?? read(uri, files);
      known.set(uri, found);
      return found;
    },
    forget: () => known.clear(),
  };
}

async function read(uri: string, files: Files): Promise<Surroundings | undefined> {
  const places = upwards(uri, '.dockerignore', files);
  const [own] = places;
  if (own === undefined) return undefined;
  const [ownName] = ignoreFileNames(decoded(uri.slice(uri.lastIndexOf('/') + 1)));
  const folder = own.slice(0, own.lastIndexOf('/') + 1);
  const candidates = [
    [ownName, `${folder}${encodeURIComponent(ownName)}`],
    ['.dockerignore', own],
  ] as const;
  const texts = await Promise.all(candidates.map(([, place]) => files.read(place)));
  for (const [i, [name, uri]] of candidates.entries()) {
    const text = texts[i];
    if (text !== undefined) return { ignoreFile: ignoreFile(name, text, uri) };
  }
  return { ignoreFile: (await isAbove(places, files)) ? 'elsewhere' : 'none' };
}

/** Whether a parent directory has one, up to the root of the repository. */
async function isAbove(places: readonly string[], files: Files): Promise<boolean> {
  const folders = await Promise.all(
    places.map((place) => {
      const git = place.replace(/\.dockerignore$/, '.git');
      // In a worktree, `.git` is a file.
      return Promise.all([place, `${git}/HEAD`, git].map((one) => files.read(one)));
    }),
  );
  for (const [i, [ignores, head, link]] of folders.entries()) {
    if (i > 0 && ignores !== undefined) return true;
    if (head !== undefined || link !== undefined) return false;
  }
  return false;
}
