/** hadolint DL3008. Off: Debian keeps one version a release, and a pinned one is gone after the next fix (#408, #662). */
import { rule } from '../../lint/rule.ts';
import { aptLike } from '../../programs/apt.ts';
import { dockerfile } from '../../text/dedent.ts';
import { installsOf } from '../../model/installs.ts';
import { isOpen, loosePackages } from '../../lint/checks/loose-packages.ts';

export default rule({
  summary: 'Name the version of packages from apt',
  why: 'Without a version the newest package of the release is installed, so two builds of one file may differ. Mind that Debian and Ubuntu remove a version as soon as its fix is out: a pinned build then fails, and has to be mended by hand.',
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
    for (const found of installsOf(model, 'apt', aptLike)) {
      const { packages, invocation } = found.install;
      const problem = loosePackages(
        packages,
        (one) => one.version === undefined && one.from === 'registry' && !isOpen(one),
      );
      if (problem) report({ ...problem, also: invocation.name === 'apt-get' ? ['DL3008'] : [] });
    }
  },
});
