/** tally/php/composer-no-dev-in-production. */
import { rule } from '../../lint/rule.ts';
import { composer, composerLike } from '../../programs/composer.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { isForProduction } from '../../model/purpose.ts';

export default rule({
  summary: 'Use `composer install --no-dev`',
  why: '`composer install` also installs the packages of `require-dev`, such as test frameworks, debug bars and fixtures. They make the image larger, and some have been used in attacks. Stages for development or tests, by their name (`dev`, `test`) or environment, are not reported.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/php/composer-no-dev-in-production'] },
  links: ['https://getcomposer.org/doc/03-cli.md#install-i'],
  on: { commands: composerLike },
  examples: [
    {
      bad: dockerfile`
        FROM php:8.4-fpm
        COPY composer.json composer.lock ./
        RUN «composer install» --no-cache --no-interaction
      `,
      good: dockerfile`
        FROM php:8.4-fpm
        COPY composer.json composer.lock ./
        RUN composer install --no-dev --no-cache --no-interaction
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.commands(...composerLike)) {
      const { command, run, via } = at;
      const call = invoke(command, composer);
      const verb = call?.subcommand;
      if (!call || !verb || !isVerb(call, composer.verbs.restore)) continue;
      if (call.has('--no-dev', '--dev') || !isForProduction(model, at)) continue;
      if (model.stateAt(run).variables.has('COMPOSER_NO_DEV')) continue;
      if (command.assignments.some(({ text }) => text.startsWith('COMPOSER_NO_DEV='))) continue;
      report({
        at: { span: { start: command.span.start, end: verb.span.end } },
        message: t('This also installs development packages'),
        ...(via !== 'nested' && {
          fix: {
            title: t('Add `{0}`', '--no-dev'),
            edits: [insert(verb.span.end, ' --no-dev')],
            safe: false,
          },
        }),
      });
    }
  },
});
