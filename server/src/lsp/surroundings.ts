/** What lies around a document, read once a folder and kept until somebody tells of a change. */
import { ignoreFile, ignoreFileNames, type Surroundings } from '../lint/surroundings.ts';
import { upwards, type Files } from './files.ts';

export interface Around {
  /** Undefined for what files cannot be known of. */
  of(uri: string): Promise<Surroundings | undefined>;
  /** Everything is read anew. */
  forget(): void;
}

/** Of files that a port reads; the folder of a document is taken for its context. */
export function around(files: Files): Around {
  let known = new Map<string, Promise<Surroundings | undefined>>();
  return {
    of: (uri) => {
      const found = known.get(uri) ?? read(uri, files);
      known.set(uri, found);
      return found;
    },
    forget: () => {
      known = new Map();
    },
  };
}

async function read(uri: string, files: Files): Promise<Surroundings | undefined> {
  const places = upwards(uri, '.dockerignore', files);
  const [own] = places;
  if (own === undefined) return undefined;
  const [named] = ignoreFileNames(decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1)));
  const folder = own.slice(0, own.lastIndexOf('/') + 1);
  const candidates = [
    [named, `${folder}${encodeURIComponent(named)}`],
    ['.dockerignore', own],
  ] as const;
  const texts = await Promise.all(candidates.map(([, place]) => files.read(place)));
  for (const [i, [name]] of candidates.entries()) {
    const text = texts[i];
    if (text !== undefined) return { ignoreFile: ignoreFile(name, text) };
  }
  return { ignoreFile: (await isAbove(places, files)) ? 'elsewhere' : 'none' };
}

/** Whether one lies in a folder above, up to the one that holds the repository. */
async function isAbove(places: readonly string[], files: Files): Promise<boolean> {
  const folders = await Promise.all(
    places.map((place) => {
      const git = place.replace(/\.dockerignore$/, '.git');
      // In a work tree `.git` is a file.
      return Promise.all([place, `${git}/HEAD`, git].map((one) => files.read(one)));
    }),
  );
  for (const [i, [ignoring, head, link]] of folders.entries()) {
    if (i > 0 && ignoring !== undefined) return true;
    if (head !== undefined || link !== undefined) return false;
  }
  return false;
}
