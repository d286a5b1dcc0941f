/** hadolint DL3036, for stages that are shipped. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt } from '../../model/model.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { zypper, zypperLike } from '../../programs/zypper.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { addCleanup } from '../../lint/checks/add-cleanup.ts';
import { isRemovedLater, laterCommands } from '../../model/later-commands.ts';
import { isMounted } from '../../model/mounts.ts';
import { isShipped } from '../../model/lineage.ts';

const { install, upgrade, update, clean } = zypper.verbs;
const caches = /\/var\/cache\/?(?:zypp\b.*|\*)?$/;

export default rule({
  summary: 'Run `zypper clean --all` in the same `RUN` as `zypper install`',
  why: 'zypper stores repository metadata and may keep the downloaded packages. `zypper clean --all` in the same `RUN` keeps them out of the layer; in a later `RUN` it does not make the image smaller.',
  severity: 'info',
  fix: 'safe',
  since: '0.1.0',
  also: { hadolint: ['DL3036'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3036'],
  on: { commands: zypperLike },
  examples: [
    {
      bad: dockerfile`
        FROM opensuse/leap:16.0
        RUN «zypper -n install nginx=1.27.2»
      `,
      good: dockerfile`
        FROM opensuse/leap:16.0
        RUN zypper -n install nginx=1.27.2 && zypper clean --all
      `,
    },
  ],
  check({ model, report }) {
    const found = model
      .commands(...zypperLike)
      .filter((at) => isOneOf(at, install, upgrade, update));
    for (const [i, at] of found.entries()) {
      const { run, stage, command } = at;
      if (stage === undefined || found[i + 1]?.run === run) continue;
      if (!(isShipped(model, stage) || run.onbuild) || isMounted(run, '/var/cache/zypp')) continue;
      if (laterCommands(model, at, zypperLike).some((one) => isOneOf(one, clean))) continue;
      if (isRemovedLater(model, at, caches)) continue;
      const fix = addCleanup(model, at, 'zypper clean --all');
      report({
        at: command,
        message: t('The cache of `{0}` stays in the layer', 'zypper'),
        also: model.commandsIn(run, ...zypperLike).some((one) => isOneOf(one, install))
          ? ['DL3036']
          : [],
        ...(fix && { fix }),
      });
    }
  },
});

function isOneOf({ command }: CommandAt, ...verbs: readonly (readonly string[])[]): boolean {
  return isVerb(invoke(command, zypper), ...verbs);
}
