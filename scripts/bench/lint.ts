/** Times our linter and a peer's over the same texts in one process, in turns, so that a busy machine hurts both. */
import { document } from '../../server/src/document.ts';
import { lint } from '../../server/src/lint/lint.ts';
import type { LintConfig } from '../../server/src/lint/rule.ts';
import { rules } from '../../server/src/rules/index.ts';

const rounds = 25;

/** One for all files, as the server and the command line have it for a folder. */
const config: LintConfig = { rules: {} };

function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/**
 * Best of several rounds each, in milliseconds for all texts. Many rules mean much code, and V8 takes its time to have
 * compiled it all; the first, cold round counts for neither.
 */
export function compare(
  texts: readonly string[],
  validate: (text: string) => unknown,
): { readonly ours: number; readonly theirs: number } {
  let ours = Infinity;
  let theirs = Infinity;
  for (let round = 0; round <= rounds; round++) {
    const our = milliseconds(() => {
      for (const text of texts) lint(document('', text).model, rules, config);
    });
    const their = milliseconds(() => {
      for (const text of texts) validate(text);
    });
    if (round === 0) continue;
    ours = Math.min(ours, our);
    theirs = Math.min(theirs, their);
  }
  return { ours, theirs };
}
