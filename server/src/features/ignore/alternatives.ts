/** Patterns that were probably meant where one matches nothing. */
import type { ContextTree } from '../../ignore/context-tree.ts';
import { globOf, type Glob } from '../../ignore/glob.ts';
import type { Alternative } from './matches.ts';

/** The number of patterns for which others are searched; a file with more was written for another project. */
const most = 20;

interface Candidate {
  readonly used: string;
  readonly pattern: string;
  readonly matches: Glob;
  count: number;
}

/** Finds the alternatives in steps of some entries; `step` returns whether more is left. */
export class AlternativeSearch {
  readonly #tree: ContextTree;
  readonly #candidates: readonly Candidate[];
  readonly #sameLetters: ReadonlyMap<string, string>;
  readonly #found = new Map<string, Alternative>();
  #next = 0;

  /** `unmatched` are patterns without `!` that match nothing. */
  constructor(tree: ContextTree, unmatched: readonly string[]) {
    this.#tree = tree;
    const searched = [...new Set(unmatched)].slice(0, most);
    this.#candidates = searched.flatMap((used) => elsewhere(used));
    this.#sameLetters = new Map(
      searched.filter((used) => !/[*?[\\]/.test(used)).map((used) => [used.toLowerCase(), used]),
    );
  }

  step(count: number): boolean {
    const { entries } = this.#tree;
    if (this.#candidates.length === 0 && this.#sameLetters.size === 0) return false;
    const end = Math.min(entries.length, this.#next + count);
    for (; this.#next < end; this.#next++) this.#compare(entries[this.#next]?.path ?? '');
    return end < entries.length;
  }

  get result(): ReadonlyMap<string, Alternative> {
    for (const { used, pattern, count } of this.#candidates)
      if (count > 0 && !this.#found.has(used)) this.#found.set(used, { pattern, count });
    return this.#found;
  }

  #compare(path: string): void {
    for (const candidate of this.#candidates) if (candidate.matches(path)) candidate.count++;
    const used = this.#sameLetters.get(path.toLowerCase());
    if (used !== undefined) this.#found.set(used, { pattern: path, count: 1 });
  }
}

/** In `.gitignore`, a name matches in every directory; here only in the context itself. */
function elsewhere(used: string): readonly Candidate[] {
  if (used.includes('**') || used === '.' || used.startsWith('..'))
    return used === '.' ? all(used) : [];
  const pattern = `**/${used}`;
  const matches = globOf(pattern);
  return matches === undefined ? [] : [{ used, pattern, matches, count: 0 }];
}

/** `.` is the context itself, not a path in it. */
function all(used: string): readonly Candidate[] {
  return [{ used, pattern: '*', matches: (path) => !path.includes('/'), count: 0 }];
}
