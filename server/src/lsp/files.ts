/** The port to the file system. Files are identified by URI; a missing file is undefined. */
import type { ContextTree } from '../ignore/context-tree.ts';
import { RememberedValues, type MaybePromise } from './maybe-promise.ts';

/** An entry of a directory. */
export interface Name {
  readonly name: string;
  readonly folder: boolean;
}

export interface Files {
  read(uri: string): MaybePromise<string | undefined>;
  /** The entries of a directory, empty if it is not one. Absent if directories cannot be listed. */
  list?(folder: string): MaybePromise<readonly Name[]>;
  /**
   * Whether a directory has none of these names: much less work than reading each of them, most of which do not exist. False
   * if that is not known at once. Absent if it never is.
   */
  readonly lacks?: (folder: string, names: readonly string[]) => boolean;
  /** Everything in a directory, without following links; undefined if `goOn` returned false. Absent if that takes too long. */
  tree?(folder: string, goOn: () => boolean): Promise<ContextTree | undefined>;
  /** Whether a URI can be read; by default only `file:` URIs. */
  readonly reaches?: (uri: string) => boolean;
}

/** Files whose directories can be listed. */
export type Disk = Files & Required<Pick<Files, 'list'>>;

export function isDisk(files: Files): files is Disk {
  return files.list !== undefined;
}

/** The number of files to remember, including those that do not exist: about ten for each directory with a document. */
const mostFiles = 10_000;

/** Files that are read once, until `forget` is called or too many others were read. */
export interface RememberedFiles extends Files {
  forget(): void;
}

export function remembered(files: Files): RememberedFiles {
  const known = new RememberedValues<string | undefined>(mostFiles);
  const read = (uri: string): MaybePromise<string | undefined> => files.read(uri);
  return {
    read: (uri) => known.of(uri, read),
    ...(files.lacks && { lacks: files.lacks }),
    ...(files.reaches && { reaches: files.reaches }),
    forget: () => known.forget(),
  };
}

export function isReached(files: Files, uri: string): boolean {
  return files.reaches ? files.reaches(uri) : uri.startsWith('file:');
}

/** The parent of a file or directory, without a slash at its end; undefined for the root. */
export function parentOf(uri: string): string | undefined {
  const slash = uri.lastIndexOf('/');
  return slash < uri.indexOf('://') + '://'.length ? undefined : uri.slice(0, slash);
}

/** A percent-decoded name. A part that is not valid UTF-8, or a `%` without two digits, is kept as it is. */
export function decoded(name: string): string {
  if (!name.includes('%')) return name;
  return name.replace(/(?:%[0-9a-f]{2})+/gi, (part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
}
