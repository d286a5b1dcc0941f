/** hadolint DL3022, except for external images and named contexts, as its users request (#1124, #933, #421). */
import { rule } from '../../lint/rule.ts';
import { otherReference } from '../../lint/parts.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { missingStages } from '../../model/missing-stages.ts';

export default rule({
  summary: 'Use an existing stage in `COPY --from`',
  why: 'Docker looks up a name that is not a stage as a named context or an image. The build then fails to pull that image, or copies files from an unrelated one. Only misspelled stage names and typical ones such as `builder` are reported.\n\nIgnore this rule for a named context that is passed with `--build-context`.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3022'] },
  links: ['https://docs.docker.com/reference/dockerfile/#copy---from'],
  on: { parts: otherReference },
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
    for (const [{ name, span, instruction }, { suggestion }] of missingStages(model)) {
      report({
        at: { span },
        message:
          suggestion === undefined
            ? t('No earlier stage is named `{0}`', name)
            : t('No earlier stage is named `{0}`; did you mean `{1}`?', name, suggestion),
        ...(suggestion !== undefined && {
          fix: {
            title: t('Replace `{0}` with `{1}`', name, suggestion),
            edits: [replace(span, suggestion)],
            safe: false,
          },
        }),
        ...(instruction.kind === 'RUN' && { also: [] }),
      });
    }
  },
});
