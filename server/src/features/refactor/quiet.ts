/** Leaves out refactorings after which rules report more than before. */
import type { Finding } from '../../lint/rule.ts';
import { answerForEachText, type Document } from '../../model/document.ts';
import { applyEdits } from '../../text/edit.ts';
import type { Refactoring } from './refactoring.ts';

/** Characters. Checking a longer file again for each refactoring would take too long. */
const longestChecked = 200_000;

/**
 * The refactorings that add no finding of any rule. `findings` are those of the document, `lint` finds those of another
 * text.
 */
export function quiet(
  document: Document,
  found: readonly Refactoring[],
  {
    findings,
    lint,
  }: {
    readonly findings: readonly Finding[];
    readonly lint: (document: Document) => readonly Finding[];
  },
): readonly Refactoring[] {
  if (found.length === 0 || document.text.length > longestChecked) return found;
  const before = countsOf(findings);
  const check = answerForEachText(document, lint, { answer: findings });
  return found.filter(({ edits }) => {
    const after = countsOf(check(applyEdits(document.text, edits)));
    return [...after].every(([rule, count]) => count <= (before.get(rule) ?? 0));
  });
}

function countsOf(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}
