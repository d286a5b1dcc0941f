/** The directories that may be the build context of a document, with the listings that its sources need. */
import { searchAgain, type CompleteSearch } from '../lint/context-paths.ts';
import type { ContextName, ContextRoot, IgnoreFile, Surroundings } from '../lint/surroundings.ts';
import { contextNeeds, type ContextNeed } from '../model/context-needs.ts';
import type { Document } from '../model/document.ts';
import { below, parsedIgnoreFiles, upTo, type ReadIgnoreFile } from './context.ts';
import { isReached, parentOf, type Disk, type Files } from './files.ts';
import type { Folders } from './folders.ts';
import { LimitedMap } from './limited-map.ts';
import { whenAllKnown, whenKnown, type MaybePromise } from './maybe-promise.ts';

export interface ContextRoots {
  /**
   * The surroundings with the files of the context. The same object while nothing has changed, and at once if all
   * directories were listed a short time ago.
   */
  around(document: Document, beside: Surroundings): MaybePromise<Surroundings>;
  forget(): void;
}

export interface RootsDependencies {
  readonly disk: Disk;
  /** Files that are read once until something changes. */
  readonly files: Files;
  readonly folders: Pick<Folders, 'of'>;
  /** Called for each directory that is listed. */
  readonly watch: (uri: string) => void;
}

const sharedIgnoreFile = '.dockerignore';

/** In milliseconds. A directory is looked at again after this time. */
const freshness = 2000;
const mostListings = 2000;
const mostDocuments = 200;
/** The number of directories from the one of the Dockerfile up to the workspace folder. */
const mostRoots = 12;
/** Directories are listed level by level; sources are hardly ever deeper. */
const mostLevels = 12;
/** A file with more sources is generated. */
const mostNeeds = 500;

interface Listing {
  readonly at: number;
  /** Replaced by the value when it is known. */
  names: MaybePromise<readonly ContextName[]>;
}

interface Remembered {
  readonly beside: Surroundings;
  readonly needs: readonly ContextNeed[];
  /** When one of the directories is to be looked at again. */
  readonly until: number;
  readonly listed: ReadonlyMap<string, readonly ContextName[]>;
  readonly ignoreFiles: readonly (IgnoreFile | undefined)[];
  readonly result: Surroundings;
}

export function contextRoots({ disk, files, folders, watch }: RootsDependencies): ContextRoots {
  const readIgnoreFile = parsedIgnoreFiles(files);
  const listings = freshListings({ disk, watch });
  const remembered = new LimitedMap<string, Remembered>(mostDocuments);
  const lookAround = (uri: string, { beside, own, needs }: Looking): MaybePromise<Surroundings> => {
    const workspace = folders.of(uri);
    const places = upTo(own, workspace).slice(0, mostRoots);
    const ignoreFiles = whenAllKnown(
      places.map((place) => ignoreFileIn(place, { beside, own, read: readIgnoreFile })),
    );
    return whenKnown(ignoreFiles, (known) =>
      listAll(uri, { beside, needs, workspace, places, ignoreFiles: known }),
    );
  };
  const listAll = (
    uri: string,
    { beside, needs, workspace, places, ignoreFiles }: Listable,
  ): MaybePromise<Surroundings> => {
    const listed = new Listed(listings.list);
    const roots = places.map((place, i) => ({
      ignoreFile: ignoreFiles[i],
      isWorkspace: place === workspace,
      list: (folder: string) => listed.of(folder === '' ? place : below(place, folder)),
    }));
    return whenKnown(listNeeded(listed, roots, needs), () => {
      const names = listed.complete();
      const until = listings.freshUntil(names.keys());
      const before = remembered.get(uri);
      const isKnown =
        before !== undefined && isSame(before, { beside, listed: names, ignoreFiles });
      const result = isKnown ? before.result : { ignoreFile: beside.ignoreFile, roots };
      remembered.set(uri, { beside, needs, until, listed: names, ignoreFiles, result });
      return result;
    });
  };
  return {
    around: (document, beside) => {
      const { uri } = document;
      const own = isReached(disk, uri) ? parentOf(uri) : undefined;
      const needs = own === undefined ? [] : contextNeeds(document.model).needs;
      if (own === undefined || needs.length === 0 || needs.length > mostNeeds) return beside;
      const before = remembered.get(uri);
      const isFresh =
        before !== undefined && before.beside === beside && performance.now() < before.until;
      if (isFresh && areSame(before.needs, needs)) return before.result;
      return lookAround(uri, { beside, own, needs });
    },
    forget: () => {
      listings.forget();
      remembered.clear();
    },
  };
}

interface Listings {
  /** The entries of a directory, which were listed a short time ago. */
  readonly list: (uri: string) => MaybePromise<readonly ContextName[]>;
  /** When one of the listed directories is to be looked at again. */
  freshUntil(uris: Iterable<string>): number;
  forget(): void;
}

