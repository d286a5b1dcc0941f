/** What builds show in the text of Dockerfiles; loaded with the first build. */
import { BuildCostMarks } from './build-costs.ts';
import { BuildProblems } from './build-problems.ts';

export interface BuildMarks {
  readonly problems: BuildProblems;
  readonly costs: BuildCostMarks;
  dispose(): void;
}

/** Registers what shows the results of builds. */
export function createBuildMarks(): BuildMarks {
  const problems = new BuildProblems();
  const costs = new BuildCostMarks();
  return {
    problems,
    costs,
    dispose: () => {
      problems.dispose();
      costs.dispose();
    },
  };
}
