/** BuildKit dockerfile2llb/convert.go, initOnBuildTriggers: a trigger is parsed when a stage is built from its stage. */
import { rule } from '../../lint/rule.ts';
import type { Stage } from '../../model/model.ts';
import { parse } from '../../syntax/parse.ts';
import type { OnBuild } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { onceFor } from '../../text/memoize.ts';
import { slice } from '../../text/span.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use valid instructions as `ONBUILD` triggers',
  why: 'The instruction after `ONBUILD` is not parsed until another stage uses this one as its base in `FROM`. If it is invalid, for example because its keyword is misspelled, the build fails there.',
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
    // Many stages can be built from one.
    const invalidIn = onceFor((stage: Stage) => firstInvalid(stage, model.tree.text));
    for (const { base, from } of model.stages) {
      if (base?.kind !== 'stage' || from.image === undefined) continue;
      const onbuild = invalidIn(base);
      if (onbuild?.trigger === undefined) continue;
      report({
        at: from.image,
        message: t('Stage `{0}` has an invalid `ONBUILD` trigger', from.image.text),
        related: [{ at: onbuild.trigger, message: t('Invalid trigger') }],
      });
    }
  },
});

function firstInvalid({ instructions }: Stage, text: string): OnBuild | undefined {
  return instructions.find(
    (one): one is OnBuild => one.kind === 'ONBUILD' && hasInvalidTrigger(one, text),
  );
}

function hasInvalidTrigger({ trigger }: OnBuild, text: string): boolean {
  return (
    trigger !== undefined && parse(`FROM scratch\n${slice(text, trigger.span)}\n`).errors.length > 0
  );
}
