/** tally/gpu/prefer-minimal-driver-capabilities. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Set only the `NVIDIA_DRIVER_CAPABILITIES` that the program uses',
  why: '`all` also mounts the graphics, video and display libraries of the host. Programs that only compute need `compute,utility`. Fewer mounted libraries mean fewer conflicts with the libraries of the image, and a smaller attack surface. Ignore this rule if the program renders graphics or processes video.',
  severity: 'hint',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/gpu/prefer-minimal-driver-capabilities'] },
  links: [
    'https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html#driver-capabilities',
  ],
  on: { instructions: ['ENV'], words: ['nvidia_driver_capabilities'] },
  examples: [
    {
      bad: dockerfile`
        FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04
        ENV NVIDIA_DRIVER_CAPABILITIES=«all»
      `,
      good: dockerfile`
        FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04
        ENV NVIDIA_DRIVER_CAPABILITIES=compute,utility
      `,
    },
  ],
  check({ model, report }) {
    const set = [...model.each('ENV')].flatMap((instruction) =>
      instruction.pairs
        .filter(({ key }) => key.text === 'NVIDIA_DRIVER_CAPABILITIES')
        .map(({ value }) => ({ value, stage: model.stageOf(instruction) })),
    );
    for (const [i, { value, stage }] of set.entries()) {
      if (value === undefined || !/^all$/i.test(value.text) || set[i + 1]?.stage === stage)
        continue;
      report({
        at: value,
        message: t('`{0}` also mounts graphics and video libraries', value.text),
        fix: {
          title: t('Replace `{0}` with `{1}`', value.text, 'compute,utility'),
          edits: [replace(value.span, 'compute,utility')],
          safe: false,
        },
      });
    }
  },
});
