/** hadolint DL3037. */
import { reportSteps, type StepProblem } from '../../lint/checks/report-by-step.ts';
import { rule } from '../../lint/rule.ts';
import { zypperLike } from '../../programs/zypper.ts';
import { dockerfile } from '../../text/dedent.ts';
import { installsOf } from '../../model/installs.ts';
import { hasExpansion, unpinnedProblem } from '../../lint/checks/unpinned-packages.ts';

export default rule({
  summary: 'Pin package versions in `zypper install`',
  why: 'Without a version, the newest package in the repositories is installed. Two builds of the same file can differ, and an incompatible update breaks the image although the Dockerfile did not change.',
  severity: 'hint',
  since: '0.1.0',
  also: { hadolint: ['DL3037'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3037'],
  on: { commands: zypperLike },
  examples: [
    {
      bad: dockerfile`
        FROM opensuse/leap:16.0
        RUN zypper -n install «nginx» && zypper clean --all
      `,
      good: dockerfile`
        FROM opensuse/leap:16.0
        RUN zypper -n install nginx=1.27.2 && zypper clean --all
      `,
    },
  ],
  check({ model, report }) {
    const problems: StepProblem[] = [];
    for (const { install, run } of installsOf(model, 'zypper', zypperLike)) {
      const type = install.invocation.value('-t', '--type')?.text ?? 'package';
      if (type !== 'package') continue;
      const problem = unpinnedProblem(
        install.packages,
        (one) => one.version === undefined && one.from === 'registry' && !hasExpansion(one),
      );
      if (problem) problems.push({ run, problem });
    }
    reportSteps(problems, report);
  },
});
