/** Looks for the sources of COPY, ADD and mounts in the directories that may be the build context. */
import type { ContextNeed } from '../model/context-needs.ts';
import { ObjectCache } from '../text/object-cache.ts';
import { cleanPath } from '../text/path.ts';
import type { ContextName, ContextRoot } from './surroundings.ts';

/** What a source is in one directory. */
export type Found =
  /** Directories were not listed that are needed to know it. */
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'found';
      /** Paths in the context; several only for wildcards. */
      readonly paths: readonly FoundPath[];
    }
  | {
      readonly kind: 'missing';
      /** The directory in which nothing has the name. */
      readonly folder: string;
      readonly name: string;
      /** What follows the name. */
      readonly rest: string;
      readonly siblings: readonly ContextName[];
    };

export interface FoundPath {
  readonly path: string;
  readonly isFolder: boolean;
}

/** A cleaned path, relative to the context; empty for the context itself. `..` cannot leave it. */
export function contextPath(source: string): string {
  return cleanPath(`/${source}`).slice(1);
}

export function hasWildcard({ source, isMount }: Pick<ContextNeed, 'source' | 'isMount'>): boolean {
  return !isMount && /[*?[\\]/.test(source);
}

/** More directories are not searched for a pattern. */
const mostFolders = 200;

/** Finds what a source names in a directory, if that can be said: classes and escapes in patterns are not followed. */
export function findIn(root: ContextRoot, need: ContextNeed): Found {
  const path = contextPath(need.source);
  if (path === '') return { kind: 'found', paths: [{ path: '', isFolder: true }] };
  const isPattern = hasWildcard(need);
  if (isNotFollowed(need, path)) return { kind: 'unknown' };
  const parts = path.split('/');
  let places: readonly FoundPath[] = [{ path: '', isFolder: true }];
  for (const [i, part] of parts.entries()) {
    const folders = places.filter(({ isFolder }) => isFolder);
    if (folders.length > mostFolders) return { kind: 'unknown' };
    const lists = folders.map(({ path: folder }) => ({ folder, names: root.list(folder) }));
    if (lists.some(({ names }) => names === undefined)) return { kind: 'unknown' };
    const matches = isPattern ? nameTest(part) : (name: string) => name === part;
    places = lists.flatMap(({ folder, names = [] }) =>
      names
        .filter(({ name }) => matches(name))
        .map(({ name, folder: isFolder }) => ({ path: below(folder, name), isFolder })),
    );
    if (places.length === 0) {
      const [first] = lists;
      return {
        kind: 'missing',
        folder: first?.folder ?? '',
        name: part,
        rest: parts.slice(i + 1).map((one) => `/${one}`).join(''),
        siblings: first?.names ?? [],
      }; // prettier-ignore
    }
  }
  return { kind: 'found', paths: places };
}

function isNotFollowed(need: ContextNeed, path: string): boolean {
  return hasWildcard(need) && /[[\\]|\*\*/.test(path);
}

function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** `*` and `?` of Go's `filepath.Match` in one name, in linear time. */
function nameTest(pattern: string): (name: string) => boolean {
  const parts = Array.from(pattern);
  return (name) => {
    let states = reach(parts, new Set([0]));
    for (const character of name) {
      const next = new Set<number>();
      for (const state of states) {
        const part = parts[state];
        if (part === '*') next.add(state);
        else if (part === '?' || part === character) next.add(state + 1);
      }
      states = reach(parts, next);
    }
    return states.has(parts.length);
  };
}

/** A star also matches nothing. */
function reach(parts: readonly string[], states: Set<number>): Set<number> {
  for (const state of states) if (parts[state] === '*') states.add(state + 1);
  return states;
}

/** Files that a directory with Dockerfiles has even if it is not a build context. */
const besideDockerfiles =
  /^(?:.*dockerfile.*|.*containerfile.*|.*\.dockerignore|(?:docker-)?compose.*\.ya?ml|readme.*|license.*|copying.*|changelog.*|\.git.*|\.editorconfig|\.hadolint\.ya?ml|\.drydock\.json)$/i;

/** Whether the files of a directory show that it is a project, and not only a place for Dockerfiles. */
export function looksLikeContext(root: ContextRoot): boolean {
  const others = (root.list('') ?? []).filter(({ name, folder }) =>
    folder ? root.isWorkspace && !name.startsWith('.') : !besideDockerfiles.test(name),
  );
  if (others.length === 0) return false;
  return root.isWorkspace || root.ignoreFile !== undefined || others.some(({ name }) => manifests.test(name)); // prettier-ignore
}

/** Files that describe a project of some language. */
const manifests =
  /^(?:package\.json|go\.mod|pyproject\.toml|requirements.*\.txt|setup\.(?:py|cfg)|pipfile|pom\.xml|build\.gradle(?:\.kts)?|cargo\.toml|gemfile|composer\.json|mix\.exs|deno\.jsonc?|cmakelists\.txt|makefile|.*\.(?:csproj|fsproj|sln))$/i;

/** The sources of a file in the directories that may be its build context. */
export interface Search {
  /** The directory in which most sources exist, if that shows that it is the build context. */
  readonly root: ContextRoot | undefined;
  /** What a source is in `root`; undefined without one. */
  readonly found: (need: ContextNeed) => Found | undefined;
  /** Whether a source exists, or may exist, in one of the directories. */
  readonly mayExist: (need: ContextNeed) => boolean;
}

/** A search that has asked for all directories that it needs. */
export interface CompleteSearch extends Search {
  readonly roots: readonly ContextRoot[];
  /** What a source is in a directory. */
  readonly foundIn: (root: ContextRoot, need: ContextNeed) => Found;
}

const searches = new ObjectCache<readonly ContextNeed[], CompleteSearch>();

/** The sources in these directories, evaluated once for the same lists. */
export function searchContext(
  roots: readonly ContextRoot[],
  needs: readonly ContextNeed[],
): Search {
  const known = searches.get(needs);
  return known?.roots === roots ? known : searchAgain(roots, needs);
}

/** Evaluates every source in every directory, so that all directories that are needed are asked for. */
export function searchAgain(
  roots: readonly ContextRoot[],
  needs: readonly ContextNeed[],
): CompleteSearch {
  const [own] = roots;
  own?.list('');
  const haveNames = needs.some(isLookedUp);
  // None for an empty directory, which has no source.
  const results: (readonly Found[] | undefined)[] = [];
  let [most, best] = [0, own];
  for (const root of roots) {
    const isEmpty = haveNames && root.list('')?.length === 0;
    const found = isEmpty ? undefined : needs.map((need) => findIn(root, need));
    results.push(found);
    const count = found === undefined ? 0 : needs.filter((need, i) => isEvidence(need, found[i])).length; // prettier-ignore
    if (count > most) [most, best] = [count, root];
  }
  const root = most > 0 || (own !== undefined && looksLikeContext(own)) ? best : undefined;
  const foundIn = (one: ContextRoot, need: ContextNeed): Found =>
    results[roots.indexOf(one)]?.[needs.indexOf(need)] ?? findIn(one, need);
  const search: CompleteSearch = {
    roots,
    root,
    foundIn,
    found: (need) => root && foundIn(root, need),
    mayExist: (need) => roots.some((one) => foundIn(one, need).kind !== 'missing'),
  };
  searches.set(needs, search);
  return search;
}

/** Whether the entries of the context are needed to find a source. */
function isLookedUp(need: ContextNeed): boolean {
  const path = contextPath(need.source);
  return path !== '' && !isNotFollowed(need, path);
}

/** Every directory has a `.`, and wildcards match many names. */
function isEvidence(need: ContextNeed, found: Found | undefined): boolean {
  return found?.kind === 'found' && contextPath(need.source) !== '' && !/^[*?]/.test(contextPath(need.source)); // prettier-ignore
}
