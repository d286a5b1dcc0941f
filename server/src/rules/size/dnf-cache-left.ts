/** hadolint DL3032 (yum) and DL3040 (dnf, microdnf), for stages that are shipped. Reported after the last install of a step. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { dnf } from '../../programs/dnf.ts';
import { invoke } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { appended } from '../append.ts';
import { isRemovedLater, later } from '../cleaning.ts';
import { isMounted } from '../mounts.ts';
import { isShipped } from '../shipped.ts';

const names = ['yum', 'dnf', 'microdnf', 'dnf5', 'tdnf'];
const byDnf = ['install', 'in', 'upgrade', 'up', 'upgrade-minimal', 'up-min', 'reinstall', 'rei'];
const fetches = [...byDnf, 'update', 'groupinstall', 'localinstall', 'group', 'module', 'makecache']; // prettier-ignore
const caches = /\/var\/cache\/?(?:(?:yum|dnf|libdnf5|tdnf)\b.*|\*)?$/;

export default rule({
  summary: 'Run `dnf clean all` in the same `RUN` as `dnf install`',
  why: 'dnf and yum store 50 to 200 MB of repository metadata, which is outdated within days. `dnf clean all` in the same `RUN` keeps it out of the layer; in a later `RUN` it does not make the image smaller.',
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
      // Of several commands in one step, the last one is reported.
      if (stage === undefined || found[i + 1]?.run === run) continue;
      if (!(isShipped(model, stage) || run.onbuild) || isOnMount(at) || isCleaned(model, at))
        continue;
      const name = invoke(command, dnf)?.name ?? 'dnf';
      const fix = appended(model, run, `${name} clean all`);
      report({
        at: command,
        message: t('The cache of `{0}` stays in the layer', name),
        also: [...new Set(found.slice(0, i + 1).flatMap((one) => (one.run === run && !isCleaned(model, one) ? hadolintCodes(one) : [])))], // prettier-ignore
        ...(fix && { fix }),
      });
    }
  },
});

function verb({ command }: CommandAt): string | undefined {
  return invoke(command, dnf)?.subcommand?.text;
}

function hadolintCodes(at: CommandAt): readonly string[] {
  const name = invoke(at.command, dnf)?.name ?? '';
  const subcommand = verb(at) ?? '';
  if (name === 'yum') return subcommand === 'install' ? ['DL3032'] : [];
  return /^(?:micro)?dnf$/.test(name) && byDnf.includes(subcommand) ? ['DL3040'] : [];
}

/** Whether the cache is on a mount, which is not part of the layer. */
function isOnMount({ run }: CommandAt): boolean {
  return ['yum', 'dnf', 'libdnf5'].some(
    (name) => isMounted(run, `/var/cache/${name}`) || isMounted(run, `.cache/${name}`),
  );
}

function isCleaned(model: Model, at: CommandAt): boolean {
  const family = familyOf(at);
  const cleans = (one: CommandAt): boolean => verb(one) === 'clean' && familyOf(one) === family;
  return later(model, at, names).some(cleans) || isRemovedLater(model, at, caches);
}

/** Programs that share a cache; `yum` is an alias of dnf in current distributions. */
function familyOf({ command }: CommandAt): string {
  const name = invoke(command, dnf)?.name ?? 'dnf';
  return name === 'yum' || name === 'dnf5' ? 'dnf' : name;
}
