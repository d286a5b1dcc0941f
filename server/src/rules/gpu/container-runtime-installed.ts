/** tally/gpu/no-container-runtime-in-image. */
import { rule } from '../../lint/rule.ts';
import { installOf } from '../../programs/install.ts';
import { systemManagers } from '../../programs/system-managers.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

const runtime = /^(?:nvidia-container-(?:toolkit|runtime)|nvidia-docker2?$|libnvidia-container)/;

export default rule({
  summary: 'Install the NVIDIA Container Toolkit on the host, not in the image',
  why: 'The engine on the host calls the NVIDIA Container Toolkit to give containers access to GPUs. Nothing calls it inside an image, where it only takes space.',
  severity: 'warning',
  since: '0.1.0',
  also: { tally: ['tally/gpu/no-container-runtime-in-image'] },
  links: [
    'https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/install-guide.html',
  ],
  on: {
    commands: systemManagers,
    words: ['nvidia-'],
  },
  examples: [
    {
      bad: dockerfile`
        FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04
        RUN apt-get update && \
            apt-get install -y --no-install-recommends python3 «nvidia-container-toolkit» && \
            rm -rf /var/lib/apt/lists/*
      `,
      good: dockerfile`
        FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04
        RUN apt-get update && \
            apt-get install -y --no-install-recommends python3 && \
            rm -rf /var/lib/apt/lists/*
      `,
    },
  ],
  check({ model, report }) {
    for (const { command } of model.commands(...systemManagers)) {
      const found = installOf(command)?.packages.find(({ name }) => runtime.test(name));
      if (found)
        report({
          at: found.word,
          message: t('`{0}` has no effect in an image; install it on the host', found.name),
        });
    }
  },
});
