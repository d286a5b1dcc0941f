/** Repairs a text by the fixes of its findings. Knows no rule by name. */
import { applyEdits, overlaps, type Edit } from '../text/edit.ts';
import type { Finding } from './rule.ts';

/** A fix may make room for another; more rounds than these mean that two rules disagree. */
const mostRounds = 10;

/** The text when nothing is left to fix, and how many fixes that took. */
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

/** The edits of fixes that do not touch each other; of two that do, the first by position. */
function choose(
  findings: readonly Finding[],
  safety: 'safe' | 'unsafe',
): readonly (readonly Edit[])[] {
  const taken: Edit[] = [];
  return findings
    .flatMap(({ fix }) => (fix && (safety === 'unsafe' || fix.safe !== false) ? [fix.edits] : []))
    .sort((a, b) => startOf(a) - startOf(b))
    .filter((edits) => {
      if (edits.some((edit) => taken.some((other) => overlaps(edit, other)))) return false;
      taken.push(...edits);
      return true;
    });
}

function startOf(edits: readonly Edit[]): number {
  return edits.reduce((first, { span }) => Math.min(first, span.start), Infinity);
}
