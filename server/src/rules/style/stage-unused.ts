/** tally no-unreachable-stages. A named stage may be built with `--target`, so by default only unnamed stages are reported. */
import { boolean, object } from '../../../../contract/schema.ts';
import { rule } from '../../lint/rule.ts';
import { severalStages, unnamedStage } from '../../lint/parts.ts';
import type { Model, Stage } from '../../model/model.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Remove unused build stages',
  why: 'BuildKit only builds the stages that the target needs. A stage that has no name and is not used by another stage is never built. If its files are needed, a `COPY --from` is missing.',
  severity: 'hint',
  since: '0.1.0',
  also: { tally: ['tally/no-unreachable-stages'] },
  links: ['https://docs.docker.com/build/building/multi-stage/'],
  options: object({
    named: boolean(false, 'Whether to report named stages too, which `--target` can build.'),
  }),
  onWith: ({ named }) => ({ parts: named ? severalStages : unnamedStage }),
  examples: [
    {
      bad: dockerfile`
        FROM «golang:1.26»
        RUN go install example.org/tool@v1.4.0

        FROM debian:trixie-slim
        USER nobody
      `,
      good: dockerfile`
        FROM golang:1.26 AS build
        RUN go install example.org/tool@v1.4.0

        FROM debian:trixie-slim
        COPY --from=build /go/bin/tool /usr/local/bin/
        USER nobody
      `,
    },
    {
      options: { named: true },
      bad: dockerfile`
        FROM golang:1.26 AS «tests»
        RUN go test ./...

        FROM debian:trixie-slim
        USER nobody
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        USER nobody
      `,
    },
  ],
  check({ model, options, report }) {
    for (const stage of model.stages) {
      if (
        stage.reachable ||
        stage.image === undefined ||
        (!options.named && mayBeTarget(model, stage))
      )
        continue;
      const { from } = stage;
      report({
        at: (stage.name === undefined ? from.image : from.name) ?? from,
        message: t('This stage is never used'),
        tag: 'unnecessary',
      });
    }
  },
});

/** Whether the stage has a name, or a stage that uses it has one. */
function mayBeTarget(model: Model, { name, usedBy }: Stage): boolean {
  return (
    name !== undefined ||
    usedBy.some((user) => {
      const stage = model.stageOf(user);
      return stage !== undefined && mayBeTarget(model, stage);
    })
  );
}
