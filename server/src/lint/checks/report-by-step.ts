/** One problem for a step, however many of its commands have it. */
import type { Problem, Report } from '../rule.ts';
import type { CommandAt } from '../../model/model.ts';
import type { Run } from '../../syntax/tree.ts';
import { t } from '../../text/translation.ts';

/** Reports the first of the commands of each step, with the others as related places and a fix for all of them. */
export function reportByStep(
  found: readonly CommandAt[],
  report: Report,
  problemFor: (at: CommandAt) => Problem,
): void {
  reportSteps(
    found.map((at) => ({ run: at.run, problem: problemFor(at) })),
    report,
  );
}

export interface StepProblem {
  readonly run: Run;
  readonly problem: Problem;
}

/** The same for problems that are known already; those of one step follow each other. */
export function reportSteps(found: Iterable<StepProblem>, report: Report): void {
  let step: Run | undefined;
  let problems: Problem[] = [];
  for (const { run, problem } of found) {
    if (run === step) {
      problems.push(problem);
      continue;
    }
    if (step !== undefined) reportStep(problems, report);
    step = run;
    problems = [problem];
  }
  if (step !== undefined) reportStep(problems, report);
}

function reportStep([first, ...more]: readonly Problem[], report: Report): void {
  if (first) report(more.length === 0 ? first : joined(first, more));
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
