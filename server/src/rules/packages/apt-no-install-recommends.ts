/** hadolint DL3015. The fix is unsafe because a program may need a recommended package. */
import { rule } from '../../lint/rule.ts';
import { apt, aptLike } from '../../programs/apt.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import type { Command, ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use `--no-install-recommends` with `apt-get install`',
  why: 'By default, Debian and Ubuntu also install recommended packages, such as documentation, graphical libraries or a second Python. Images rarely need them, and they often take several hundred megabytes. If the program needs a recommended package, name it in the command.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3015'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3015'],
  on: { commands: aptLike },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN apt-get update && \
            «apt-get install» -y git && \
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
    for (const { command, via } of model.commands(...aptLike)) {
      const install = invoke(command, apt);
      const { subcommand } = install ?? {};
      if (!install || !subcommand || !isVerb(install, apt.verbs.install)) continue;
      if (install.has('--no-install-recommends', '--without-recommends', '-R')) continue;
      const option =
        install.name === 'aptitude' ? '--without-recommends' : '--no-install-recommends';
      const settings = install.values('-o', '--option');
      if (settings.some(({ text }) => /Install-Recommends["']?=["']?(?:false|0|no)/i.test(text)))
        continue;
      report({
        at: { span: { start: command.span.start, end: subcommand.span.end } },
        message: t('`{0} install` also installs recommended packages', install.name),
        also: install.name === 'apt-get' ? ['DL3015'] : [],
        ...(via !== 'nested' && {
          fix: {
            title: t('Add `{0}`', option),
            edits: [insert(insertionPoint(command, subcommand), ` ${option}`)],
            safe: false,
          },
        }),
      });
    }
  },
});

/** The end of a `-y` directly after the subcommand, where most authors write it, or of the subcommand. */
function insertionPoint({ args }: Command, subcommand: ShellWord): number {
  const next = args[args.indexOf(subcommand) + 1];
  return (next && /^(?:-q*y|-yq*|--yes|--assume-yes)$/.test(next.raw) ? next : subcommand).span.end;
}
