/** hadolint DL3032 (yum) and DL3040 (dnf, microdnf), for stages that are shipped. Reported after the last install of a step. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { dnf, dnfCaches, dnfLike } from '../../programs/dnf.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import type { Command } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { addCleanup } from '../../lint/checks/add-cleanup.ts';
import { isRemovedLater, laterCommand, type LaterSearch } from '../../model/later-commands.ts';
import { isMounted } from '../../model/mounts.ts';
import { isShipped } from '../../model/lineage.ts';

const { install, reinstall, upgrade, update, clean } = dnf.verbs;
/** They install what they name otherwise than by packages. */
const groups = ['group', 'module'];
/** Those of which hadolint knows that they fill the cache. */
const dnfVerbs = [
  'install',
  'in',
  'upgrade',
  'up',
  'upgrade-minimal',
  'up-min',
  'reinstall',
  'rei',
];
const directories = [...new Set(Object.values(dnfCaches))];
const caches = new RegExp(`(?:${directories.join('|')})\\b|/var/cache(?:/\\*?)?$`);

/** By the family of the program. */
const cleaning: LaterSearch = {
  names: dnfLike,
  wordsOf: (command) => (isVerb(invoke(command, dnf), clean) ? [familyOf(command)] : []),
};

export default rule({
  summary: 'Run `dnf clean all` in the same `RUN` as `dnf install`',
  why: 'dnf and yum store 50 to 200 MB of repository metadata, which is outdated within days. `dnf clean all` in the same `RUN` keeps it out of the layer; in a later `RUN` it does not make the image smaller.',
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
    {
      note: 'If the step then removes packages, which may include those that dnf requires, the cache is removed before that:',
      bad: dockerfile`
        FROM almalinux:10
        RUN «dnf install -y httpd-2.4.63» \
            && dnf remove -y dnf python3
      `,
      good: dockerfile`
        FROM almalinux:10
        RUN dnf install -y httpd-2.4.63 \
            && dnf clean all \
            && dnf remove -y dnf python3
      `,
    },
  ],
  check({ model, report }) {
    const found = model.commands(...dnfLike).filter(fills);
    /** The index of the first command of the step. */
    let first = 0;
    for (const [i, at] of found.entries()) {
      const { run, stage, command } = at;
      if (found[first]?.run !== run) first = i;
      // Of several commands in one step, the last one is reported.
      if (stage === undefined || found[i + 1]?.run === run) continue;
      if (!(isShipped(model, stage) || run.onbuild) || isOnMount(at) || isCleaned(model, at))
        continue;
      const name = invoke(command, dnf)?.name ?? 'dnf';
      const fix = addCleanup(model, at, `${name} clean all`);
      report({
        at: command,
        message: t('The cache of `{0}` stays in the layer', name),
        also: [...new Set(found.slice(first, i + 1).flatMap((one) => (isCleaned(model, one) ? [] : hadolintCodes(one))))], // prettier-ignore
        ...(fix && { fix }),
      });
    }
  },
});

function fills({ command }: CommandAt): boolean {
  return isVerb(invoke(command, dnf), install, reinstall, upgrade, update, groups);
}

function hadolintCodes(at: CommandAt): readonly string[] {
  const invocation = invoke(at.command, dnf);
  const name = invocation?.name ?? '';
  const subcommand = invocation?.subcommand?.text ?? '';
  if (name === 'yum') return subcommand === 'install' ? ['DL3032'] : [];
  return /^(?:micro)?dnf$/.test(name) && dnfVerbs.includes(subcommand) ? ['DL3040'] : [];
}

/** Whether the cache is on a mount, which is not part of the layer. */
function isOnMount({ run }: CommandAt): boolean {
  return directories.some(
    (path) => isMounted(run, path) || isMounted(run, path.replace('/var/', '.')),
  );
}

function isCleaned(model: Model, at: CommandAt): boolean {
  const isCleared = laterCommand(model, at, cleaning, familyOf(at.command)) !== undefined;
  return isCleared || isRemovedLater(model, at, caches);
}

/** Programs that share a cache; `yum` is an alias of dnf in current distributions. */
function familyOf(command: Command): string {
  const name = invoke(command, dnf)?.name ?? 'dnf';
  return name === 'yum' || name === 'dnf5' ? 'dnf' : name;
}
