/** Our own: BuildKit's solver fails at "exec: no such file or directory" (testErrorsSourceMap, invalidrun). */
import { rule } from '../../lint/rule.ts';
import type { Stage } from '../../model/model.ts';
import { isFromScratch, lineage, parentStage } from '../../model/lineage.ts';
import type { Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Copy a program into an empty image before you run one',
  why: 'An image from `scratch` has no files at all, and so neither a shell nor any other program. The check of a build does not see it, but the build fails.',
  severity: 'error',
  since: '0.1.0',
  also: { tally: ['tally/shell-run-in-scratch'] },
  links: [
    'https://docs.docker.com/build/building/base-images/#create-a-minimal-base-image-using-scratch',
  ],
  on: { instructions: ['RUN'], words: ['scratch'] },
  examples: [
    {
      bad: dockerfile`
        FROM scratch
        «RUN» mkdir /data
      `,
      good: dockerfile`
        FROM scratch
        WORKDIR /data
      `,
    },
  ],
  check({ model, report }) {
    for (const stage of model.stages) {
      if (!isEmptyBelow(stage)) continue;
      // A mount may bring programs along.
      const first = stage.instructions.find(bringsOrRuns);
      if (first?.kind !== 'RUN' || first.flags.some(isMount)) continue;
      report({ at: first.keyword, message: t('There is no program to run in an empty image') });
    }
  },
});

function bringsOrRuns({ kind }: { readonly kind: string }): boolean {
  return kind === 'COPY' || kind === 'ADD' || kind === 'RUN';
}

/** Whether nothing was put into the stages below, down to `scratch`. */
function isEmptyBelow(stage: Stage): boolean {
  const below = lineage(parentStage(stage)).flatMap(({ instructions }) => instructions);
  return isFromScratch(stage) && !below.some((one) => bringsOrRuns(one) || one.kind === 'ONBUILD');
}

function isMount({ name }: Run['flags'][number]): boolean {
  return name.text === 'mount';
}
