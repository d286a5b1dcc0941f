/** BuildKit dockerfile2llb/convert.go, initOnBuildTriggers: a trigger is read when a stage is built on its own. */
import { rule } from '../../lint/rule.ts';
import { parse } from '../../syntax/parse.ts';
import type { OnBuild } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { slice } from '../../text/span.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Build on stages whose triggers can be read',
  why: 'What stands behind `ONBUILD` is not looked at until another stage begins with `FROM` this one. Then Docker refuses it there.',
  severity: 'error',
  since: '0.1.0',
  also: { tally: ['tally/invalid-onbuild-trigger'] },
  links: ['https://docs.docker.com/reference/dockerfile/#onbuild'],
  on: { instructions: ['ONBUILD'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22 AS base
        ONBUILD COPPY app /app

        FROM «base»
      `,
      good: dockerfile`
        FROM alpine:3.22 AS base
        ONBUILD COPY app /app

        FROM base
      `,
    },
  ],
  check({ model, report }) {
    for (const { base, from } of model.stages) {
      if (base?.kind !== 'stage' || from.image === undefined) continue;
      const wrong = base.instructions.find(
        (one): one is OnBuild => one.kind === 'ONBUILD' && isWrong(one, model.tree.text),
      );
      if (wrong?.trigger === undefined) continue;
      report({
        at: from.image,
        message: t('`{0}` has a trigger that Docker can not read', from.image.text),
        related: [{ at: wrong.trigger, message: t('The trigger') }],
      });
    }
  },
});

function isWrong({ trigger }: OnBuild, text: string): boolean {
  return (
    trigger !== undefined && parse(`FROM scratch\n${slice(text, trigger.span)}\n`).errors.length > 0
  );
}
