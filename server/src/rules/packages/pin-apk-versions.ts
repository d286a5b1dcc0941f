/** hadolint DL3018. Off by default: Alpine removes old versions, so that pinned builds fail (hadolint #408). */
import { reportSteps, type StepProblem } from '../../lint/checks/report-by-step.ts';
import { rule } from '../../lint/rule.ts';
import { apkLike } from '../../programs/apk.ts';
import { dockerfile } from '../../text/dedent.ts';
import { installsOf } from '../../model/installs.ts';
import { hasExpansion, unpinnedProblem } from '../../lint/checks/unpinned-packages.ts';

export default rule({
  summary: 'Pin package versions in `apk add`',
  why: 'Without a version, the newest package of the Alpine release is installed, so two builds of the same file can differ. This rule is off by default because Alpine does not keep old versions: `git=2.49.1-r0` fails after the next update, while `git~2.49` keeps working for longer.',
  severity: 'off',
  since: '0.1.0',
  also: { hadolint: ['DL3018'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3018'],
  on: { commands: apkLike },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        RUN apk add --no-cache «curl» "git~2.49"
      `,
      good: dockerfile`
        FROM alpine:3.22
        RUN apk add --no-cache "curl~8.14" "git~2.49"
      `,
    },
  ],
  check({ model, report }) {
    const problems: StepProblem[] = [];
    for (const { install, run } of installsOf(model, 'apk', apkLike)) {
      const problem = unpinnedProblem(
        install.packages,
        (one) =>
          one.version === undefined &&
          one.from === 'registry' &&
          !hasExpansion(one) &&
          // `!name` declares a conflict, which does not need a version.
          !one.name.startsWith('!'),
      );
      if (problem) problems.push({ run, problem });
    }
    reportSteps(problems, report);
  },
});
