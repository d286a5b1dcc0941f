/** hadolint DL3027. */
import { rule, type Fix } from '../../lint/rule.ts';
import { apt } from '../../programs/apt.ts';
import { invoke } from '../../programs/program.ts';
import type { CommandAt } from '../../model/model.ts';
import type { Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert, replace, type Edit } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

/** Subcommands with the same meaning in both; `apt list`, for example, does not exist in apt-get. */
const commonSubcommands = ['update', 'install', 'reinstall', 'remove', 'purge', 'autoremove', 'clean', 'autoclean', 'build-dep', 'source', 'download']; // prettier-ignore

export default rule({
  summary: 'Use `apt-get` instead of `apt`',
  why: '`apt` is meant for interactive use, and it prints a warning that its command-line interface is not stable in scripts. `apt-get` and `apt-cache` provide the same functions with a stable interface.',
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
      const fix = aptGetFix([first, ...more]);
      report({
        at: name,
        message: t('`apt` is meant for interactive use; its command-line interface may change'),
        // hadolint does not check commands after `sudo` and similar ones.
        ...([first, ...more].every(({ via }) => via === 'wrapped') && { also: [] }),
        ...(more.length > 0 && {
          related: more.map(({ command }) => ({
            at: command,
            message: t('`apt` is also used here'),
          })),
        }),
        ...(fix && { fix }),
      });
    }
  },
});

function aptGetFix(step: readonly CommandAt[]): Fix | undefined {
  const edits = step.flatMap(aptGetEdits);
  return edits.length > 0
    ? { title: t('Replace `{0}` with `{1}`', 'apt', 'apt-get'), edits }
    : undefined;
}

function aptGetEdits({ command, via }: CommandAt): readonly Edit[] {
  const { name } = command;
  const subcommand = invoke(command, apt)?.subcommand;
  if (name === undefined || subcommand === undefined || via === 'nested') return [];
  if (name.raw !== name.text) return [];
  const asAptGet = insert(name.span.end, '-get');
  if (commonSubcommands.includes(subcommand.text)) return [asAptGet];
  if (subcommand.raw !== subcommand.text) return [];
  // Unlike `apt-get upgrade`, `apt upgrade` installs packages that only the newer version requires.
  if (subcommand.text === 'upgrade')
    return [asAptGet, insert(subcommand.span.end, ' --with-new-pkgs')];
  return subcommand.text === 'full-upgrade'
    ? [asAptGet, replace(subcommand.span, 'dist-upgrade')]
    : [];
}
