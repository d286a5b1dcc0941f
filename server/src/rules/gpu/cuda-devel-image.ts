/** tally/gpu/prefer-runtime-final-stage, for the CUDA and PyTorch images with `devel` and `runtime` variants. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { Model, Stage } from '../../model/model.ts';
import { installOf } from '../../programs/install.ts';
import { systemManagers } from '../../programs/system-managers.ts';
import { pipLike, uvLike } from '../../programs/pip.ts';
import { condaLike } from '../../programs/conda.ts';
import { pythonLike } from '../../programs/python.ts';
import type { From } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { rootStage, rootImage, isBuiltFrom } from '../../model/lineage.ts';
import { isForDevelopment } from '../../model/purpose.ts';

const compilers = 'nvcc gcc g++ cc c++ clang clang++ make cmake ninja meson cargo bazel ptxas'.split(' '); // prettier-ignore
const managers = [...systemManagers, ...pipLike, ...uvLike, ...condaLike];
/** Packages that compile code, some of them for the GPU when they are loaded. */
const compilerPackages =
  /^(?:build-essential|gcc|g\+\+|gcc-c\+\+|make|cmake|ninja|ninja-build|clang|flash[-_]attn|deepspeed|apex|flashinfer.*|mmcv.*|detectron2|pytorch3d|causal[-_]conv1d|mamba[-_]ssm|auto[-_]gptq|vllm|sglang)(?:-\d.*)?$/;

export default rule({
  summary: 'Use a CUDA `runtime` base image for the final stage',
  why: '`devel` images contain the CUDA compiler, headers and static libraries. These are several gigabytes that every host has to pull, and a program that is already built does not use them. The `runtime` variant has the libraries that the program loads. If something has to be compiled, do it in an earlier stage based on `devel`.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { tally: ['tally/gpu/prefer-runtime-final-stage'] },
  links: ['https://hub.docker.com/r/nvidia/cuda'],
  on: { words: ['devel'] },
  examples: [
    {
      bad: dockerfile`
        FROM «pytorch/pytorch:2.5.1-cuda12.4-cudnn9-devel»
        COPY serve.py .
        CMD ["python", "serve.py"]
      `,
      good: dockerfile`
        FROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime
        COPY serve.py .
        CMD ["python", "serve.py"]
      `,
    },
  ],
  check({ model, report }) {
    const { target } = model;
    const image = target && rootImage(target);
    if (target === undefined || image?.tag === undefined || !isDevel(image.tag)) return;
    if (!/cuda|cudnn|cudagl|pytorch|(?:^|[-_])cu1\d/.test(`${image.repository}:${image.tag}`))
      return;
    if (isForDevelopment(target) || compiles(model, target)) return;
    const { from } = rootStage(target);
    const fix = runtimeFix(from);
    report({
      at: from.image ?? from,
      message: t('The final image is based on `devel` but does not compile anything'),
      ...(fix && { fix }),
    });
  },
});

function isDevel(tag: string): boolean {
  return /(?:^|-)devel(?:-|$)/.test(tag);
}

function compiles(model: Model, target: Stage): boolean {
  for (const { stage } of model.commands(...compilers))
    if (stage && isBuiltFrom(target, stage)) return true;
  for (const { stage, command } of model.commands(...managers)) {
    if (stage === undefined || !isBuiltFrom(target, stage)) continue;
    if (installOf(command)?.packages.some(({ name }) => compilerPackages.test(name))) return true;
  }
  for (const { stage, command } of model.commands(...pythonLike, ...pipLike)) {
    const isHere = stage !== undefined && isBuiltFrom(target, stage);
    if (isHere && command.args.some(({ text }) => text.endsWith('setup.py') || text === '.'))
      return true;
  }
  return false;
}

function runtimeFix({ image }: From): Fix | undefined {
  const at = image?.raw.search(/-devel(?:-|$|@)/) ?? -1;
  if (image === undefined || at < 0 || image.raw !== image.text || image.raw.includes('@'))
    return undefined;
  const start = image.span.start + at + 1;
  if (image.span.end - image.span.start !== image.raw.length) return undefined;
  return {
    title: t('Replace `{0}` with `{1}`', 'devel', 'runtime'),
    edits: [replace({ start, end: start + 'devel'.length }, 'runtime')],
    safe: false,
  };
}
