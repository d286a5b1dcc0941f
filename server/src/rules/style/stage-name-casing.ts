/** BuildKit StageNameCasing. Names are compared without regard to casing, so renaming changes nothing. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { slice } from '../../text/span.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Write stage names in lower case',
  why: 'BuildKit takes stage names without regard to casing and turns them to lower case in its output. Written so from the start, they look the same everywhere.',
  severity: 'hint',
  fix: 'safe',
  since: '0.1.0',
  also: { buildkit: ['StageNameCasing'] },
  links: ['https://docs.docker.com/reference/build-checks/stage-name-casing/'],
  on: { instructions: ['FROM'] },
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
      const wanted = name.raw.toLowerCase();
      const uses = model.symbolAt(name.span.start)?.uses ?? [name];
      report({
        at: name,
        message: t('The stage name `{0}` has capital letters', name.raw),
        fix: {
          title: t('Rename to {0}', wanted),
          edits: uses
            .filter(({ span }) => slice(model.tree.text, span) !== wanted)
            .map(({ span }) => replace(span, wanted)),
        },
      });
    }
  },
});
