/** tally/gpu/no-hardcoded-visible-devices: devices by number or ID. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

/** Values that do not select the devices of a particular machine. */
const portableValues = /^(?:|all|none|void|NoDevFiles|-1)$/i;

export default rule({
  summary: 'Do not hard-code `NVIDIA_VISIBLE_DEVICES` or `CUDA_VISIBLE_DEVICES`',
  why: 'Which GPUs exist and which are free is only known on the host, where `docker run --gpus`, Compose and Kubernetes set these variables. A device number or ID in the image is valid for one machine. On another machine, it hides the GPU that was assigned to the container.',
  severity: 'warning',
  since: '0.1.0',
  formerly: ['visible-devices-fixed'],
  also: { tally: ['tally/gpu/no-hardcoded-visible-devices'] },
  links: [
    'https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/docker-specialized.html',
  ],
  on: { instructions: ['ENV'], words: ['_visible_devices'] },
  examples: [
    {
      bad: dockerfile`
        FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04
        ENV «CUDA_VISIBLE_DEVICES=0»
        CMD ["/usr/local/bin/server"]
      `,
      good: dockerfile`
        FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04
        CMD ["/usr/local/bin/server"]
      `,
    },
  ],
  check({ model, report }) {
    for (const { pairs } of model.each('ENV')) {
      for (const pair of pairs) {
        const { key, value } = pair;
        if (!/^(?:NVIDIA|CUDA)_VISIBLE_DEVICES$/.test(key.text)) continue;
        if (value === undefined || value.variables.length > 0 || portableValues.test(value.text.trim())) continue; // prettier-ignore
        report({
          at: pair,
          message: t('`{0}` is hard-coded to the GPUs of one machine', key.text),
        });
      }
    }
  },
});
