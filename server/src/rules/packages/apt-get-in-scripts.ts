/** hadolint DL3027. */
import { t } from '@vscode/l10n';
import { rule, type Fix } from '../../lint/rule.ts';
import { apt } from '../../programs/apt.ts';
import { invoke } from '../../programs/program.ts';
import type { CommandAt } from '../../model/model.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';

/** They mean the same in both; `apt upgrade` does more, `apt list` is no command of apt-get. */
const same = ['update', 'install', 'reinstall', 'remove', 'purge', 'autoremove', 'clean', 'autoclean', 'build-dep', 'source', 'download']; // prettier-ignore

export default rule({
  summary: 'Use `apt-get` in scripts, not `apt`',
  why: '`apt` is made for people at a terminal; it warns itself that its command line is not stable in scripts. `apt-get` and `apt-cache` do the same and stay as they are.',
  severity: 'hint',
  fix: 'safe',
  since: '0.1.0',
  also: { hadolint: ['DL3027'] },
  links: [
    'https://manpages.debian.org/trixie/apt/apt.8.en.html#SCRIPT_USAGE_AND_DIFFERENCES_FROM_OTHER_APT_TOOLS',
  ],
  on: { commands: ['apt'] },
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        RUN «apt» update && \
            «apt» install -y --no-install-recommends git && \
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
    for (const met of model.commands('apt')) {
      const { name } = met.command;
      if (name === undefined) continue;
      const fix = asAptGet(met);
      report({
        at: name,
        message: t('`apt` is for terminals, and its command line may change'),
        // hadolint does not look behind `sudo` and its like.
        ...(met.via === 'wrapped' && { also: [] }),
        ...(fix && { fix }),
      });
    }
  },
});

function asAptGet({ command, via }: CommandAt): Fix | undefined {
  const { name } = command;
  const subcommand = invoke(command, apt)?.subcommand?.text ?? '';
  if (name === undefined || via === 'nested' || !same.includes(subcommand)) return undefined;
  if (name.raw !== name.text) return undefined;
  return { title: t('Write {0}', 'apt-get'), edits: [insert(name.span.end, '-get')] };
}
