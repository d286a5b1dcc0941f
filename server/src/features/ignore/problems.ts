/** What is wrong in an ignore file according to its text alone. */
import { t } from '../../text/translation.ts';
import type { IgnoreDocument } from './ignore-document.ts';
import { patternProblem } from './pattern-problems.ts';
import { removal, type IgnoreProblem } from './problem.ts';
import { repeatedPatterns } from './repeated-patterns.ts';

/** At most one problem for each line, in the order of the lines. */
export function textProblems(document: IgnoreDocument): readonly IgnoreProblem[] {
  const found = new Map<number, IgnoreProblem>();
  for (const line of document.all) {
    if (!line.isTooLong) continue;
    found.set(line.number, {
      code: 'ignore-line-too-long',
      line: line.number,
      span: line.span,
      message: t('Docker rejects files with a line of 64 KiB or more, so the build fails'),
      severity: 'error',
      fixes: [removal(document, line)],
    });
  }
  for (const pattern of document.patterns) {
    if (found.has(pattern.number)) continue;
    const problem = patternProblem(document, pattern);
    if (problem !== undefined) found.set(pattern.number, problem);
  }
  for (const problem of repeatedPatterns(document)) {
    if (!found.has(problem.line)) found.set(problem.line, problem);
  }
  return [...found.values()].sort((a, b) => a.line - b.line);
}
