/** Which instruction reads which file of a build context. */
import { readlink } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { ContextNeeds, NeededSource } from '../../../contract/protocol.ts';
import type { ContextEntry, ContextTree } from '../../../server/src/ignore/context-tree.ts';
import {
  ignoreFilter,
  type IgnoreFilter,
  type Verdict,
} from '../../../server/src/ignore/ignore-filter.ts';
import type { Decision } from '../../../server/src/ignore/ignore-matches.ts';
import { sourcePattern, type SourcePattern } from '../../../server/src/ignore/source-pattern.ts';

interface Reader {
  readonly pattern: SourcePattern;
  /** 0-based, in the Dockerfile. */
  readonly line: number;
  /** What it reads of a directory that it names; absent: everything. */
  readonly part?: Part;
}

/** Patterns of paths that are relative to the directory (BuildKit, `dispatchCopy`, and tonistiigi/fsutil, copy.go). */
interface Part {
  /** With `--parents`, the source is a pattern of what is copied. */
  readonly include?: IgnoreFilter | undefined;
  readonly exclude?: IgnoreFilter | undefined;
}

/** A source that is a link leads to another one; a loop of them ends. */
const mostLinks = 40;

interface Reading {
  readonly decisions: readonly Decision[];
  /** Undefined if nothing is known of the Dockerfile. */
  readonly needs: ContextNeeds | undefined;
}

/** By the indexes of the entries: the first line of the Dockerfile that reads it; -1 if none does. */
export async function findReaders(
  folder: string,
  tree: ContextTree,
  { decisions, needs }: Reading,
): Promise<number[]> {
  const readBy = tree.entries.map(() => -1);
  const whole = tree.entries.map(() => -1);
  let readers = (needs?.sources ?? []).flatMap(readersOf);
  for (let turn = 0; turn < mostLinks && readers.length > 0; turn++) {
    const links = new Marking(tree, { decisions, readBy, whole, readers }).links();
    readers = (await Promise.all(links.map((link) => target(folder, link)))).flat();
  }
  return readBy;
}

function readersOf(needed: NeededSource): readonly Reader[] {
  const { isMount, hasParents = false, exclude = [], line } = needed;
  const [source, pattern] = hasParents ? pivot(needed.source) : [needed.source, ''];
  const found = sourcePattern(isMount ? literal(source) : source);
  if (found === undefined) return [];
  const part: Part = {
    ...(pattern !== '' && { include: ignoreFilter([pattern]) }),
    ...(exclude.length > 0 && { exclude: ignoreFilter(exclude) }),
  };
  // Without a valid pattern, everything counts as read.
  const isPart = part.include !== undefined || part.exclude !== undefined;
  return [{ pattern: found, line, ...(isPart && { part }) }];
}

/** The directory from which directories are kept, and the pattern below it: `src/./*.txt`. */
function pivot(source: string): readonly [directory: string, pattern: string] {
  const at = source.indexOf('/./');
  const [directory, below] = at < 0 ? ['/', source] : [source.slice(0, at), source.slice(at + 3)];
  return [directory, sourcePattern(below)?.path ?? ''];
}

