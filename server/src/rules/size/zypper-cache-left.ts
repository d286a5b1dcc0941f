/** hadolint DL3036, for stages that are shipped. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt } from '../../model/model.ts';
import { invoke } from '../../programs/program.ts';
import { zypper } from '../../programs/zypper.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { appended } from '../append.ts';
import { isRemovedLater, later } from '../cleaning.ts';
import { isMounted } from '../mounts.ts';
import { isShipped } from '../shipped.ts';

const byHadolint = ['install', 'in'];
const fetches = [...byHadolint, 'update', 'up', 'patch', 'dup', 'dist-upgrade', 'refresh', 'ref'];
const caches = /\/var\/cache\/?(?:zypp\b.*|\*)?$/;

export default rule({
  summary: 'Run `zypper clean --all` in the same `RUN` as `zypper install`',
  why: 'zypper stores repository metadata and may keep the downloaded packages. `zypper clean --all` in the same `RUN` keeps them out of the layer; in a later `RUN` it does not make the image smaller.',
  severity: 'info',
  fix: 'safe',
  since: '0.1.0',
  also: { hadolint: ['DL3036'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3036'],
  on: { commands: ['zypper'] },
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
    const found = [...model.commands('zypper')].filter((at) => fetches.includes(verb(at)));
    for (const [i, at] of found.entries()) {
      const { run, stage, command } = at;
      if (stage === undefined || found[i + 1]?.run === run) continue;
      if (!(isShipped(model, stage) || run.onbuild) || isMounted(run, '/var/cache/zypp')) continue;
      if (later(model, at, ['zypper']).some((one) => /^(?:clean|cc)$/.test(verb(one)))) continue;
      if (isRemovedLater(model, at, caches)) continue;
      const fix = appended(model, run, 'zypper clean --all');
      report({
        at: command,
        message: t('The cache of `{0}` stays in the layer', 'zypper'),
        also: found.some((one) => one.run === run && byHadolint.includes(verb(one))) ? ['DL3036'] : [], // prettier-ignore
        ...(fix && { fix }),
      });
    }
  },
});

function verb({ command }: CommandAt): string {
  return invoke(command, zypper)?.subcommand?.text ?? '';
}
