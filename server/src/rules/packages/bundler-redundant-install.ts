/** tally/ruby/redundant-bundler-install. */
import { rule } from '../../lint/rule.ts';
import { installOf } from '../../programs/install.ts';
import { gemLike } from '../../programs/gem.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { rootImage } from '../../model/lineage.ts';
import { isForDevelopment } from '../../model/purpose.ts';
import { officialName } from '../../images/releases.ts';

export default rule({
  summary: 'Do not install Bundler again in a Ruby image',
  why: 'Official Ruby images include Bundler, which also installs the version named under `BUNDLED WITH` in `Gemfile.lock`. Installing another one adds a layer, and if no version is given, the version changes between builds.',
  severity: 'hint',
  since: '0.1.0',
  formerly: ['bundler-reinstalled'],
  also: { tally: ['tally/ruby/redundant-bundler-install'] },
  links: ['https://bundler.io/guides/bundler_2_upgrade.html'],
  on: { commands: gemLike },
  examples: [
    {
      bad: dockerfile`
        FROM ruby:3.4-slim
        COPY Gemfile Gemfile.lock ./
        RUN «gem install bundler -v 2.6.9» && bundle install
      `,
      good: dockerfile`
        FROM ruby:3.4-slim
        COPY Gemfile Gemfile.lock ./
        RUN bundle install
      `,
    },
  ],
  check({ model, report }) {
    for (const { command, stage } of model.commands(...gemLike)) {
      const image = stage && rootImage(stage);
      if (stage === undefined || image === undefined || officialName(image) !== 'ruby') continue;
      const packages = installOf(command)?.packages ?? [];
      if (isForDevelopment(stage) || packages.length === 0) continue;
      if (packages.every(({ name }) => name === 'bundler'))
        report({ at: command, message: t('The base image already includes Bundler') });
    }
  },
});
