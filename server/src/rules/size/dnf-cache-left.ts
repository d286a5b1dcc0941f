/** hadolint DL3032 (yum) and DL3040 (dnf, microdnf): for stages that are shipped, and behind the last install. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { dnf, dnfCaches, dnfLike } from '../../programs/dnf.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { appendCommand } from '../../lint/edits/appended-command.ts';
import { isRemovedLater, laterCommands } from '../../model/later-commands.ts';
import { isMounted } from '../../model/mounts.ts';
import { isShipped } from '../../model/lineage.ts';

const { install, reinstall, upgrade, update, clean } = dnf.verbs;
/** They install what they name otherwise than by packages. */
const groups = ['group', 'module'];
/** Those of which hadolint knows that they fill the cache. */
const byDnf = ['install', 'in', 'upgrade', 'up', 'upgrade-minimal', 'up-min', 'reinstall', 'rei'];
const directories = [...new Set(Object.values(dnfCaches))];
const caches = new RegExp(`(?:${directories.join('|')})\\b|/var/cache(?:/\\*?)?$`);

export default rule({
  summary: 'Clear the cache of yum and dnf in the step that filled it',
  why: 'The lists of the repositories weigh some 50 to 200 MB, and are stale tomorrow. `dnf clean all` in the same `RUN` keeps them out of the layer; in a later one it is too late.',
  severity: 'info',
  fix: 'safe',
  since: '0.1.0',
  also: { hadolint: ['DL3032', 'DL3040'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3040'],
  on: { commands: dnfLike },
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
    const found = model.commands(...dnfLike).filter(fills);
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

function fills({ command }: CommandAt): boolean {
  return isVerb(invoke(command, dnf), install, reinstall, upgrade, update, groups);
}

function byHadolint(at: CommandAt): readonly string[] {
  const call = invoke(at.command, dnf);
  const name = call?.name ?? '';
  const subcommand = call?.subcommand?.text ?? '';
  if (name === 'yum') return subcommand === 'install' ? ['DL3032'] : [];
  return /^(?:micro)?dnf$/.test(name) && byDnf.includes(subcommand) ? ['DL3040'] : [];
}

/** On a mount, where it is no part of the layer. */
function isKept({ run }: CommandAt): boolean {
  return directories.some(
    (path) => isMounted(run, path) || isMounted(run, path.replace('/var/', '.')),
  );
}

function isCleaned(model: Model, at: CommandAt): boolean {
  const family = familyOf(at);
  const cleans = (one: CommandAt): boolean =>
    isVerb(invoke(one.command, dnf), clean) && familyOf(one) === family;
  return laterCommands(model, at, dnfLike).some(cleans) || isRemovedLater(model, at, caches);
}

/** Those that share a cache: `yum` has long been another name of dnf. */
function familyOf({ command }: CommandAt): string {
  const name = invoke(command, dnf)?.name ?? 'dnf';
  return name === 'yum' || name === 'dnf5' ? 'dnf' : name;
}
