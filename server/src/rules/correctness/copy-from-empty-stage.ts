/** tally copy-from-empty-scratch-stage: BuildKit fails with "not found" (solver/llbsolver/file). */
import { rule } from '../../lint/rule.ts';
import { isFromScratch, StageSearch } from '../../model/lineage.ts';
import type { Kind } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Do not copy from an empty stage',
  why: 'A stage from `scratch` without `COPY`, `ADD`, `RUN` or `WORKDIR` contains no files. Copying a path from it fails the build with `not found`.',
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
    const filled = new StageSearch(({ kind }) => filling.has(kind));
    for (const { instruction, to } of model.references()) {
      if (instruction.kind !== 'COPY' || to?.kind !== 'stage') continue;
      if (!isFromScratch(to) || filled.isIn(to)) continue;
      // The root directory always exists, and a pattern may match nothing.
      const source = instruction.sources.find(({ text }) => !/^[./]*$|[*?[]/.test(text));
      if (source === undefined) continue;
      report({
        at: source,
        message: t('Stage `{0}` contains no files', to.name ?? String(to.index)),
        related: [{ at: to.from, message: t('Empty stage') }],
      });
    }
  },
});

const filling: ReadonlySet<Kind> = new Set<Kind>(['COPY', 'ADD', 'RUN', 'WORKDIR', 'ONBUILD']);
