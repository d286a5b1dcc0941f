/** tally ruby/leftover-bundler-cache; the fix is the command in the Dockerfile that Rails generates. */
import { rule } from '../../lint/rule.ts';
import { bundle, bundleLike } from '../../programs/bundle.ts';
import { invoke, isVerb } from '../../programs/program.ts';
import { dockerfile } from '../../text/dedent.ts';
import { rootImage } from '../../model/lineage.ts';
import { isForDevelopment } from '../../model/purpose.ts';
import { reportLeftCaches, type Cache } from '../../lint/checks/left-caches.ts';
import { officialName } from '../../images/releases.ts';

const cache: Cache = {
  title: 'bundle',
  names: bundleLike,
  fills: ({ command, stage }) => {
    if (stage === undefined || isForDevelopment(stage)) return false;
    const image = rootImage(stage);
    const isRuby = image !== undefined && officialName(image) === 'ruby';
    return isRuby && isVerb(invoke(command, bundle), bundle.verbs.restore);
  },
  clears: ({ command }) => isVerb(invoke(command, bundle), bundle.verbs.clean),
  folders: ['/usr/local/bundle/cache', '/usr/local/bundle'],
  removed: /\.bundle|\/cache|\/bundle\//,
  clear: (model, { run }) => {
    const { variables } = model.stateAt(run);
    const isElsewhere = variables.has('BUNDLE_PATH') || variables.has('BUNDLE_DEPLOYMENT');
    return isElsewhere ? 'rm -rf "$BUNDLE_PATH"/ruby/*/cache' : 'rm -rf "$GEM_HOME"/cache';
  },
  unsafe: true,
};

export default rule({
  summary: 'Remove cached gem archives in the same `RUN` as `bundle install`',
  why: 'Bundler keeps the archive of every gem in addition to the extracted files, and the program does not need it. If the same `RUN` removes the archives, they are not stored in the layer. A cache mount keeps them for the next build.',
  severity: 'hint',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/ruby/leftover-bundler-cache'] },
  links: ['https://bundler.io/man/bundle-cache.1.html'],
  on: { commands: cache.names },
  examples: [
    {
      bad: dockerfile`
        FROM ruby:3.4-slim
        COPY Gemfile Gemfile.lock ./
        RUN «bundle install»
      `,
      good: dockerfile`
        FROM ruby:3.4-slim
        COPY Gemfile Gemfile.lock ./
        RUN bundle install && rm -rf "$GEM_HOME"/cache
      `,
    },
  ],
  check({ model, report }) {
    reportLeftCaches(model, cache, report);
  },
});
