/** tally no-unreachable-stages. A named stage may be a target of its own, so that only the others are spoken of. */
import { boolean, object } from '../../../../contract/schema.ts';
import { rule } from '../../lint/rule.ts';
import type { Model, Stage } from '../../model/model.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Leave out stages that nothing is made of',
  why: 'BuildKit builds what the target needs, and leaves the rest. A stage without a name that no other one uses is never built; where it was meant to be copied from, the `COPY --from` is missing.',
  severity: 'hint',
  since: '0.1.0',
  also: { tally: ['tally/no-unreachable-stages'] },
  links: ['https://docs.docker.com/build/building/multi-stage/'],
  options: object({
    named: boolean(false, 'Whether named stages are reported too, which `--target` may build.'),
  }),
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
        message: t('Nothing is made of this stage'),
        tag: 'unnecessary',
      });
    }
  },
});

/** It has a name, or is part of one that has. */
function mayBeTarget(model: Model, { name, usedBy }: Stage): boolean {
  return (
    name !== undefined ||
    usedBy.some((user) => {
      const stage = model.stageOf(user);
      return stage !== undefined && mayBeTarget(model, stage);
    })
  );
}
