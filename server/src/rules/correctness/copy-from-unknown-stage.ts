/** hadolint DL3022, whose users ask to leave external images and named contexts alone (#1124, #933, #421). */
import { t } from '@vscode/l10n';
import { nearest } from '../../lint/nearest.ts';
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';

/** What stages are called and images are not. */
const stageLike = /^(?:base|build(?:er)?|builds?|deps|dependencies|dev(?:elopment)?|prod(?:uction)?|runtime|final|release|compile|install|stage|assets|frontend|backend|tests?)(?:[-_.\d].*)?$|[-_](?:build(?:er)?|stage|deps|base)$/i; // prettier-ignore

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
    for (const { name, span, instruction, to } of model.references()) {
      if (instruction.kind === 'ADD' || (to && 'from' in to)) continue;
      if (/[$:/@.]/.test(name) || /^\d+$/.test(name) || model.stageNamed(name)) continue;
      const here = model.stageOf(instruction)?.index ?? 0;
      const names = model.stages.slice(0, here).flatMap((stage) => stage.name ?? []);
      const meant = nearest(name, names);
      if (meant === undefined && !stageLike.test(name)) continue;
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
