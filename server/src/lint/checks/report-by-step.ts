/** One problem for a step, however many of its commands have it. */
import type { Problem, Report } from '../rule.ts';
import type { CommandAt } from '../../model/model.ts';
import { t } from '../../text/translation.ts';

/** Reports the first of the commands of each step, with the others as related places and a fix for all of them. */
export function reportByStep(
  found: readonly CommandAt[],
  report: Report,
  problemFor: (at: CommandAt) => Problem,
): void {
  for (let i = 0; i < found.length;) {
    const run = found[i]?.run;
    const problems: Problem[] = [];
    for (; i < found.length && found[i]?.run === run; i++) {
      const at = found[i];
      if (at) problems.push(problemFor(at));
    }
    const [first, ...more] = problems;
    if (first) report(more.length === 0 ? first : joined(first, more));
  }
}

function joined(first: Problem, more: readonly Problem[]): Problem {
  const fixes = [first, ...more].flatMap(({ fix }) => (fix ? [fix] : []));
  const [fix] = fixes;
  const codes = [first, ...more].flatMap(({ also }) => also ?? []);
  return {
    ...first,
    ...(first.also && { also: [...new Set(codes)] }),
    ...(fix && { fix: { ...fix, edits: fixes.flatMap(({ edits }) => edits) } }),
    related: more.map(({ at }) => ({ at, message: t('Repeated here') })),
  };
}
