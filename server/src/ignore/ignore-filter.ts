/**
 * Which paths of a build context an ignore file excludes, as BuildKit finds it out: it walks the context, and each entry
 * continues with the patterns that its directory matched (moby/patternmatcher, `MatchesUsingParentResults`, and
 * tonistiigi/fsutil, filter.go).
 */
import { cleanPath } from '../text/path.ts';
import { globOf, isValidGlob, type Glob } from './glob.ts';
import { trimSpace } from './ignore-text.ts';

export interface Verdict {
  readonly isExcluded: boolean;
  /** The indexes of the patterns that match the path or one of its directories. */
  readonly matched: ReadonlySet<number>;
  /** The pattern that makes the build fail, if it was used. */
  readonly invalid?: string;
}

export interface IgnoreFilter {
  /** Whether a pattern with `!` includes files again. */
  readonly hasExceptions: boolean;
  /** The verdict on an entry of a directory, or of the context itself if there is no `parent`. */
  verdictOn(path: string, parent?: Verdict): Verdict;
  /** Whether an excluded directory may contain something that is included; BuildKit does not read it otherwise. */
  mayInclude(folder: string): boolean;
  /** Whether a directory that no pattern matches may contain something that one matches. */
  mayMatch(folder: string): boolean;
  /** Whether a path of the context, or one of its directories, is excluded. False if an invalid pattern was used. */
  excludes(path: string): boolean;
  /** Whether it is excluded with everything in it, if it is a directory. */
  excludesAll(path: string): boolean;
  /** The index of the pattern that decides on a path; -1 if none does. */
  deciderOn(path: string): number;
  /** The index of the pattern from which on a path is excluded, whatever follows; -1 if it is not. */
  excludedFrom(path: string): number;
}

interface Folder extends Verdict {
  /** Whether BuildKit does not read it, so that everything in it is excluded. */
  readonly isClosed?: boolean;
}

interface Pattern extends UsedPattern {
  /** Compiled when it is first used; null if that is not possible. */
  glob?: Glob | null;
}

/** Undefined if Docker rejects one of the patterns, which have the form of `ignorePatterns`. */
export function ignoreFilter(lines: readonly string[]): IgnoreFilter | undefined {
  const patterns: Pattern[] = [];
  for (const line of lines) {
    const used = usedPattern(line);
    if (used === undefined) continue;
    if (!isAccepted(used.text)) return undefined;
    patterns.push({ ...used });
  }
  return new Filter(patterns);
}

/** What Docker makes of one pattern of `ignorePatterns`. */
export interface UsedPattern {
  readonly text: string;
  readonly isException: boolean;
}

/** Undefined if Docker skips the pattern, because only whitespace is left of it. */
export function usedPattern(line: string): UsedPattern | undefined {
  const trimmed = trimSpace(line);
  if (trimmed === '') return undefined;
  const cleaned = cleanPath(trimmed);
  const isException = cleaned.startsWith('!');
  return { text: isException ? cleaned.slice(1) : cleaned, isException };
}

/** Whether Docker accepts a pattern, which is one of `usedPattern`; otherwise it rejects the whole file. */
export function isAccepted(text: string): boolean {
  return text !== '' && isValidGlob(text);
}

/** The number of directories whose verdict is remembered. */
const mostFolders = 2000;
/** Linux cannot open a longer path. */
const longestPath = 4096;
const noMatches: ReadonlySet<number> = new Set();

class Filter implements IgnoreFilter {
  readonly hasExceptions: boolean;
  readonly #patterns: readonly Pattern[];
  readonly #exceptions: readonly string[] | undefined;
  readonly #matches: readonly string[] | undefined;
  readonly #folders = new Map<string, Folder>();