function freshListings({ disk, watch }: Pick<RootsDependencies, 'disk' | 'watch'>): Listings {
  const listings = new LimitedMap<string, Listing>(mostListings);
  return {
    list: (uri) => {
      const known = listings.get(uri);
      const now = performance.now();
      if (known !== undefined && now - known.at < freshness) return known.names;
      watch(uri);
      const listing: Listing = { at: now, names: disk.list(uri) };
      listings.set(uri, listing);
      if (listing.names instanceof Promise)
        listing.names = listing.names.catch(() => []).then((names) => (listing.names = names));
      return listing.names;
    },
    freshUntil: (uris) => {
      let first = Infinity;
      for (const uri of uris) first = Math.min(first, listings.get(uri)?.at ?? 0);
      return first + freshness;
    },
    forget: () => listings.clear(),
  };
}

interface IgnoreFileSources extends Pick<Looking, 'beside' | 'own'> {
  readonly read: ReadIgnoreFile;
}

/** The ignore file that applies if a directory is the context. What is beside the Dockerfile has been read. */
function ignoreFileIn(
  place: string,
  { beside: { ignoreFile }, own, read }: IgnoreFileSources,
): MaybePromise<IgnoreFile | undefined> {
  const found = typeof ignoreFile === 'object' ? ignoreFile : undefined;
  // One of the Dockerfile itself applies wherever the context is.
  if (place === own || (found !== undefined && found.name !== sharedIgnoreFile)) return found;
  return read(below(place, sharedIgnoreFile), sharedIgnoreFile);
}

interface Looking extends Pick<Remembered, 'beside' | 'needs'> {
  /** The directory of the document. */
  readonly own: string;
}

interface Listable extends Pick<Remembered, 'beside' | 'needs' | 'ignoreFiles'> {
  readonly workspace: string | undefined;
  readonly places: readonly string[];
}

/** The directories of one document that have been listed, by URI. */
class Listed {
  readonly #names = new Map<string, readonly ContextName[]>();
  #list: Listings['list'] | undefined;
  #missing: Map<string, Promise<readonly ContextName[]>> | undefined;

  constructor(list: Listings['list']) {
    this.#list = list;
  }
  /** Lists a directory that was not listed, until everything is complete. Undefined as long as it is not known. */
  of(uri: string): readonly ContextName[] | undefined {
    const known = this.#names.get(uri);
    if (known !== undefined || this.#list === undefined || this.#missing?.has(uri) === true)
      return known;
    const names = this.#list(uri);
    if (names instanceof Promise) {
      this.#missing ??= new Map();
      this.#missing.set(uri, names);
      return undefined;
    }
    this.#names.set(uri, names);
    return names;
  }
  /** Waits for the directories that were asked for and not known; undefined if there are none. */
  others(): Promise<void> | undefined {
    const missing = this.#missing;
    if (missing === undefined) return undefined;
    this.#missing = undefined;
    return Promise.all(missing.values()).then((found) => {
      let at = 0;
      for (const uri of missing.keys()) this.#names.set(uri, found[at++] ?? []);
    });
  }
  /** Nothing is listed any more. */
  complete(): ReadonlyMap<string, readonly ContextName[]> {
    this.#list = undefined;
    return this.#names;
  }
}

/** Lists all directories that the rules ask for: each search shows which ones are missing. */
function listNeeded(
  listed: Listed,
  roots: readonly ContextRoot[],
  needs: readonly ContextNeed[],
): MaybePromise<void> {
  const search = (level: number): MaybePromise<void> => {
    const found = searchAgain(roots, needs);
    for (const root of roots) listContents(root, needs, found);
    const others = listed.others();
    if (others === undefined) return;
    return others.then(() => {
      if (level < mostLevels) return search(level + 1);
      listed.complete();
      searchAgain(roots, needs);
    });
  };
  return search(1);
}

/** The content of a directory that is copied shows whether an ignore file excludes all of it. */
function listContents(
  root: ContextRoot,
  needs: readonly ContextNeed[],
  { foundIn }: CompleteSearch,
): void {
  if (root.ignoreFile === undefined) return;
  for (const need of needs) {
    const found = foundIn(root, need);
    const first = found.kind === 'found' ? found.paths[0] : undefined;
    if (first?.isFolder === true && first.path !== '') root.list(first.path);
  }
}

/** Whether the same directories are needed. */
function areSame(some: readonly ContextNeed[], others: readonly ContextNeed[]): boolean {
  return (
    some.length === others.length &&
    some.every(
      ({ source, isMount }, i) => others[i]?.source === source && others[i].isMount === isMount,
    )
  );
}

function isSame(
  before: Remembered,
  { beside, listed, ignoreFiles }: Pick<Remembered, 'beside' | 'listed' | 'ignoreFiles'>,
): boolean {
  return (
    before.beside === beside &&
    before.listed.size === listed.size &&
    [...listed].every(([uri, names]) => before.listed.get(uri) === names) &&
    ignoreFiles.every((file, i) => before.ignoreFiles[i] === file)
  );
}
