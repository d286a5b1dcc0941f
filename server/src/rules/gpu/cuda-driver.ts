/** The driver that the host requires, from NVIDIA's tables. No equivalent in hadolint, BuildKit or tally. */
import { rule } from '../../lint/rule.ts';
import { cudaOf } from '../../images/cuda.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { rootStage, rootImage } from '../../model/lineage.ts';

export default rule({
  summary: 'Check the NVIDIA driver version that the CUDA image requires',
  why: 'The driver is installed on the host, not in the image. If it is too old, containers do not start, or programs do not find a GPU. Within one major version of CUDA, an older driver usually works as long as nothing is compiled for the GPU at run time (PTX). Ignore this rule when all hosts have a driver that is new enough.',
  severity: 'off',
  since: '0.1.0',
  links: [
    'https://docs.nvidia.com/cuda/cuda-toolkit-release-notes/index.html#cuda-driver',
    'https://docs.nvidia.com/deploy/cuda-compatibility/minor-version-compatibility.html',
  ],
  on: { instructions: ['FROM'], words: ['cuda', '-cu', '_cu', '.cu', '+cu', '/cu'] },
  examples: [
    {
      note: 'The file itself is correct. When all hosts have a driver that is new enough, ignore the rule:',
      bad: dockerfile`
        FROM «nvidia/cuda:12.4.1-runtime-ubuntu22.04»
        CMD ["/usr/local/bin/server"]
      `,
      good: dockerfile`
        # drydock ignore=cuda-driver -- all hosts have 560
        FROM nvidia/cuda:12.4.1-runtime-ubuntu22.04
        CMD ["/usr/local/bin/server"]
      `,
    },
  ],
  check({ model: { target }, report }) {
    const image = target && rootImage(target);
    const found = image && cudaOf(image);
    if (target === undefined || found?.driver === undefined) return;
    const { version, driver, compatible } = found;
    const { from } = rootStage(target);
    report({
      at: from.image ?? from,
      message:
        compatible === undefined
          ? t('CUDA {0} requires NVIDIA driver {1} or newer on the host', version, driver)
          : t(
              'CUDA {0} requires host driver {1} or newer ({2} with minor-version compatibility)',
              version,
              driver,
              compatible,
            ),
    });
  },
});
