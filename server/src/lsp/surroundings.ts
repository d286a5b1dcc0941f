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
const shared = '.dockerignore';
const git = '.git';

/** The directory of a document is assumed to be its build context. */
export function documentSurroundings(files: Files): DocumentSurroundings {
  const known = new RememberedValues<Surroundings | undefined>(most);
  const inOrAbove = new RememberedValues<boolean>(most);
  /** Whether a directory or one above it has an ignore file, up to the root of the repository. */
  const hasFile = (folder: string): MaybePromise<boolean> => inOrAbove.of(folder, look);
  const look = (folder: string): MaybePromise<boolean> => {
    if (files.lacks?.(folder, [shared, git]) === true) return isAboveOf(folder);
    const text = files.read(`${folder}/${shared}`);
    // What is above is read at the same time: a client may take long for each file.
    const higher = isAbove(folder);
    return whenKnown(text, (found) => found !== undefined || higher);
  };
  /** Whether a directory above has an ignore file; not if this one is the root of the repository. */
  const isAbove = (folder: string): MaybePromise<boolean> => {
    if (parentOf(folder) === undefined) return false;
    // In a worktree, it is a file.
    const texts = whenAllKnown([
      files.read(`${folder}/${git}/HEAD`),
      files.read(`${folder}/${git}`),
    ]);
    const higher = isAboveOf(folder);
    return whenKnown(texts, ([head, link]) => head === undefined && link === undefined && higher);
  };
  const isAboveOf = (folder: string): MaybePromise<boolean> => {
    const parent = parentOf(folder);
    return parent !== undefined && hasFile(parent);
  };
  const read = (uri: string): MaybePromise<Surroundings | undefined> => {
    const folder = isReached(files, uri) ? parentOf(uri) : undefined;
    if (folder === undefined) return undefined;
    const written = uri.slice(folder.length + 1);
    // A name that is encoded may not be a name of a file at all.
    const plainName = written.includes('%') ? undefined : ignoreFileNames(written)[0];
    if (plainName !== undefined && files.lacks?.(folder, [plainName, shared, git]) === true) {
      const higher = isAboveOf(folder);
      if (higher === false) return none;
      return whenKnown(higher, elsewhereOrNone);
    }
    const ownName = plainName ?? ignoreFileNames(decoded(written))[0];
    const candidates = [
      [ownName, `${folder}/${encodeURIComponent(ownName)}`],
      [shared, `${folder}/${shared}`],
    ] as const;
    const texts = whenAllKnown(candidates.map(([, place]) => files.read(place)));
    return whenKnown(texts, (found): MaybePromise<Surroundings> => {
      for (const [i, [one, place]] of candidates.entries()) {
        const text = found[i];
        if (text !== undefined) return { ignoreFile: ignoreFile(one, text, place) };
      }
      return whenKnown(isAbove(folder), elsewhereOrNone);
    });
  };
  return {
    of: (uri) => known.of(uri, read),
    forget: () => {
      known.forget();
      inOrAbove.forget();
    },
  };
}

function elsewhereOrNone(isHigher: boolean): Surroundings {
  return isHigher ? elsewhere : none;
}
