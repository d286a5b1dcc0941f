/** tally/gpu/no-hardcoded-visible-devices: devices by number or name. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';

/** Values that choose no device of one machine. */
const free = /^(?:|all|none|void|NoDevFiles|-1)$/i;

export default rule({
  summary: 'Leave it to the host which GPUs a container sees',
  why: 'Which GPUs there are, and which are free, the host knows: `docker run --gpus`, Compose and Kubernetes set these variables. A number in the image holds for one machine; on another it hides the GPU that was given.',
  severity: 'warning',
  since: '0.1.0',
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
        if (value === undefined || value.variables.length > 0 || free.test(value.text.trim())) continue; // prettier-ignore
        report({
          at: pair,
          message: t('`{0}` fixes the devices of one machine for all', key.text),
        });
      }
    }
  },
});
