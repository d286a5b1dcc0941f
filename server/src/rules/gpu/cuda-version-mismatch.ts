/** tally/gpu/cuda-version-mismatch. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt } from '../../model/model.ts';
import { conda, condaLike } from '../../programs/conda.ts';
import { invoke } from '../../programs/program.ts';
import { pipLike, uvLike } from '../../programs/pip.ts';
import { cudaOf, wheelCuda } from '../../images/cuda.ts';
import type { ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';
import { rootImage } from '../../model/lineage.ts';

const managers = [...pipLike, ...uvLike, ...condaLike];

export default rule({
  summary: 'Install packages built for the CUDA version of the base image',
  why: 'Wheels and conda packages are built for one version of CUDA. If the base image has another version, they add a second copy of the CUDA libraries, and code that is compiled against them fails to link or load. An older minor version of the same major version is not reported.',
  severity: 'info',
  since: '0.1.0',
  also: { tally: ['tally/gpu/cuda-version-mismatch'] },
  links: ['https://pytorch.org/get-started/locally/'],
  on: { commands: managers },
  examples: [
    {
      bad: dockerfile`
        FROM nvidia/cuda:12.4.1-cudnn-runtime-ubuntu22.04
        RUN pip install --no-cache-dir --index-url «https://download.pytorch.org/whl/cu118» torch==2.5.1
      `,
      good: dockerfile`
        FROM nvidia/cuda:12.4.1-cudnn-runtime-ubuntu22.04
        RUN pip install --no-cache-dir --index-url https://download.pytorch.org/whl/cu124 torch==2.5.1
      `,
    },
  ],
  check({ model, report }) {
    const images = model.stages.map(rootImage);
    if (!images.some((image) => image && cudaOf(image))) return;
    for (const at of model.commands(...managers)) {
      const image = at.stage && rootImage(at.stage);
      const imageVersion = image && cudaOf(image)?.version;
      if (imageVersion === undefined) continue;
      const found = builtFor(at).find(([, version]) => !isCompatible(version, imageVersion));
      if (found === undefined) continue;
      const [word, version] = found;
      report({
        at: word,
        message: t('Built for CUDA {0}, but the base image has CUDA {1}', version, imageVersion),
      });
    }
  },
});

function builtFor({ command }: CommandAt): readonly (readonly [ShellWord, string])[] {
  const byConda = invoke(command, conda);
  if (byConda)
    return byConda.operands.flatMap((word) => {
      const pattern = /^(?:[\w-]+::)?(?:pytorch-cuda|cudatoolkit|cuda-toolkit|cuda-version)=+(\d+\.\d+)/; // prettier-ignore
      const version = pattern.exec(word.text)?.[1];
      return version === undefined ? [] : [[word, version] as const];
    });
  return command.args.flatMap((word) => {
    const version = wheelCuda(word.text);
    return version === undefined ? [] : [[word, version] as const];
  });
}

function isCompatible(version: string, imageVersion: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  const [imageMajor, imageMinor] = imageVersion.split('.').map(Number);
  return major === imageMajor && (minor ?? 0) <= (imageMinor ?? 0);
}
