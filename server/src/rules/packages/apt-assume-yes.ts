/** hadolint DL3014. */
import { rule } from '../../lint/rule.ts';
import { apt, aptLike } from '../../programs/apt.ts';
import { invoke, type Invocation, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use `-y` with `apt-get install`',
  why: 'apt waits for confirmation before it installs more packages than the command names. Input is not available in a build, so apt stops with `Abort.` and the step fails.',
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
    for (const { command, via, ancestors } of model.commands(...aptLike)) {
      const install = invoke(command, apt);
      const { subcommand } = install ?? {};
      if (!install || !subcommand || !isVerb(install, apt.verbs.install)) continue;
      if (install.has('-y', '--yes', '--assume-yes', '-qq') || isVeryQuiet(install)) continue;
      if (install.has('-s', '--simulate', '-d', '--print-uris')) continue;
      const settings = install.values('-o', '--option');
      if (settings.some(({ text }) => /Assume-Yes/i.test(text))) continue;
      // `yes | apt-get install` confirms as well.
      if (ancestors.some(({ kind }) => kind === 'pipeline')) continue;
      report({
        at: { span: { start: command.span.start, end: subcommand.span.end } },
        message: t('`{0} install` without `-y` waits for confirmation and fails', install.name),
        also: install.name === 'apt-get' ? ['DL3014'] : [],
        ...(via !== 'nested' && {
          fix: { title: t('Add `{0}`', '-y'), edits: [insert(subcommand.span.end, ' -y')] },
        }),
      });
    }
  },
});

/** Whether quiet is given twice, in any spelling, which implies `--assume-yes`. */
function isVeryQuiet({ options }: Invocation): boolean {
  const quiet = options.filter(({ name }) => name === '-q' || name === '--quiet');
  return quiet.length > 1 || quiet.some(({ value }) => Number(value?.text) >= 2);
}