function literal(path: string): string {
  return path.replace(/[*?[\\]/g, '\\$&');
}

interface Marks {
  readonly decisions: readonly Decision[];
  readonly readBy: number[];
  /** Like `readBy`, of entries that are read with everything in them. */
  readonly whole: number[];
  readonly readers: readonly Reader[];
}

interface ReadLink {
  readonly path: string;
  readonly line: number;
  readonly part?: Part | undefined;
}

/** A directory that is read in part, or one in it. */
interface Inside {
  readonly reader: Reader;
  /** The length of the path, with a slash, that patterns are relative to. */
  readonly start: number;
  readonly included?: Verdict | undefined;
  readonly excluded?: Verdict | undefined;
}

const nothing: readonly Inside[] = [];

class Marking {
  readonly #tree: ContextTree;
  readonly #marks: Marks;
  readonly #plain: readonly Reader[];
  readonly #partial: readonly Reader[];
  /** By the indexes of directories; -1 is the context. */
  readonly #insides = new Map<number, readonly Inside[]>();
  readonly #links: ReadLink[] = [];

  constructor(tree: ContextTree, marks: Marks) {
    this.#tree = tree;
    this.#marks = marks;
    this.#plain = marks.readers.filter(({ part }) => part === undefined);
    this.#partial = marks.readers.filter(({ part }) => part !== undefined);
    const ofContext = this.#partial.filter(({ pattern }) => pattern.path === '');
    this.#insides.set(
      -1,
      ofContext.map((reader) => ({ reader, start: 0 })),
    );
  }

  /** Marks what the readers read, and returns the links among it that were not marked before. */
  links(): readonly ReadLink[] {
    const ofContext = this.#plain.find(({ pattern }) => pattern.path === '')?.line ?? -1;
    const { decisions, whole } = this.#marks;
    for (const [i, entry] of this.#tree.entries.entries()) {
      const { parent, kind } = entry;
      // An excluded directory may contain files that are included again.
      const isLeftOut = decisions[i]?.isExcluded === true && kind !== 'directory';
      if (isLeftOut || whole[i] !== -1) continue;
      const above = parent < 0 ? ofContext : (whole[parent] ?? -1);
      if (above >= 0) this.#markWhole(i, entry, above);
      else this.#compare(i, entry);
    }
    return this.#links;
  }

  #compare(i: number, entry: ContextEntry): void {
    const { path, parent, kind } = entry;
    const plain = this.#plain.find(({ pattern }) => pattern.matches(path));
    if (plain !== undefined) {
      this.#markWhole(i, entry, plain.line);
      return;
    }
    if (this.#partial.length === 0) return;
    const insides = (this.#insides.get(parent) ?? nothing).map((one) => below(one, path));
    const roots = this.#partial.filter(({ pattern }) => pattern.matches(path));
    // What a source names is never excluded; directories above a pattern are not read for themselves.
    const readers = [
      ...insides.filter(isRead).map(({ reader }) => reader),
      ...roots.filter(({ part }) => kind !== 'directory' || part?.include === undefined),
    ].sort((a, b) => a.line - b.line);
    const [first] = readers;
    if (first !== undefined)
      this.#mark(i, entry, {
        line: first.line,
        ...(roots.includes(first) && { part: first.part }),
      });
    if (kind !== 'directory') return;
    const all = [...insides, ...roots.map((reader) => ({ reader, start: path.length + 1 }))];
    if (all.length > 0) this.#insides.set(i, all);
  }

  #markWhole(i: number, entry: ContextEntry, line: number): void {
    this.#marks.whole[i] = line;
    this.#mark(i, entry, { line });
  }

  #mark(i: number, { path, kind }: ContextEntry, by: Omit<ReadLink, 'path'>): void {
    const { readBy } = this.#marks;
    if (readBy[i] !== -1) return;
    readBy[i] = by.line;
    if (kind === 'link') this.#links.push({ path, ...by });
  }
}

/** The state of an entry of the directory. */
function below({ reader, start, included, excluded }: Inside, path: string): Inside {
  const name = path.slice(start);
  return {
    reader,
    start,
    included: reader.part?.include?.verdictOn(name, included),
    excluded: reader.part?.exclude?.verdictOn(name, excluded),
  };
}

/** Patterns of an ignore filter exclude what they match. */
function isRead({ included, excluded }: Inside): boolean {
  return included?.isExcluded !== false && excluded?.isExcluded !== true;
}

/** What a link in the context leads to; nothing if that is outside. */
async function target(folder: string, { path, line, part }: ReadLink): Promise<readonly Reader[]> {
  const leadsTo = await readlink(join(folder, path)).catch(() => undefined);
  if (leadsTo === undefined) return [];
  const inside = relative(folder, join(folder, leadsTo.startsWith('/') ? '' : dirname(path), leadsTo)); // prettier-ignore
  if (inside.startsWith('..')) return [];
  const pattern = sourcePattern(literal(inside.split(sep).join('/')));
  return pattern === undefined ? [] : [{ pattern, line, ...(part !== undefined && { part }) }];
}
