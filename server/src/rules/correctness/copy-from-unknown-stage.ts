/** hadolint DL3022, whose users ask to leave external images and named contexts alone (#1124, #933, #421). */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { missedStage } from '../../model/missed-stages.ts';

export default rule({
  summary: 'Copy from stages that exist',
  why: "A name that is no stage is taken for an image or a named context. Docker then looks for it in a registry, and the build fails there or copies from a stranger's image.",
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3022'] },
  links: ['https://docs.docker.com/reference/dockerfile/#copy---from'],
  on: { instructions: ['COPY', 'ADD', 'RUN'], words: ['from='] },
  examples: [
    {
      bad: dockerfile`
        FROM golang:1.26 AS builder
        RUN go build -o /tool .

        FROM debian:trixie-slim
        COPY --from=«bulider» /tool /usr/local/bin/
      `,
      good: dockerfile`
        FROM golang:1.26 AS builder
        RUN go build -o /tool .

        FROM debian:trixie-slim
        COPY --from=builder /tool /usr/local/bin/
      `,
    },
  ],
  check({ model, report }) {
    for (const reference of model.references()) {
      const missed = missedStage(model, reference);
      if (missed === undefined) continue;
      const { name, span, instruction } = reference;
      const { meant } = missed;
      report({
        at: { span },
        message:
          meant === undefined
            ? t('No stage above is called `{0}`', name)
            : t('No stage above is called `{0}`; did you mean `{1}`?', name, meant),
        ...(meant !== undefined && {
          fix: { title: t('Write {0}', meant), edits: [replace(span, meant)], safe: false },
        }),
        ...(instruction.kind === 'RUN' && { also: [] }),
      });
    }
  },
});
