/** tally/ruby/missing-bundle-deployment, where the file says that there is a lock file. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { bundle, bundleLike } from '../../programs/bundle.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { hasLockFile } from '../../model/lock-files.ts';
import { isForProduction } from '../../model/purpose.ts';
import { lineAbove } from '../../lint/edits/lines.ts';

const settings = ['BUNDLE_DEPLOYMENT', 'BUNDLE_FROZEN'];

export default rule({
  summary: 'Keep Bundler to the lock file in a build',
  why: 'Where `Gemfile.lock` does not fit the Gemfile, `bundle install` settles versions anew, and the image holds something that nobody tested. With `BUNDLE_FROZEN` or `BUNDLE_DEPLOYMENT` the build stops instead, and the lock file is mended where it belongs.',
  severity: 'hint',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/ruby/missing-bundle-deployment'] },
  links: ['https://bundler.io/man/bundle-config.1.html'],
  on: { commands: bundleLike },
  examples: [
    {
      bad: dockerfile`
        FROM ruby:3.4-slim
        ENV BUNDLE_WITHOUT="development:test"
        COPY Gemfile Gemfile.lock ./
        RUN «bundle install»
      `,
      good: dockerfile`
        FROM ruby:3.4-slim
        ENV BUNDLE_WITHOUT="development:test"
        COPY Gemfile Gemfile.lock ./
        ENV BUNDLE_FROZEN=1
        RUN bundle install
      `,
    },
  ],
  check({ model, report }) {
    for (const at of model.commands(...bundleLike)) {
      const call = invoke(at.command, bundle);
      if (!call || !isVerb(call, bundle.verbs.restore)) continue;
      if (call.has('--deployment', '--frozen')) continue;
      if (!isForProduction(model, at) || isFrozen(model, at)) continue;
      if (!hasLockFile(model, at.run, ['Gemfile.lock'])) continue;
      report({
        at: at.command,
        message: t('Without `{0}` other versions may be taken than the lock file says', 'BUNDLE_FROZEN'), // prettier-ignore
        ...(at.run.onbuild !== true && {
          fix: {
            title: t('Set {0} before it', 'BUNDLE_FROZEN'),
            edits: [lineAbove(model, at.run, 'ENV BUNDLE_FROZEN=1')],
            safe: false,
          },
        }),
      });
    }
  },
});

function isFrozen(model: Model, { run, command }: CommandAt): boolean {
  const { variables } = model.stateAt(run);
  if (settings.some((name) => variables.has(name))) return true;
  if (command.assignments.some(({ text }) => settings.some((name) => text.startsWith(`${name}=`))))
    return true;
  for (const { command: other } of model.commands(...bundleLike)) {
    const words = other.args.map(({ text }) => text);
    if (words[0] === 'config' && words.some((text) => /^(?:deployment|frozen)$/.test(text)))
      return true;
  }
  return false;
}
