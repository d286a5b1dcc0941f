/** hadolint DL3032 (yum) and DL3040 (dnf, microdnf): for stages that are shipped, and behind the last install. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { dnf } from '../../programs/dnf.ts';
import { invoke } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { appendCommand } from '../../lint/edits/appended-command.ts';
import { isRemovedLater, laterCommands } from '../../model/later-commands.ts';
import { isMounted } from '../../model/mounts.ts';
import { isShipped } from '../../model/lineage.ts';

const names = ['yum', 'dnf', 'microdnf', 'dnf5', 'tdnf'];
const byDnf = ['install', 'in', 'upgrade', 'up', 'upgrade-minimal', 'up-min', 'reinstall', 'rei'];
const fetches = [...byDnf, 'update', 'groupinstall', 'localinstall', 'group', 'module', 'makecache']; // prettier-ignore
const caches = /\/var\/cache\/?(?:(?:yum|dnf|libdnf5|tdnf)\b.*|\*)?$/;

export default rule({
  summary: 'Clear the cache of yum and dnf in the step that filled it',
  why: 'The lists of the repositories weigh some 50 to 200 MB, and are stale tomorrow. `dnf clean all` in the same `RUN` keeps them out of the layer; in a later one it is too late.',
  severity: 'info',
  fix: 'safe',
  since: '0.1.0',
  also: { hadolint: ['DL3032', 'DL3040'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3040'],
  on: { commands: names },
  examples: [
    {
      bad: dockerfile`
        FROM almalinux:10
        RUN «dnf install -y httpd-2.4.63»
      `,
      good: dockerfile`
        FROM almalinux:10
        RUN dnf install -y httpd-2.4.63 && dnf clean all
      `,
    },
  ],
  check({ model, report }) {
    const found = [...model.commands(...names)].filter((at) => fetches.includes(verb(at) ?? ''));
    for (const [i, at] of found.entries()) {
      const { run, stage, command } = at;
      // Of several in one step the last one is told of.
      if (stage === undefined || found[i + 1]?.run === run) continue;
      if (!(isShipped(model, stage) || run.onbuild) || isKept(at) || isCleaned(model, at)) continue;
      const name = invoke(command, dnf)?.name ?? 'dnf';
      const fix = appendCommand(model, run, `${name} clean all`);
      report({
        at: command,
        message: t('The cache of `{0}` stays in the layer', name),
        also: [...new Set(found.slice(0, i + 1).flatMap((one) => (one.run === run && !isCleaned(model, one) ? byHadolint(one) : [])))], // prettier-ignore
        ...(fix && { fix }),
      });
    }
  },
});

function verb({ command }: CommandAt): string | undefined {
  return invoke(command, dnf)?.subcommand?.text;
}

function byHadolint(at: CommandAt): readonly string[] {
  const name = invoke(at.command, dnf)?.name ?? '';
  const subcommand = verb(at) ?? '';
  if (name === 'yum') return subcommand === 'install' ? ['DL3032'] : [];
  return /^(?:micro)?dnf$/.test(name) && byDnf.includes(subcommand) ? ['DL3040'] : [];
}

/** On a mount, where it is no part of the layer. */
function isKept({ run }: CommandAt): boolean {
  return ['yum', 'dnf', 'libdnf5'].some(
    (name) => isMounted(run, `/var/cache/${name}`) || isMounted(run, `.cache/${name}`),
  );
}

function isCleaned(model: Model, at: CommandAt): boolean {
  const family = familyOf(at);
  const cleans = (one: CommandAt): boolean => verb(one) === 'clean' && familyOf(one) === family;
  return laterCommands(model, at, names).some(cleans) || isRemovedLater(model, at, caches);
}

/** Those that share a cache: `yum` has long been another name of dnf. */
function familyOf({ command }: CommandAt): string {
  const name = invoke(command, dnf)?.name ?? 'dnf';
  return name === 'yum' || name === 'dnf5' ? 'dnf' : name;
}
