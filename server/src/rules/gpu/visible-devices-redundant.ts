/** tally/gpu/no-hardcoded-visible-devices: what the base image says already. */
import { rule } from '../../lint/rule.ts';
import type { Model, Stage } from '../../model/model.ts';
import type { Assign } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { rootImage } from '../../model/lineage.ts';
import { withoutPair } from '../../lint/edits/without-pair.ts';

export default rule({
  summary: 'Leave out what CUDA images set already',
  why: '`nvidia/cuda` images come with `NVIDIA_VISIBLE_DEVICES=all`. Said again it changes nothing, and looks as if it had to be there.',
  severity: 'hint',
  fix: 'safe',
  since: '0.1.0',
  also: { tally: ['tally/gpu/no-hardcoded-visible-devices'] },
  on: { instructions: ['ENV'] },
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
        const edit = withoutPair(model, instruction, pair);
        report({
          at: pair,
          message: t('The base image sets this already'),
          tag: 'unnecessary' as const,
          ...(edit && { fix: { title: t('Remove it'), edits: [edit] } }),
        });
      }
    }
  },
});

function isCuda(stage: Stage): boolean {
  const image = rootImage(stage);
  return image !== undefined && /^(?:nvidia\/)?cuda$/.test(image.repository) && /nvidia\/cuda$/.test(image.repository); // prettier-ignore
}

/** Something in the file set it to another value, so that `all` is a change. */
function isSetBefore(model: Model, instruction: Assign): boolean {
  return model.stateAt(instruction).variables.has('NVIDIA_VISIBLE_DEVICES');
}
