/**
 * Compares an ignore file with the files of a context: what is excluded by which pattern, and what each pattern matches.
 * Works in steps, since a context may have a hundred thousand files.
 */
import type { ContextTree } from './context-tree.ts';
import { globOf, type Glob } from './glob.ts';
import { ignoreFilter, isAccepted, usedPattern, type Verdict } from './ignore-filter.ts';

/** What one pattern matches, whatever the other patterns are. */
export interface PatternMatches {
  readonly files: number;
  readonly directories: number;
  readonly bytes: number;
  /** The number of files and directories that it decides on, because no later pattern changes its decision. */
  readonly decides: number;
  /** For files that another pattern decides on: the index of that pattern, and how many files. */
  readonly decidedBy: ReadonlyMap<number, number>;
}

export interface Decision {
  readonly isExcluded: boolean;
  /** The index of the pattern that decides; -1 if none matches. */
  readonly by: number;
  /** Whether it is excluded without being compared, since the builder does not read its directory. */
  readonly isClosed: boolean;
}

export interface IgnoreMatches {
  /** By the indexes of the patterns. Empty for patterns that Docker skips. */
  readonly patterns: readonly PatternMatches[];
  /** By the indexes of the entries. */
  readonly decisions: readonly Decision[];
  /** Whether Docker rejects the file, so that nothing is decided. */
  readonly isRejected: boolean;
  /** The pattern that makes the build fail when it is used, if it was used. */
  readonly invalid?: string;
}

/** Compares patterns of `ignorePatterns` with a tree; `step` does a part of the work and returns whether more is left. */
export class IgnoreComparison {
  readonly #tree: ContextTree;
  readonly #counts: Counts[];
  readonly #globs: readonly (Glob | undefined)[];
  readonly #filter: ReturnType<typeof ignoreFilter>;
  /** The index of a pattern in the list by its index in the filter, which leaves some out. */
  readonly #indexes: readonly number[];
  readonly #decisions: Decision[] = [];
  readonly #verdicts: (Verdict | undefined)[] = [];
  readonly #matched: (readonly number[])[] = [];
  #invalid: string | undefined;

  /** `countsMatches` is false if only the decisions are needed, which is faster. */
  constructor(tree: ContextTree, patterns: readonly string[], countsMatches = true) {
    this.#tree = tree;
    const used = patterns.map((pattern) => usedPattern(pattern));
    this.#counts = patterns.map(() => ({ files: 0, directories: 0, bytes: 0, decides: 0, decidedBy: new Map() })); // prettier-ignore
    this.#globs = used.map((one) =>
      countsMatches && one !== undefined && isAccepted(one.text) ? globOf(one.text) : undefined,
    );
    this.#filter = ignoreFilter(patterns);
    this.#indexes = used.flatMap((one, i) => (one === undefined ? [] : [i]));
  }

  /** Compares this number of entries. */
  step(count: number): boolean {
    const { entries } = this.#tree;
    const end = Math.min(entries.length, this.#decisions.length + count);
    for (let i = this.#decisions.length; i < end; i++) this.#compare(i);
    return end < entries.length;
  }

  /** The result when `step` has returned false. */
  get result(): IgnoreMatches {
    return {
      patterns: this.#counts,
      decisions: this.#decisions,
      isRejected: this.#filter === undefined,
      ...(this.#invalid !== undefined && { invalid: this.#invalid }),
    };
  }

  #compare(i: number): void {
    const entry = this.#tree.entries[i];
    if (entry === undefined) return;
    const { path, parent, kind, bytes } = entry;
    const decision = this.#decide(i, path, parent);
    this.#decisions.push(decision);
    const above = this.#matched[parent] ?? none;
    const matched: number[] = [];
    for (let at = 0, next = 0; at < this.#globs.length; at++) {
      const isInherited = above[next] === at;
      if (isInherited) next++;
      if (isInherited || this.#globs[at]?.(path) === true) matched.push(at);
    }
    // Children share the list of their directory where it is the same.
    this.#matched.push(matched.length === above.length ? above : matched);
    const weight = { kind, bytes };
    for (const at of matched) count(this.#counts[at], weight, decision.by === at, decision.by);
  }

  #decide(i: number, path: string, parent: number): Decision {
    const above = this.#decisions[parent];
    const parentVerdict = this.#verdicts[parent];
    if (above?.isClosed === true) {
      this.#verdicts[i] = parentVerdict;
      return above;
    }
    const verdict = this.#filter?.verdictOn(path, parentVerdict);
    this.#verdicts[i] = verdict;
    if (verdict === undefined) return included;
    if (verdict.invalid !== undefined) {
      this.#invalid ??= verdict.invalid;
      return included;
    }
    const { isExcluded, matched } = verdict;
    // The set is in the order of the patterns.
    let last = -1;
    for (const at of matched) last = at;
    return {
      isExcluded,
      by: last < 0 ? -1 : (this.#indexes[last] ?? -1),
      isClosed: isExcluded && this.#filter?.mayInclude(path) !== true,
    };
  }
}

interface Counts {
  files: number;
  directories: number;
  bytes: number;
  decides: number;
  readonly decidedBy: Map<number, number>;
}

const none: readonly number[] = [];
const included: Decision = { isExcluded: false, by: -1, isClosed: false };

function count(
  counts: Counts | undefined,
  { kind, bytes }: { readonly kind: string; readonly bytes: number },
  isDecided: boolean,
  by: number,
): void {
  if (counts === undefined) return;
  if (kind === 'directory') counts.directories++;
  else counts.files++;
  counts.bytes += bytes;
  if (isDecided) counts.decides++;
  else if (kind !== 'directory') counts.decidedBy.set(by, (counts.decidedBy.get(by) ?? 0) + 1);
}
