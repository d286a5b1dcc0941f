/** BuildKit StageNameCasing. Stage names are not case-sensitive, so renaming does not change the build. */
import { rule } from '../../lint/rule.ts';
import { oddName } from '../../lint/parts.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { slice } from '../../text/span.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Use lowercase stage names',
  why: 'Stage names are not case-sensitive, and BuildKit prints them in lowercase. A lowercase name looks the same in the Dockerfile and in the build output.',
  severity: 'hint',
  fix: 'safe',
  since: '0.1.0',
  also: { buildkit: ['StageNameCasing'] },
  links: ['https://docs.docker.com/reference/build-checks/stage-name-casing/'],
  on: { parts: oddName },
  examples: [
    {
      bad: dockerfile`
        FROM golang:1.26 AS «Builder»
        RUN go install example.org/tool@v1.4.0

        FROM debian:trixie-slim
        COPY --from=Builder /go/bin/tool /usr/local/bin/
      `,
      good: dockerfile`
        FROM golang:1.26 AS builder
        RUN go install example.org/tool@v1.4.0

        FROM debian:trixie-slim
        COPY --from=builder /go/bin/tool /usr/local/bin/
      `,
    },
  ],
  check({ model, report }) {
    for (const { name } of model.each('FROM')) {
      if (name === undefined || name.raw === name.raw.toLowerCase()) continue;
      const lowercase = name.raw.toLowerCase();
      const uses = model.symbolAt(name.span.start)?.uses ?? [name];
      report({
        at: name,
        message: t('The stage name `{0}` is not lowercase', name.raw),
        fix: {
          title: t('Rename to `{0}`', lowercase),
          edits: uses
            .filter(({ span }) => slice(model.source.text, span) !== lowercase)
            .map(({ span }) => replace(span, lowercase)),
        },
      });
    }
  },
});
