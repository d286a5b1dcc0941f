/** hadolint DL3008. Off by default: Debian removes a version after the next update (hadolint #408, #662). */
import { reportSteps, type StepProblem } from '../../lint/checks/report-by-step.ts';
import { rule } from '../../lint/rule.ts';
import { aptLike } from '../../programs/apt.ts';
import { dockerfile } from '../../text/dedent.ts';
import { installsOf } from '../../model/installs.ts';
import { hasExpansion, unpinnedProblem } from '../../lint/checks/unpinned-packages.ts';

export default rule({
  summary: 'Pin package versions in `apt-get install`',
  why: 'Without a version, the newest package of the release is installed, so two builds of the same file can differ. This rule is off by default because Debian and Ubuntu remove a version once an update is published: the build then fails until the pinned version is changed.',
  severity: 'off',
  since: '0.1.0',
  also: { hadolint: ['DL3008'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3008'],
  on: { commands: aptLike },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN apt-get update && \
            apt-get install -y --no-install-recommends «git» && \
            rm -rf /var/lib/apt/lists/*
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN apt-get update && \
            apt-get install -y --no-install-recommends git=1:2.47.3-0+deb13u1 && \
            rm -rf /var/lib/apt/lists/*
      `,
    },
  ],
  check({ model, report }) {
    const problems: StepProblem[] = [];
    for (const found of installsOf(model, 'apt', aptLike)) {
      const { packages, invocation } = found.install;
      const problem = unpinnedProblem(
        packages,
        (one) => one.version === undefined && one.from === 'registry' && !hasExpansion(one),
      );
      if (problem === undefined) continue;
      const also = invocation.name === 'apt-get' ? ['DL3008'] : [];
      problems.push({ run: found.run, problem: { ...problem, also } });
    }
    reportSteps(problems, report);
  },
});
