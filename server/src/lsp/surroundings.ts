/** The `.dockerignore` of documents, read once per document until a change is reported. */
import { ignoreFile, ignoreFileNames } from '../project/ignore-file.ts';
import type { Surroundings } from '../lint/surroundings.ts';
import { decoded, isReached, parentOf, type Files } from './files.ts';
import { RememberedValues, whenAllKnown, whenKnown, type MaybePromise } from './maybe-promise.ts';

export interface DocumentSurroundings {
  /** Undefined if the document's files cannot be read. */
  of(uri: string): MaybePromise<Surroundings | undefined>;
  /** Discards everything that was read. */
  forget(): void;
}

/** The number of documents to remember. */
const most = 1000;

const none: Surroundings = { ignoreFile: 'none' };
const elsewhere: Surroundings = { ignoreFile: 'elsewhere' };

/** The directory of a document is assumed to be its build context. */
export function documentSurroundings(files: Files): DocumentSurroundings {
  const known = new RememberedValues<Surroundings | undefined>(most);
  const above = new RememberedValues<boolean>(most);
  /** Whether a parent directory has an ignore file, up to the root of the repository. */
  const isAbove = (folder: string): MaybePromise<boolean> => above.of(folder, readAbove);
  const readAbove = (folder: string): MaybePromise<boolean> => {
    const parent = parentOf(folder);
    if (parent === undefined) return false;
    // In a worktree, `.git` is a file.
    const places = [`${parent}/.dockerignore`, `${folder}/.git/HEAD`, `${folder}/.git`];
    const texts = whenAllKnown(places.map((place) => files.read(place)));
    // Those of the parent directories are read at the same time: a client may take long for each file.
    const higher = isAbove(parent);
    return whenKnown(texts, ([ignores, head, link]) => {
      if (head !== undefined || link !== undefined) return false;
      return ignores !== undefined || higher;
    });
  };
  const read = (uri: string): MaybePromise<Surroundings | undefined> => {
    const folder = isReached(files, uri) ? parentOf(uri) : undefined;
    if (folder === undefined) return undefined;
    const [ownName] = ignoreFileNames(decoded(uri.slice(uri.lastIndexOf('/') + 1)));
    const candidates = [
      [ownName, `${folder}/${encodeURIComponent(ownName)}`],
      ['.dockerignore', `${folder}/.dockerignore`],
    ] as const;
    const texts = whenAllKnown(candidates.map(([, place]) => files.read(place)));
    return whenKnown(texts, (found): MaybePromise<Surroundings> => {
      for (const [i, [name, place]] of candidates.entries()) {
        const text = found[i];
        if (text !== undefined) return { ignoreFile: ignoreFile(name, text, place) };
      }
      return whenKnown(isAbove(folder), (isHigher) => (isHigher ? elsewhere : none));
    });
  };
  return {
    of: (uri) => known.of(uri, read),
    forget: () => {
      known.forget();
      above.forget();
    },
  };
}
