/** tally copy-from-empty-scratch-stage: BuildKit fails at "not found" (solver/llbsolver/file). */
import { rule } from '../../lint/rule.ts';
import type { Stage } from '../../model/model.ts';
import { inheritedInstructions, isFromScratch } from '../../model/lineage.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Copy from a stage that has files',
  why: 'A stage from `scratch` without `COPY`, `ADD` or `RUN` has no files at all. Copying a path from it fails with “not found”.',
  severity: 'error',
  since: '0.1.0',
  also: { tally: ['tally/copy-from-empty-scratch-stage'] },
  links: ['https://docs.docker.com/reference/dockerfile/#copy---from'],
  on: { instructions: ['COPY'], words: ['scratch'] },
  examples: [
    {
      bad: dockerfile`
        FROM scratch AS assets

        FROM nginx:1.31-alpine
        COPY --from=assets «/site» /usr/share/nginx/html/
      `,
      good: dockerfile`
        FROM scratch AS assets
        COPY site /site

        FROM nginx:1.31-alpine
        COPY --from=assets /site /usr/share/nginx/html/
      `,
    },
  ],
  check({ model, report }) {
    if (!model.stages.some(({ image }) => image === 'scratch')) return;
    for (const { instruction, to } of model.references()) {
      if (instruction.kind !== 'COPY' || to?.kind !== 'stage') continue;
      if (!isEmpty(to)) continue;
      // The root of an empty image is there, and its pattern may match nothing.
      const source = instruction.sources.find(({ text }) => !/^[./]*$|[*?[]/.test(text));
      if (source === undefined) continue;
      report({
        at: source,
        message: t('The stage `{0}` has no files', to.name ?? String(to.index)),
        related: [{ at: to.from, message: t('The stage') }],
      });
    }
  },
});

const filling = ['COPY', 'ADD', 'RUN', 'WORKDIR', 'ONBUILD'];

function isEmpty(stage: Stage): boolean {
  if (!isFromScratch(stage)) return false;
  return inheritedInstructions(stage).every(({ kind }) => !filling.includes(kind));
}
