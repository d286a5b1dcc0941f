/** hadolint DL3067; over an empty image it is how layers are made one, and images of a few tools are made for it. */
import { rule } from '../../lint/rule.ts';
import type { Model, Stage } from '../../model/model.ts';
import { isFromScratch } from '../../model/lineage.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Copy from a stage what is needed, not `/` onto `/`',
  why: 'This writes one system over the other: shared files are paid for twice, and libraries of two releases are mixed. Copy the files of the program, or begin with that stage.',
  severity: 'info',
  since: '0.1.0',
  also: { hadolint: ['DL3067'] },
  links: ['https://github.com/hadolint/hadolint/wiki/DL3067'],
  on: { instructions: ['COPY'] },
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
      if (isTools(model, from, stage)) continue;
      report({ at: root, message: t('This lays one whole system over the other') });
    }
  },
});

/** An image from elsewhere, under its own name or a stage's, or a stage that begins empty: not a whole system. */
function isTools(model: Model, from: string, here: Stage | undefined): boolean {
  if (/[/:.]/.test(from)) return true;
  const stage = model.stageNamed(from, here?.index);
  return stage !== undefined && (stage.instructions.length === 0 || isFromScratch(stage));
}
