/** hadolint DL3034. */
import { rule } from '../../lint/rule.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { zypper, zypperLike, zypperSources } from '../../programs/zypper.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

const { install, remove, upgrade } = zypper.verbs;
/** Those of which hadolint knows that they ask. */
const byHadolint = [...install, ...remove, ...zypperSources, 'patch'];

export default rule({
  summary: 'Let zypper go ahead with `--non-interactive`',
  why: 'zypper asks before it changes anything, and nobody answers in a build: the step fails.',
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
    for (const { command, via, inside } of model.commands(...zypperLike)) {
      const called = invoke(command, zypper);
      const { subcommand } = called ?? {};
      if (!called || !subcommand) continue;
      if (!isVerb(called, install, remove, upgrade, zypperSources)) continue;
      if (called.has('-n', '--non-interactive', '-y', '--no-confirm')) continue;
      if (inside.some(({ kind }) => kind === 'pipeline') || command.name === undefined) continue;
      report({
        at: { span: { start: command.span.start, end: subcommand.span.end } },
        message: t('`zypper {0}` asks, and nobody answers', subcommand.text),
        also: byHadolint.includes(subcommand.text) ? ['DL3034'] : [],
        ...(via !== 'nested' && {
          fix: { title: t('Add {0}', '-n'), edits: [insert(command.name.span.end, ' -n')] },
        }),
      });
    }
  },
});
