/** Our own: BuildKit's solver fails with "no such file or directory" (testErrorsSourceMap, invalidrun). */
import { rule } from '../../lint/rule.ts';
import { isFromScratch, parentStage, StageSearch } from '../../model/lineage.ts';
import type { Run } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Do not use `RUN` in an empty `scratch` image',
  why: 'An image from `scratch` contains no files, so there is no shell and no other program to run. The build fails with `exec: "/bin/sh": stat /bin/sh: no such file or directory`, which `docker build --check` does not detect. Copy or mount a program first, or use `COPY` and `WORKDIR` instead of `RUN`.',
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
    const filled = new StageSearch((one) => addsFilesOrRuns(one) || one.kind === 'ONBUILD');
    for (const stage of model.stages) {
      // It is built from `scratch` through stages that add no files.
      if (!isFromScratch(stage) || filled.isIn(parentStage(stage))) continue;
      // A mount may provide programs.
      const first = stage.instructions.find(addsFilesOrRuns);
      if (first?.kind !== 'RUN' || first.flags.some(isMount)) continue;
      report({
        at: first.keyword,
        message: t('`RUN` fails here: this image is empty and has no shell'),
      });
    }
  },
});

function addsFilesOrRuns({ kind }: { readonly kind: string }): boolean {
  return kind === 'COPY' || kind === 'ADD' || kind === 'RUN';
}

function isMount({ name }: Run['flags'][number]): boolean {
  return name.text === 'mount';
}
