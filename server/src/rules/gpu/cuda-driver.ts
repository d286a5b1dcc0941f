/** Our own: which driver the host needs, from NVIDIA's tables. */
import { rule } from '../../lint/rule.ts';
import { cudaOf } from '../../images/cuda.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { rootStage, rootImage } from '../../model/lineage.ts';

export default rule({
  summary: 'Know which NVIDIA driver the image needs',
  why: 'The driver is on the host, not in the image. With one that is too old, containers do not start, or programs find no GPU. Within one major version of CUDA an older driver mostly does, as long as nothing is compiled for the GPU at run time (PTX).',
  severity: 'hint',
  since: '0.1.0',
  links: [
    'https://docs.nvidia.com/cuda/cuda-toolkit-release-notes/index.html#cuda-driver',
    'https://docs.nvidia.com/deploy/cuda-compatibility/minor-version-compatibility.html',
  ],
  on: { instructions: ['FROM'], words: ['cuda', '-cu', '_cu', '.cu', '+cu', '/cu'] },
  examples: [
    {
      note: 'Nothing is wrong with the file. Once the hosts are known to be new enough, say so:',
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
          ? t('CUDA {0} needs driver {1} or newer on the host', version, driver)
          : t(
              'CUDA {0} needs driver {1} or newer on the host ({2} by minor-version compatibility)',
              version,
              driver,
              compatible,
            ),
    });
  },
});
