/** Not in other linters. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { composer, composerLike } from '../../programs/composer.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { isFollowedBy, isRemovedLater, matching } from '../../model/later-commands.ts';
import { isShipped } from '../../model/lineage.ts';

const { install, restore, upgrade, clean } = composer.verbs;

const caches = /composer(?:\/cache.*)?\/?$|^\/tmp\/\*$|\.cache/;
const clearing = matching(composerLike, (command) => isVerb(invoke(command, composer), clean));

export default rule({
  summary: 'Use `composer install --no-cache`',
  why: 'Composer stores every archive that it downloads in `~/.composer/cache`. The archives stay in the layer, although the program does not need them. `--no-cache` turns the cache off. A cache mount keeps it for the next build instead.',
  severity: 'info',
  fix: 'safe',
  since: '0.1.0',
  links: ['https://getcomposer.org/doc/03-cli.md#global-options'],
  on: { commands: composerLike },
  examples: [
    {
      bad: dockerfile`
        FROM composer:2.8
        COPY composer.json composer.lock ./
        RUN «composer install» --no-dev
      `,
      good: dockerfile`
        FROM composer:2.8
        COPY composer.json composer.lock ./
        RUN composer install --no-cache --no-dev
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.commands(...composerLike)) {
      const { command, stage, via } = at;
      const call = invoke(command, composer);
      const verb = call?.subcommand;
      if (call === undefined || verb === undefined || stage === undefined) continue;
      if (!isVerb(call, install, restore, upgrade)) continue;
      if (!isShipped(model, stage) || call.has('--no-cache') || isElsewhere(model, at)) continue;
      report({
        at: { span: { start: command.span.start, end: verb.span.end } },
        message: t('The cache of `{0}` stays in the layer', 'composer'),
        ...(via !== 'nested' && {
          fix: {
            title: t('Add `{0}`', '--no-cache'),
            edits: [insert(verb.span.end, ' --no-cache')],
          },
        }),
      });
    }
  },
});

/** Whether the cache is on a mount, in a configured directory, or removed in the same step. */
function isElsewhere(model: Model, at: CommandAt): boolean {
  const { run } = at;
  const isCache = (text: string): boolean => /type=(?:cache|tmpfs)/.test(text) && /composer|target=\/tmp/.test(text); // prettier-ignore
  if (run.flags.some(({ name, value }) => name.text === 'mount' && isCache(value?.text ?? '')))
    return true;
  const text = model.source.text.slice(run.span.start, run.span.end);
  if (text.includes('COMPOSER_CACHE_DIR') || model.stateAt(run).variables.has('COMPOSER_CACHE_DIR'))
    return true;
  return isFollowedBy(model, at, clearing) || isRemovedLater(model, at, caches);
}
