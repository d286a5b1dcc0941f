/** tally/ruby/asset-precompile-without-dummy-key. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt, Model } from '../../model/model.ts';
import { bundleLike } from '../../programs/bundle.ts';
import { dockerfile } from '../../text/dedent.ts';
import { insert } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { rootImage } from '../../model/lineage.ts';
import { isOlderRuby, officialName } from '../../images/releases.ts';

const names = ['rails', 'rake', ...bundleLike];
const keys = ['SECRET_KEY_BASE_DUMMY', 'SECRET_KEY_BASE', 'RAILS_MASTER_KEY'];

export default rule({
  summary: 'Precompile assets with a dummy key',
  why: 'Rails loads the whole application to compile assets, and that asks for `SECRET_KEY_BASE`. So that no real key has to come into the build, Rails 7.1 and later take `SECRET_KEY_BASE_DUMMY=1` there, as in the Dockerfiles that it makes.',
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
        message: t('Compiling assets asks for a key: give it a dummy'),
        ...(at.via === 'direct' && {
          fix: {
            title: t('Add {0}', 'SECRET_KEY_BASE_DUMMY=1'),
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
