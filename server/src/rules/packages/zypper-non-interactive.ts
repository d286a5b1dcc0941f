/** hadolint DL3034. */
import { rule } from '../../lint/rule.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { zypper, zypperLike, zypperSources } from '../../programs/zypper.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

const { install, remove, upgrade } = zypper.verbs;
const hadolintSubcommands = [...install, ...remove, ...zypperSources, 'patch'];

export default rule({
  summary: 'Use `zypper --non-interactive`',
  why: 'zypper waits for confirmation before it installs, updates or removes packages. Input is not available in a build, so the step fails.',
  severity: 'warning',
  fix: 'safe',
  since: '0.1.0',
  also: { hadolint: ['DL3034'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3034'],
  on: { commands: zypperLike },
  examples: [
    {
      bad: dockerfile`
        FROM opensuse/leap:16.0
        RUN «zypper install» nginx=1.27.2 && zypper clean --all
      `,
      good: dockerfile`
        FROM opensuse/leap:16.0
        RUN zypper -n install nginx=1.27.2 && zypper clean --all
      `,
    },
  ],
  check({ model, report }) {
    for (const { command, via, ancestors } of model.commands(...zypperLike)) {
      const invocation = invoke(command, zypper);
      const { subcommand } = invocation ?? {};
      if (!invocation || !subcommand) continue;
      if (!isVerb(invocation, install, remove, upgrade, zypperSources)) continue;
      if (invocation.has('-n', '--non-interactive', '-y', '--no-confirm')) continue;
      if (ancestors.some(({ kind }) => kind === 'pipeline') || command.name === undefined) continue;
      report({
        at: { span: { start: command.span.start, end: subcommand.span.end } },
        message: t(
          '`zypper {0}` without `--non-interactive` waits for confirmation and fails',
          subcommand.text,
        ),
        also: hadolintSubcommands.includes(subcommand.text) ? ['DL3034'] : [],
        ...(via !== 'nested' && {
          fix: { title: t('Add `{0}`', '-n'), edits: [insert(command.name.span.end, ' -n')] },
        }),
      });
    }
  },
});
