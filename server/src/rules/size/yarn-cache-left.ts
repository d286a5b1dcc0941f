/**
 * hadolint DL3060, for stages that are shipped, and in ONBUILD. The fix is unsafe: programs of later Yarn versions may run
 * from the cache.
 */
import { rule } from '../../lint/rule.ts';
import type { CommandAt } from '../../model/model.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { yarn, yarnLike } from '../../programs/yarn.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { addCleanup } from '../../lint/checks/add-cleanup.ts';
import { isRemovedLater, laterCommands } from '../../model/later-commands.ts';
import { isMounted } from '../../model/mounts.ts';
import { isShipped } from '../../model/lineage.ts';

const caches = /(?:\.cache(?:\/yarn.*)?|\.yarn\/cache.*|yarn-cache.*)\/?\*?$/;

export default rule({
  summary: 'Run `yarn cache clean` in the same `RUN` as `yarn install`',
  why: 'Yarn stores another copy of every downloaded package in its cache. `yarn cache clean` in the same `RUN` keeps it out of the layer; in a later `RUN` it does not make the image smaller. A cache mount keeps it for the next build instead.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3060'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3060'],
  on: { commands: yarnLike },
  examples: [
    {
      bad: dockerfile`
        FROM node:24-slim
        COPY package.json yarn.lock ./
        RUN «yarn install --frozen-lockfile»
      `,
      good: dockerfile`
        FROM node:24-slim
        COPY package.json yarn.lock ./
        RUN yarn install --frozen-lockfile && yarn cache clean
      `,
    },
  ],
  check({ model, report }) {
    const found = model
      .commands(...yarnLike)
      .filter(({ command }) => isVerb(invoke(command, yarn), yarn.verbs.restore));
    for (const [i, at] of found.entries()) {
      const { run, stage, command } = at;
      if (stage === undefined || found[i + 1]?.run === run) continue;
      if (!(isShipped(model, stage) || run.onbuild)) continue;
      // `--immutable` exists in Yarn 2 and later, whose programs may run from the cache.
      if (invoke(command, yarn)?.has('--cache-folder', '--immutable') !== false) continue;
      if (isMounted(run, '.cache/yarn') || isMounted(run, '/usr/local/share/.cache/yarn')) continue;
      if (laterCommands(model, at, yarnLike).some(isCleaning)) continue;
      if (isRemovedLater(model, at, caches)) continue;
      const fix = addCleanup(model, at, 'yarn cache clean');
      report({
        at: command,
        message: t('The cache of `{0}` stays in the layer', 'yarn'),
        ...(fix && { fix: { ...fix, safe: false } }),
      });
    }
  },
});

function isCleaning({ command }: CommandAt): boolean {
  const call = invoke(command, yarn);
  return call?.subcommand?.text === 'cache' && command.args.some(({ text }) => text === 'clean');
}
