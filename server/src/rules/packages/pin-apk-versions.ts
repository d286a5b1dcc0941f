/** hadolint DL3018. Off: Alpine removes old versions from its repositories, so that pinned builds fail (#408). */
import { rule } from '../../lint/rule.ts';
import { apkLike } from '../../programs/apk.ts';
import { dockerfile } from '../../text/dedent.ts';
import { installsOf } from '../../model/installs.ts';
import { isOpen, loosePackages } from '../../lint/checks/loose-packages.ts';

export default rule({
  summary: 'Name the version of packages from apk',
  why: 'Without a version the newest package of the release is installed, so two builds of one file may differ. Mind that Alpine keeps no old versions: `git=2.49.1-r0` fails after the next fix, `git~2.49` goes on longer.',
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
    for (const { install } of installsOf(model, 'apk', apkLike)) {
      const problem = loosePackages(
        install.packages,
        (one) =>
          one.version === undefined &&
          one.from === 'registry' &&
          !isOpen(one) &&
          // `!name` is a conflict, which has no version to name.
          !one.name.startsWith('!'),
      );
      if (problem) report(problem);
    }
  },
});
