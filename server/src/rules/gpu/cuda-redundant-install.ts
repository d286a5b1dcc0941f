/** tally/gpu/no-redundant-cuda-install. */
import { rule } from '../../lint/rule.ts';
import { installOf, type Package } from '../../programs/install.ts';
import { systemManagers } from '../../programs/system-managers.ts';
import { cudaOf } from '../../images/cuda.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { rootImage } from '../../model/lineage.ts';

const inRuntime =
  /^(?:cuda-(?:runtime|libraries|cudart)|libcublas|libnpp|libcusparse)(?:-\d+-\d+)?$/;
const inDevel = /^(?:cuda|nvidia-cuda-(?:toolkit|dev)|cuda-(?:toolkit|nvcc|compiler|runtime|libraries|cudart|minimal-build|command-line-tools|nvml-dev)(?:-dev|-devel)?|lib(?:cublas|npp|cusparse)(?:-dev|-devel)?)(?:-\d+-\d+)?$/; // prettier-ignore
const cudnn = /^libcudnn\d+(?:-cuda-\d+)?$/;
const cudnnDevel = /^libcudnn\d+(?:-dev|-devel)?(?:-cuda-\d+)?$/;

export default rule({
  summary: 'Do not install CUDA packages that the base image includes',
  why: '`nvidia/cuda` images already contain CUDA: `runtime` has its libraries, `devel` also its compiler and headers, and `cudnn` has cuDNN. Installing them again adds gigabytes, or upgrades CUDA to a version other than the one in the tag.',
  severity: 'info',
  since: '0.1.0',
  formerly: ['cuda-installed-twice'],
  also: { tally: ['tally/gpu/no-redundant-cuda-install'] },
  links: ['https://hub.docker.com/r/nvidia/cuda'],
  on: { commands: systemManagers, words: ['nvidia/cuda'] },
  examples: [
    {
      bad: dockerfile`
        FROM nvidia/cuda:12.4.1-devel-ubuntu22.04
        RUN apt-get update && \
            apt-get install -y --no-install-recommends git «cuda-toolkit-12-4» && \
            rm -rf /var/lib/apt/lists/*
      `,
      good: dockerfile`
        FROM nvidia/cuda:12.4.1-devel-ubuntu22.04
        RUN apt-get update && \
            apt-get install -y --no-install-recommends git && \
            rm -rf /var/lib/apt/lists/*
      `,
    },
  ],
  check({ model, report }) {
    for (const { command, stage } of model.commands(...systemManagers)) {
      const image = stage && rootImage(stage);
      if (image?.tag === undefined || !/(?:^|\/)nvidia\/cuda$/.test(image.repository)) continue;
      const version = cudaOf(image)?.version;
      const tag = image.tag;
      const found = installOf(command)?.packages.find(
        (one) => isIncluded(one, tag) && isSameRelease(one, version),
      );
      if (found)
        report({
          at: found.word,
          message: t('`{0}` is already included in `{1}`', found.name, tag),
        });
    }
  },
});

function isIncluded({ name }: Package, tag: string): boolean {
  const isDevel = !/-(?:base|runtime)/.test(tag);
  if (tag.includes('cudnn') && (isDevel ? cudnnDevel : cudnn).test(name)) return true;
  return isDevel ? inDevel.test(name) : tag.includes('-runtime') && inRuntime.test(name);
}

/** Whether the package belongs to the CUDA release of the image; another release is not a second copy. */
function isSameRelease({ name }: Package, version: string | undefined): boolean {
  const [, major, minor] = /-(\d+)-(\d+)$/.exec(name) ?? [];
  return major === undefined || version === `${major}.${minor ?? ''}`;
}
