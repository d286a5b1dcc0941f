/** hadolint DL3067; not onto an empty image, where this squashes layers, nor from images of tools that are meant for it. */
import { rule } from '../../lint/rule.ts';
import { wholeSource } from '../../lint/parts.ts';
import type { Model, Stage } from '../../model/model.ts';
import { isFromScratch } from '../../model/lineage.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Copy only the required files, not `/` to `/`',
  why: '`COPY --from=build / /` writes an entire root filesystem over another one. Files that both have are stored twice, and libraries of two releases are mixed. Copy only the files of the program, or use that stage as the base in `FROM`.',
  severity: 'info',
  since: '0.1.0',
  also: { hadolint: ['DL3067'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3067'],
  on: { parts: wholeSource },
  examples: [
    {
      bad: dockerfile`
        FROM golang:1.26 AS build
        RUN go build -o /usr/local/bin/tool ./...

        FROM debian:trixie-slim
        COPY --from=build «/» /
      `,
      good: dockerfile`
        FROM golang:1.26 AS build
        RUN go build -o /usr/local/bin/tool ./...

        FROM debian:trixie-slim
        COPY --from=build /usr/local/bin/tool /usr/local/bin/
      `,
    },
  ],
  check({ model, report }) {
    for (const instruction of model.each('COPY')) {
      const { flags, sources, target } = instruction;
      const root = sources.find(({ text }) => text === '/');
      if (root === undefined || target?.text !== '/') continue;
      const from = flags.find(({ name }) => name.text === 'from')?.value?.text;
      const stage = model.stageOf(instruction);
      if (from === undefined || stage?.image === 'scratch') continue;
      if (isToolImage(model, from, stage)) continue;
      report({ at: root, message: t('This copies an entire root filesystem over this one') });
    }
  },
});

/** An external image, named directly or through a stage, or a stage built from `scratch`: not a root filesystem. */
function isToolImage(model: Model, from: string, here: Stage | undefined): boolean {
  if (/[/:.]/.test(from)) return true;
  const stage = model.stageNamed(from, here?.index);
  return stage !== undefined && (stage.instructions.length === 0 || isFromScratch(stage));
}
