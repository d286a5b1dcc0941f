/** hadolint DL3027. */
import { rule, type Fix } from '../../lint/rule.ts';
import { apt } from '../../programs/apt.ts';
import { invoke } from '../../programs/program.ts';
import type { CommandAt } from '../../model/model.ts';
import type { Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert, replace, type Edit } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

/** They mean the same in both; `apt list` is no command of apt-get. */
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
            apt install -y --no-install-recommends git && \
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
    const found = new Map<Run, CommandAt[]>();
    for (const at of model.commands('apt')) {
      const group = found.get(at.run);
      if (group) group.push(at);
      else found.set(at.run, [at]);
    }
    for (const [first, ...more] of found.values()) {
      const name = first?.command.name;
      if (first === undefined || name === undefined) continue;
      const fix = asAptGet([first, ...more]);
      report({
        at: name,
        message: t('`apt` is for terminals, and its command line may change'),
        // hadolint does not look behind `sudo` and its like.
        ...([first, ...more].every(({ via }) => via === 'wrapped') && { also: [] }),
        ...(more.length > 0 && {
          related: more.map(({ command }) => ({ at: command, message: t('Here again') })),
        }),
        ...(fix && { fix }),
      });
    }
  },
});

function asAptGet(step: readonly CommandAt[]): Fix | undefined {
  const edits = step.flatMap(inOne);
  return edits.length > 0 ? { title: t('Write {0}', 'apt-get'), edits } : undefined;
}

function inOne({ command, via }: CommandAt): readonly Edit[] {
  const { name } = command;
  const subcommand = invoke(command, apt)?.subcommand;
  if (name === undefined || subcommand === undefined || via === 'nested') return [];
  if (name.raw !== name.text) return [];
  const asGet = insert(name.span.end, '-get');
  if (same.includes(subcommand.text)) return [asGet];
  if (subcommand.raw !== subcommand.text) return [];
  // Unlike `apt-get`, it installs what a newer version needs more than the old one.
  if (subcommand.text === 'upgrade')
    return [asGet, insert(subcommand.span.end, ' --with-new-pkgs')];
  return subcommand.text === 'full-upgrade'
    ? [asGet, replace(subcommand.span, 'dist-upgrade')]
    : [];
}
