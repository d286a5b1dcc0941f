/** Applies the fixes of findings to a text. Does not depend on any rule. */
import { applyEdits, overlaps, type Edit } from '../text/edit.ts';
import { firstFrom } from '../text/sorted.ts';
import type { Finding } from './rule.ts';

/** A fix may allow another one; more rounds than this mean that two rules contradict each other. */
const mostRounds = 10;

/** The text after all fixes, and how many were applied. */
export function fixAll(
  text: string,
  lintText: (text: string) => readonly Finding[],
  safety: 'safe' | 'unsafe',
): { readonly text: string; readonly applied: number } {
  let now = text;
  let applied = 0;
  for (let round = 0; round < mostRounds; round++) {
    const chosen = choose(lintText(now), safety);
    const next = applyEdits(now, chosen.flat());
    if (next === now) break;
    applied += chosen.length;
    now = next;
  }
  return { text: now, applied };
}

/** The edits of fixes that do not overlap; of two that do, the first by position. */
function choose(
  findings: readonly Finding[],
  safety: 'safe' | 'unsafe',
): readonly (readonly Edit[])[] {
  const taken: Edit[] = [];
  return findings
    .flatMap(({ fix }) => (fix && (safety === 'unsafe' || fix.safe !== false) ? [fix.edits] : []))
    .sort((a, b) => startOf(a) - startOf(b))
    .filter((edits) => {
      if (edits.some((edit) => overlapsAny(edit, taken))) return false;
      for (const edit of edits) insertSorted(taken, edit);
      return true;
    });
}

/** Whether an edit overlaps one of others, which are sorted and do not overlap each other. */
function overlapsAny(edit: Edit, sorted: readonly Edit[]): boolean {
  for (let i = firstFrom(sorted, edit.span.end + 1) - 1; i >= 0; i--) {
    const other = sorted[i];
    if (other === undefined || other.span.end < edit.span.start) return false;
    if (overlaps(edit, other)) return true;
  }
  return false;
}

function insertSorted(sorted: Edit[], edit: Edit): void {
  let at = firstFrom(sorted, edit.span.start);
  while ((sorted[at]?.span.start ?? Infinity) === edit.span.start) {
    if ((sorted[at]?.span.end ?? 0) > edit.span.end) break;
    at++;
  }
  sorted.splice(at, 0, edit);
}

function startOf(edits: readonly Edit[]): number {
  return edits.reduce((first, { span }) => Math.min(first, span.start), Infinity);
}
