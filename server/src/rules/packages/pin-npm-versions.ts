/** hadolint DL3016, also for yarn and pnpm. */
import { reportSteps, type StepProblem } from '../../lint/checks/report-by-step.ts';
import { rule } from '../../lint/rule.ts';
import type { Package } from '../../programs/install.ts';
import { npmLike } from '../../programs/npm.ts';
import { yarnLike } from '../../programs/yarn.ts';
import { pnpmLike } from '../../programs/pnpm.ts';
import { dockerfile } from '../../text/dedent.ts';
import { installsOf } from '../../model/installs.ts';
import { hasExpansion, unpinnedProblem } from '../../lint/checks/unpinned-packages.ts';

export default rule({
  summary: 'Pin package versions in `npm install`',
  why: 'Without a version, the newest package on the day of the build is installed. That can be a major release with incompatible changes, or one that an attacker published.',
  severity: 'info',
  since: '0.1.0',
  also: { hadolint: ['DL3016'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3016'],
  on: { commands: [...npmLike, ...yarnLike, ...pnpmLike] },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        RUN npm install -g «serve»
      `,
      good: dockerfile`
        FROM node:24-slim
        RUN npm install -g serve@14.2.5
      `,
    },
  ],
  check({ model, report }) {
    const found = [
      ...installsOf(model, 'npm', npmLike),
      ...installsOf(model, 'yarn', yarnLike),
      ...installsOf(model, 'pnpm', pnpmLike),
    ];
    const problems: StepProblem[] = [];
    for (const { install, run } of found) {
      const problem = unpinnedProblem(install.packages, isUnpinned);
      if (problem === undefined) continue;
      const byHadolint =
        install.manager === 'npm' && install.invocation.subcommand?.text === 'install';
      problems.push({ run, problem: { ...problem, also: byHadolint ? ['DL3016'] : [] } });
    }
    reportSteps(problems, report);
  },
});

function isUnpinned(one: Package): boolean {
  const { word, version, from } = one;
  if (hasExpansion(one) || /\.(?:tar|tar\.gz|tgz)$/.test(word.text)) return false;
  if (/^git(?:\+|:)|\.git$/.test(word.text)) return !word.text.includes('#');
  if (/^https?:/.test(word.text)) return false;
  if (from === 'url') return !word.text.includes('#');
  return from === 'registry' && version === undefined;
}
