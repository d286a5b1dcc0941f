/** hadolint DL3044: the values of one ENV all see what was set before it. */
import { t } from '@vscode/l10n';
import { rule, type Problem } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Pair } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';

export default rule({
  summary: 'Use a variable in a later ENV than the one that sets it',
  why: 'All values of one `ENV` see the variables as they were before it. One that the same instruction sets is still empty, and so is whatever is made of it.',
  severity: 'warning',
  since: '0.1.0',
  also: { hadolint: ['DL3044'] },
  links: ['https://docs.docker.com/reference/dockerfile/#environment-replacement'],
  examples: [
    {
      bad: dockerfile`
        FROM debian:trixie-slim
        ENV APP_HOME=/opt/app APP_CONFIG=«$APP_HOME»/config
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        ENV APP_HOME=/opt/app
        ENV APP_CONFIG=$APP_HOME/config
      `,
    },
  ],
  *check({ model }) {
    for (const { pairs } of model.each('ENV')) {
      if (pairs.length > 1) yield* early(model, pairs);
    }
  },
});

function* early(model: Model, pairs: readonly Pair[]): Iterable<Problem> {
  const set = new Map(pairs.map(({ key }) => [key.text, key]));
  const read = pairs.flatMap(({ key, value }) =>
    (value?.variables ?? []).map((variable) => ({ key, variable })),
  );
  for (const { key, variable } of read) {
    const setter = variable.name === key.text ? undefined : set.get(variable.name);
    // With a default nothing is lost; a value from before is perhaps what is meant.
    if (setter === undefined || variable.operator !== undefined) continue;
    const before = model.resolve(variable);
    if (before !== undefined && before.from !== 'base') continue;
    yield {
      at: variable,
      message: t('`{0}` is set by this very instruction, and not yet here', variable.name),
      related: [{ at: setter, message: t('It is set here') }],
    };
  }
}
