/** tally/ruby/missing-bundle-without-development. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { bundle, bundleLike } from '../../programs/bundle.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { rootImage } from '../../model/lineage.ts';
import { isForProduction } from '../../model/purpose.ts';
import { officialName } from '../../images/releases.ts';

export default rule({
  summary: 'Omit development and test gems with `BUNDLE_WITHOUT`',
  why: '`bundle install` installs all groups of the Gemfile, including consoles, test frameworks and debuggers. They make the image larger, may need compilers, and some have been used in attacks. `BUNDLE_WITHOUT` excludes groups, and also applies to later `bundle` commands. Stages for development or tests, by their name or environment, are not reported.',
  severity: 'hint',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/ruby/missing-bundle-without-development'] },
  links: ['https://bundler.io/guides/groups.html'],
  on: { commands: bundleLike },
  examples: [
    {
      bad: dockerfile`
        FROM ruby:3.4-slim
        COPY Gemfile Gemfile.lock ./
        RUN «bundle install»
        CMD ["bundle", "exec", "puma"]
      `,
      good: dockerfile`
        FROM ruby:3.4-slim
        COPY Gemfile Gemfile.lock ./
        ENV BUNDLE_WITHOUT="development:test"
        RUN bundle install
        CMD ["bundle", "exec", "puma"]
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.commands(...bundleLike)) {
      const call = invoke(at.command, bundle);
      if (!call || !isVerb(call, bundle.verbs.restore) || call.has('--without', '--with')) continue;
      const image = at.stage && rootImage(at.stage);
      if (image === undefined || officialName(image) !== 'ruby') continue;
      if (!isForProduction(model, at) || excludesDevelopment(model, at)) continue;
      report({
        at: at.command,
        message: t('This also installs gems for development and tests'),
        ...(at.run.onbuild !== true && {
          fix: {
            title: t('Add `{0}`', 'ENV BUNDLE_WITHOUT="development:test"'),
            edits: [insert(at.run.span.start, 'ENV BUNDLE_WITHOUT="development:test"\n')],
            safe: false,
          },
        }),
      });
    }
  },
});

function excludesDevelopment(model: Model, { run, command }: CommandAt): boolean {
  const { variables } = model.stateAt(run);
  if (/development/.test(variables.get('BUNDLE_WITHOUT')?.value ?? '')) return true;
  if (/production/.test(variables.get('BUNDLE_ONLY')?.value ?? '')) return true;
  if (command.assignments.some(({ text }) => /^BUNDLE_(?:WITHOUT|ONLY)=/.test(text))) return true;
  for (const { command: other } of model.commands(...bundleLike)) {
    const words = other.args.map(({ text }) => text);
    if (words[0] === 'config' && words.some((text) => text === 'without' || text === 'only'))
      return true;
  }
  return false;
}
