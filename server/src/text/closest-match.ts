/** The candidate that is most similar to a word, if at most a third of its characters differ; case is ignored. */
export function closestMatch(word: string, candidates: Iterable<string>): string | undefined {
  const written = word.toLowerCase();
  let best: string | undefined;
  let least = Infinity;
  for (const candidate of candidates) {
    const limit = Math.floor(Math.max(candidate.length, written.length) / 3);
    if (Math.abs(candidate.length - written.length) > limit) continue;
    const edits = distance(written, candidate.toLowerCase());
    if (edits <= limit && edits < least) [best, least] = [candidate, edits];
  }
  return best;
}

/** Damerau-Levenshtein distance: the number of inserted, deleted, replaced and swapped characters. */
function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(at(row, j - 1) + 1, at(last, j) + 1, at(last, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, at(beforeLast, j - 2) + 1);
      }
      row.push(least);
    }
    [beforeLast, last] = [last, row];
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}

/** Collecting few names may take as long as comparing this many. */
const least = 20;

/** Finds similar names for many words. After a limit, no more are found: with thousands of both, that would take minutes. */
export class SimilarNames {
  /** How many names may still be compared. */
  #left = 100_000;

  /** The name that is most similar to a word, if one is similar and the limit is not reached. */
  closestTo(word: string, names: () => readonly string[]): string | undefined {
    if (this.#left <= 0) return undefined;
    const candidates = names();
    this.#left -= Math.max(candidates.length, least);
    return closestMatch(word, candidates);
  }
}
