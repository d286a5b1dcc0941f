/** tally/gpu/cuda-version-mismatch. */
import { rule } from '../../lint/rule.ts';
import type { CommandAt } from '../../model/model.ts';
import { conda, condaLike } from '../../programs/conda.ts';
import { invoke } from '../../programs/program.ts';
import { pipLike, uvLike } from '../../programs/pip.ts';
import { cudaOf, wheelCuda } from '../../images/cuda.ts';
import type { ShellWord } from '../../shell/script.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translated.ts';
import { rootImage } from '../../model/lineage.ts';

const managers = [...pipLike, ...uvLike, ...condaLike];

export default rule({
  summary: 'Install what was built for the CUDA of the image',
  why: 'Wheels and conda packages are built for one version of CUDA. Made for another one than the base image has, they bring its libraries a second time, and whatever is compiled beside them refuses to link or to load. An older minor version of the same major one is fine.',
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
      const here = image && cudaOf(image)?.version;
      if (here === undefined) continue;
      const found = wanted(at).find(([, version]) => !fits(version, here));
      if (found === undefined) continue;
      const [word, version] = found;
      report({ at: word, message: t('Built for CUDA {0}; the image has {1}', version, here) });
    }
  },
});

function wanted({ command }: CommandAt): readonly (readonly [ShellWord, string])[] {
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

function fits(version: string, here: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  const [hereMajor, hereMinor] = here.split('.').map(Number);
  return major === hereMajor && (minor ?? 0) <= (hereMinor ?? 0);
}