  constructor(patterns: readonly Pattern[]) {
    this.#patterns = patterns;
    const isException = (one: Pattern): boolean => one.isException;
    this.hasExceptions = patterns.some(isException);
    this.#exceptions = prefixesOf(patterns.filter(isException));
    this.#matches = prefixesOf(patterns.filter((one) => !isException(one)));
  }
  verdictOn(path: string, parent?: Verdict): Verdict {
    // Nothing includes it again.
    if (parent?.isExcluded === true && !this.hasExceptions) return parent;
    return this.#match(path, parent);
  }
  /** With all patterns that match, also where the directory is excluded already. */
  #match(path: string, parent?: Verdict): Verdict {
    const matched = new Set<number>();
    let isExcluded = false;
    for (const [i, pattern] of this.#patterns.entries()) {
      const { isException, text } = pattern;
      if (parent?.matched.has(i) !== true) {
        // A pattern that would change nothing is not used, so it is not known to match below either.
        if (isException !== isExcluded) continue;
        const glob = (pattern.glob ??= globOf(text) ?? null);
        if (glob === null) return { isExcluded: false, matched, invalid: text };
        if (!glob(path)) continue;
      }
      matched.add(i);
      isExcluded = !isException;
    }
    return { isExcluded, matched: matched.size === 0 ? noMatches : matched };
  }
  mayInclude(folder: string): boolean {
    return mayBeIn(this.#exceptions, folder);
  }
  mayMatch(folder: string): boolean {
    return mayBeIn(this.#matches, folder);
  }
  excludes(path: string): boolean {
    const verdict = this.#verdict(path);
    return verdict?.isExcluded === true && verdict.invalid === undefined;
  }
  excludesAll(path: string): boolean {
    const verdict = this.#verdict(path);
    if (verdict?.isExcluded !== true || verdict.invalid !== undefined) return false;
    return verdict.isClosed === true || !this.mayInclude(cleanPath(path));
  }
  deciderOn(path: string): number {
    // The set is in the order of the patterns.
    return [...(this.#verdict(path)?.matched ?? [])].at(-1) ?? -1;
  }
  excludedFrom(path: string): number {
    const cleaned = cleanPath(path);
    if (cleaned.length > longestPath) return -1;
    let verdict: Verdict | undefined;
    // Also what is in a directory that BuildKit does not read is compared: an earlier pattern may exclude it.
    for (let end = cleaned.indexOf('/', 1); ; end = cleaned.indexOf('/', end + 1)) {
      verdict = this.#match(end < 0 ? cleaned : cleaned.slice(0, end), verdict);
      if (verdict.invalid !== undefined) return -1;
      if (end < 0) break;
    }
    let from = -1;
    for (const at of verdict.matched) {
      if (this.#patterns[at]?.isException === true) from = -1;
      else if (from < 0) from = at;
    }
    return from;
  }
  #verdict(path: string): Folder | undefined {
    const cleaned = cleanPath(path);
    if (cleaned.length > longestPath) return undefined;
    const slash = cleaned.lastIndexOf('/');
    const folder = slash <= 0 ? undefined : this.#folder(cleaned.slice(0, slash));
    return this.#below(cleaned, folder);
  }
  /** The verdict on a directory; from the outermost one on, since each depends on the one above. */
  #folder(path: string): Folder {
    let folder: Folder | undefined;
    for (let end = path.indexOf('/', 1); ; end = path.indexOf('/', end + 1)) {
      const name = end < 0 ? path : path.slice(0, end);
      const verdict: Folder = this.#folders.get(name) ?? this.#below(name, folder);
      const isClosed = folder?.isClosed === true || (verdict.isExcluded && !this.mayInclude(name));
      folder = { ...verdict, isClosed };
      if (this.#folders.size >= mostFolders) this.#folders.clear();
      this.#folders.set(name, folder);
      if (end < 0) return folder;
    }
  }
  #below(path: string, folder: Folder | undefined): Folder {
    const isDecided = folder?.isClosed === true || folder?.invalid !== undefined;
    return isDecided ? folder : this.verdictOn(path, folder);
  }
}

/** The texts of patterns without `/**` at their end; undefined if one has a wildcard elsewhere. */
function prefixesOf(patterns: readonly Pattern[]): readonly string[] | undefined {
  const texts = patterns.map(({ text }) => text.replace(/\/\*\*$/, '').replace(/\/\*$/, ''));
  return texts.some((text) => /[*[\]?^\\]/.test(text)) ? undefined : texts;
}

function mayBeIn(prefixes: readonly string[] | undefined, folder: string): boolean {
  return prefixes?.some((text) => `${text}/`.startsWith(`${folder}/`)) ?? true;
}
