/** tally/ruby/asset-precompile-without-dummy-key. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { bundleLike } from '../../programs/bundle.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { rootImage } from '../../model/lineage.ts';
import { isOlderRuby, officialName } from '../../images/releases.ts';

const names = ['rails', 'rake', ...bundleLike];
const keys = ['SECRET_KEY_BASE_DUMMY', 'SECRET_KEY_BASE', 'RAILS_MASTER_KEY'];

export default rule({
  summary: 'Use `SECRET_KEY_BASE_DUMMY` for `assets:precompile`',
  why: 'Rails starts the whole application to precompile assets, and the application requires `SECRET_KEY_BASE`. With `SECRET_KEY_BASE_DUMMY=1`, Rails 7.1 and later use a temporary key, so that the real key does not have to be available in the build. The Dockerfiles that Rails generates do the same. Ignore this rule for older versions of Rails.',
  severity: 'hint',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/ruby/asset-precompile-without-dummy-key'] },
  links: ['https://guides.rubyonrails.org/7_1_release_notes.html'],
  on: { commands: names },
  examples: [
    {
      bad: dockerfile`
        FROM ruby:3.4-slim
        COPY . .
        RUN «bin/rails assets:precompile»
      `,
      good: dockerfile`
        FROM ruby:3.4-slim
        COPY . .
        RUN SECRET_KEY_BASE_DUMMY=1 bin/rails assets:precompile
      `,
    },
  ],
  check({ model, report }) {
    if (!model.tree.text.includes('assets:precompile')) return;
    for (const at of model.commands(...names)) {
      const { command, stage } = at;
      if (!command.args.some(({ text }) => text === 'assets:precompile')) continue;
      const image = stage && rootImage(stage);
      if (
        image === undefined ||
        officialName(image) !== 'ruby' ||
        isOlderRuby(image, [2, 7]) ||
        hasKey(model, at)
      )
        continue;
      report({
        at: command,
        message: t('`assets:precompile` requires a secret key; set `SECRET_KEY_BASE_DUMMY=1`'),
        ...(at.via === 'direct' && {
          fix: {
            title: t('Add `{0}`', 'SECRET_KEY_BASE_DUMMY=1'),
            edits: [insert(command.span.start, 'SECRET_KEY_BASE_DUMMY=1 ')],
            safe: false,
          },
        }),
      });
    }
  },
});

function hasKey(model: Model, { run, command }: CommandAt): boolean {
  const { variables } = model.stateAt(run);
  const isSet = (text: string): boolean => keys.some((key) => text.startsWith(`${key}=`));
  if (keys.some((key) => variables.has(key)) || command.assignments.some(({ text }) => isSet(text)))
    return true;
  if (run.flags.some(({ value }) => value?.text.includes('type=secret') === true)) return true;
  return model
    .commandsIn(run, 'export', 'env')
    .some((other) => other.command.args.some(({ text }) => isSet(text)));
}
