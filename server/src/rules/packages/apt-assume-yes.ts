/** hadolint DL3014. */
import { rule } from '../../lint/rule.ts';
import { apt, aptLike } from '../../programs/apt.ts';
import { invoke, type Invocation, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Install with `-y`',
  why: 'apt asks before it installs more than it was told, and nobody answers in a build: it stops with “Abort.”',
  severity: 'warning',
  fix: 'safe',
  since: '0.1.0',
  also: { hadolint: ['DL3014'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3014'],
  on: { commands: aptLike },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN apt-get update && \
            «apt-get install» --no-install-recommends git && \
            rm -rf /var/lib/apt/lists/*
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        RUN apt-get update && \
            apt-get install -y --no-install-recommends git && \
            rm -rf /var/lib/apt/lists/*
      `,
    },
  ],
  check({ model, report }) {
    for (const { command, via, inside } of model.commands(...aptLike)) {
      const install = invoke(command, apt);
      const { subcommand } = install ?? {};
      if (!install || !subcommand || !isVerb(install, apt.verbs.install)) continue;
      if (install.has('-y', '--yes', '--assume-yes', '-qq') || isVeryQuiet(install)) continue;
      if (install.has('-s', '--simulate', '-d', '--print-uris')) continue;
      const settings = install.values('-o', '--option');
      if (settings.some(({ text }) => /Assume-Yes/i.test(text))) continue;
      // `yes | apt-get install` answers all the same.
      if (inside.some(({ kind }) => kind === 'pipeline')) continue;
      report({
        at: { span: { start: command.span.start, end: subcommand.span.end } },
        message: t('`{0} install` asks, and nobody answers', install.name),
        also: install.name === 'apt-get' ? ['DL3014'] : [],
        ...(via !== 'nested' && {
          fix: { title: t('Add {0}', '-y'), edits: [insert(subcommand.span.end, ' -y')] },
        }),
      });
    }
  },
});

/** Twice quiet means yes, in any spelling. */
function isVeryQuiet({ options }: Invocation): boolean {
  const quiet = options.filter(({ name }) => name === '-q' || name === '--quiet');
  return quiet.length > 1 || quiet.some(({ value }) => Number(value?.text) >= 2);
}
