/** tally/ruby/missing-bundle-deployment, only if the Dockerfile copies or mounts a lock file. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { bundle, bundleLike } from '../../programs/bundle.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { hasLockFile } from '../../model/lock-files.ts';
import { isForProduction } from '../../model/purpose.ts';
import { addLineAbove } from '../../lint/edits/lines.ts';

const settings = ['BUNDLE_DEPLOYMENT', 'BUNDLE_FROZEN'];

export default rule({
  summary: 'Set `BUNDLE_FROZEN` or `BUNDLE_DEPLOYMENT` for `bundle install`',
  why: 'If `Gemfile.lock` does not match the Gemfile, `bundle install` resolves the versions again, and the image contains gems that were not tested. With `BUNDLE_FROZEN` or `BUNDLE_DEPLOYMENT`, the build fails instead, and the lock file can be updated in the repository.',
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
    let isConfigured: boolean | undefined;
    for (const at of model.commands(...bundleLike)) {
      const call = invoke(at.command, bundle);
      if (!call || !isVerb(call, bundle.verbs.restore)) continue;
      if (call.has('--deployment', '--frozen')) continue;
      if (!isForProduction(model, at) || isFrozen(model, at)) continue;
      if ((isConfigured ??= configuresFrozen(model))) continue;
      if (!hasLockFile(model, at.run, ['Gemfile.lock'])) continue;
      report({
        at: at.command,
        message: t('Without `{0}`, versions other than those in the lock file may be installed', 'BUNDLE_FROZEN'), // prettier-ignore
        ...(at.run.onbuild !== true && {
          fix: addLineAbove(model, at.run, 'ENV BUNDLE_FROZEN=1'),
        }),
      });
    }
  },
});

function isFrozen(model: Model, { run, command }: CommandAt): boolean {
  const { variables } = model.stateAt(run);
  if (settings.some((name) => variables.has(name))) return true;
  return command.assignments.some(({ text }) => settings.some((name) => text.startsWith(`${name}=`))); // prettier-ignore
}

/** Whether a command of the file configures it. */
function configuresFrozen(model: Model): boolean {
  for (const { command: other } of model.commands(...bundleLike)) {
    const words = other.args.map(({ text }) => text);
    if (words[0] === 'config' && words.some((text) => /^(?:deployment|frozen)$/.test(text)))
      return true;
  }
  return false;
}
