/** tally/php/no-xdebug-in-final-image. */
import { rule } from '../../lint/rule.ts';
import { systemManagers } from '../../programs/system-managers.ts';
import { t } from '../../text/translation.ts';
import { rootImage } from '../../model/lineage.ts';
import { dockerfile } from '../../text/dedent.ts';
import { isForProduction } from '../../model/purpose.ts';

const names = ['pecl', 'docker-php-ext-install', 'docker-php-ext-enable', 'install-php-extensions', 'pie', ...systemManagers]; // prettier-ignore

export default rule({
  summary: 'Do not install Xdebug in the production image',
  why: 'Xdebug slows down every request and can connect to any host that it is configured for. Install it in a separate stage, for example one named `dev`, and build that stage with `docker build --target dev`. Stages for development or tests, by their name or environment, are not reported.',
  severity: 'hint',
  since: '0.1.0',
  also: { tally: ['tally/php/no-xdebug-in-final-image'] },
  links: ['https://xdebug.org/docs/install'],
  on: { commands: names, words: ['xdebug'] },
  examples: [
    {
      bad: dockerfile`
        FROM php:8.4-fpm
        RUN pecl install «xdebug-3.4.5»
      `,
      good: dockerfile`
        FROM php:8.4-fpm AS dev
        RUN pecl install xdebug-3.4.5

        FROM php:8.4-fpm
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.commands(...names)) {
      const image = at.stage && rootImage(at.stage);
      if (!isForProduction(model, at) || /devcontainer|\bdev\b/.test(image?.repository ?? ''))
        continue;
      const word = at.command.args.find(({ text }) => /^(?:php[\d.]*-(?:pecl-)?)?xdebug(?:[-/@=].*)?$/.test(text)); // prettier-ignore
      if (word) report({ at: word, message: t('Xdebug is installed in the production image') });
    }
  },
});
