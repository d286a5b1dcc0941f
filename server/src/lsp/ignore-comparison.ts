/** Compares open ignore files with their build contexts, in slices of time between the messages of the client. */
import { contextSources } from '../features/context-sources.ts';
import type { IgnoreDocument } from '../features/ignore/ignore-document.ts';
import type { Compared } from '../features/ignore/matches.ts';
import type { Context } from '../features/outside.ts';
import type { ContextTree } from '../ignore/context-tree.ts';
import { document as documentOf } from '../model/document.ts';
import { ObjectCache } from '../text/object-cache.ts';
import { isReached, parentOf, type Files } from './files.ts';
import type { Log } from './guard.ts';
import { ignoreService } from './ignore-service.ts';
import { LimitedMap } from './limited-map.ts';

export interface ContextComparison {
  /** Undefined if the context cannot be read, or if the document has changed meanwhile. */
  compared(document: IgnoreDocument): Promise<Compared | undefined>;
  /** The directory that the patterns of an ignore file refer to; undefined if it is not known. */
  root(uri: string): Promise<string | undefined>;
  /** Discards what is known of the context of a file. */
  close(uri: string): void;
  forget(): void;
}

export interface ComparisonDependencies {
  readonly files: Files;
  readonly context: Context | undefined;
  readonly isCurrent: (document: IgnoreDocument) => boolean;
  readonly log: Log;
}

/** In milliseconds. The files of a context are listed again after this time. */
const freshness = 10_000;
/** A list of files takes some megabytes. */
const mostTrees = 4;
/** In milliseconds. */
const slice = 12;

interface Listed {
  readonly at: number;
  readonly tree: Promise<ContextTree | undefined>;
}

export function contextComparison(dependencies: ComparisonDependencies): ContextComparison {
  const { files, context, isCurrent, log } = dependencies;
  const trees = new LimitedMap<string, Listed>(mostTrees);
  const results = new ObjectCache<IgnoreDocument, { tree: ContextTree; result: Promise<Compared | undefined> }>(); // prettier-ignore
  const root = async (uri: string): Promise<string | undefined> => {
    if (!isReached(files, uri)) return undefined;
    const own = parentOf(uri);
    const [, dockerfile] = /^(.*\/[^/]+)\.dockerignore$/i.exec(uri) ?? [];
    if (dockerfile === undefined || context === undefined) return own;
    const text = await files.read(dockerfile);
    const sources = text === undefined ? [] : contextSources(documentOf(dockerfile, text));
    const paths = sources.map(({ path }) => path).slice(0, enoughSources);
    return (await context.root(dockerfile, paths)) ?? own;
  };
  const treeOf = (folder: string): Promise<ContextTree | undefined> => {
    const known = trees.get(folder);
    if (known !== undefined && performance.now() - known.at < freshness) return known.tree;
    const listed: Listed = {
      at: performance.now(),
      tree: list(files, folder, { goOn: () => trees.get(folder) === listed, log }),
    };
    trees.set(folder, listed);
    return listed.tree;
  };
  return {
    root,
    compared: async (document) => {
      const folder = await root(document.uri);
      const tree = folder === undefined ? undefined : await treeOf(folder);
      if (tree === undefined) return undefined;
      const before = results.get(document);
      if (before?.tree === tree) return before.result;
      const result = compare(document, tree, () => isCurrent(document));
      results.set(document, { tree, result });
      return result;
    },
    close: (uri) => {
      const own = parentOf(uri);
      if (own !== undefined) trees.delete(own);
    },
    forget: () => trees.clear(),
  };
}

/** Everything in a directory; undefined if it is not needed any more or cannot be listed. */
async function list(
  files: Files,
  folder: string,
  { goOn, log }: { readonly goOn: () => boolean; readonly log: Log },
): Promise<ContextTree | undefined> {
  try {
    return await files.tree?.(folder, goOn);
  } catch (error) {
    log(`listing ${folder} failed`, error);
    return undefined;
  }
}

/** They only show which directory is the build context. */
const enoughSources = 1000;

async function compare(
  document: IgnoreDocument,
  tree: ContextTree,
  isNeeded: () => boolean,
): Promise<Compared | undefined> {
  const { IgnoreComparison, AlternativeSearch } = await ignoreService();
  const comparison = new IgnoreComparison(
    tree,
    document.patterns.map(({ pattern }) => pattern),
  );
  if (!(await inSlices(comparison, isNeeded))) return undefined;
  const matches = comparison.result;
  const unmatched = document.patterns.flatMap(({ used, includes }, i) => {
    const { files = 0, directories = 0 } = matches.patterns[i] ?? {};
    return files + directories === 0 && !includes && used !== '' ? [used] : [];
  });
  const search = new AlternativeSearch(tree, unmatched);
  if (!(await inSlices(search, isNeeded))) return undefined;
  return { tree, matches, alternatives: search.result };
}

/** The entries that are compared between two looks at the clock. */
const entriesPerStep = 50;

/** False if the work is not needed any more. */
async function inSlices(
  work: { step(count: number): boolean },
  isNeeded: () => boolean,
): Promise<boolean> {
  for (;;) {
    const end = performance.now() + slice;
    while (performance.now() < end) if (!work.step(entriesPerStep)) return true;
    await new Promise((resolve) => setTimeout(resolve));
    if (!isNeeded()) return false;
  }
}
