/** tally/gpu/no-hardcoded-visible-devices: the value that the base image already sets. */
import { rule } from '../../lint/rule.ts';
import type { Model, Stage } from '../../model/model.ts';
import type { Assign } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { rootImage } from '../../model/lineage.ts';
import { removePair } from '../../lint/edits/remove-pair.ts';

export default rule({
  summary: 'Remove `NVIDIA_VISIBLE_DEVICES=all` on CUDA base images',
  why: '`nvidia/cuda` images already set `NVIDIA_VISIBLE_DEVICES=all`. Setting it again has no effect, and suggests that it is required.',
  severity: 'hint',
  fix: 'safe',
  since: '0.1.0',
  also: { tally: ['tally/gpu/no-hardcoded-visible-devices'] },
  on: { instructions: ['ENV'], words: ['nvidia_visible_devices'] },
  examples: [
    {
      bad: dockerfile`
        FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04
        ENV «NVIDIA_VISIBLE_DEVICES=all»
        CMD ["/usr/local/bin/server"]
      `,
      good: dockerfile`
        FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04
        CMD ["/usr/local/bin/server"]
      `,
    },
  ],
  check({ model, report }) {
    for (const instruction of model.each('ENV')) {
      for (const pair of instruction.pairs) {
        if (pair.key.text !== 'NVIDIA_VISIBLE_DEVICES' || pair.value?.text !== 'all') continue;
        const stage = model.stageOf(instruction);
        if (stage === undefined || !isCuda(stage) || isSetBefore(model, instruction)) continue;
        const edit = removePair(model, instruction, pair);
        report({
          at: pair,
          message: t('The base image already sets `NVIDIA_VISIBLE_DEVICES=all`'),
          tag: 'unnecessary' as const,
          ...(edit && {
            fix: { title: t('Remove `{0}`', 'NVIDIA_VISIBLE_DEVICES=all'), edits: [edit] },
          }),
        });
      }
    }
  },
});

function isCuda(stage: Stage): boolean {
  const image = rootImage(stage);
  return image !== undefined && /^(?:nvidia\/)?cuda$/.test(image.repository) && /nvidia\/cuda$/.test(image.repository); // prettier-ignore
}

/** Whether the file already sets the variable, so that `all` may change its value. */
function isSetBefore(model: Model, instruction: Assign): boolean {
  return model.stateAt(instruction).variables.has('NVIDIA_VISIBLE_DEVICES');
}
