/** hadolint DL3035. */
import { rule } from '../../lint/rule.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { zypper, zypperLike, zypperReleaseUpgrades } from '../../programs/zypper.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use a newer base image instead of `zypper dist-upgrade`',
  why: '`zypper dup` upgrades the whole distribution on top of the base image. The replaced files still take space in the layers below, and the result depends on the day of the build. A newer tag of the base image contains the same upgrade, already tested.',
  severity: 'info',
  since: '0.1.0',
  also: { hadolint: ['DL3035'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3035'],
  on: { commands: zypperLike },
  examples: [
    {
      bad: dockerfile`
        FROM opensuse/leap:15.6
        RUN «zypper -n dup» && zypper clean --all
      `,
      good: dockerfile`
        FROM opensuse/leap:16.0
      `,
    },
  ],
  check({ model, report }) {
    for (const { command } of model.commands(...zypperLike)) {
      const called = invoke(command, zypper);
      const subcommand = called?.subcommand;
      if (!subcommand || !isVerb(called, zypperReleaseUpgrades)) continue;
      report({
        at: { span: { start: command.span.start, end: subcommand.span.end } },
        message: t(
          '`zypper {0}` upgrades the whole distribution of the base image',
          subcommand.text,
        ),
      });
    }
  },
});
