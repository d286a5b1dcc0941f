/** tally/gpu/prefer-runtime-final-stage, for all images that come as `devel` and `runtime`. */
import { rule, type Fix } from '../../lint/rule.ts';
import type { Model, Stage } from '../../model/model.ts';
import { install } from '../../programs/install.ts';
import { systemManagers } from '../../programs/system-managers.ts';
import { pipLike, uvLike } from '../../programs/pip.ts';
import { condaLike } from '../../programs/conda.ts';
import { pythonLike } from '../../programs/python.ts';
import type { From } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { rootStage, rootImage, isBuiltFrom } from '../../model/lineage.ts';
import { isForDevelopment } from '../../model/purpose.ts';

const compilers = 'nvcc gcc g++ cc c++ clang clang++ make cmake ninja meson cargo bazel ptxas'.split(' '); // prettier-ignore
const managers = [...systemManagers, ...pipLike, ...uvLike, ...condaLike];
/** Packages that compile, or compile for the GPU when they are loaded. */
const compiling =
  /^(?:build-essential|gcc|g\+\+|gcc-c\+\+|make|cmake|ninja|ninja-build|clang|flash[-_]attn|deepspeed|apex|flashinfer.*|mmcv.*|detectron2|pytorch3d|causal[-_]conv1d|mamba[-_]ssm|auto[-_]gptq|vllm|sglang)(?:-\d.*)?$/;

export default rule({
  summary: 'Ship CUDA programs on a `runtime` image',
  why: '`devel` images carry the compiler, headers and static libraries of CUDA: several gigabytes, pulled by each host, of which a program that is already built uses nothing. The `runtime` variant has the libraries that it loads. Where something has to be compiled, a first stage on `devel` can do it.',
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
    if (!/(?:^|\/)(?:nvidia\/cuda|pytorch\/pytorch)$/.test(image.repository)) return;
    if (isForDevelopment(target) || compiles(model, target)) return;
    const { from } = rootStage(target);
    const fix = toRuntime(from);
    report({
      at: from.image ?? from,
      message: t('The image carries the compilers of a `devel` base, and compiles nothing'),
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
    if (install(command)?.packages.some(({ name }) => compiling.test(name))) return true;
  }
  for (const { stage, command } of model.commands(...pythonLike, ...pipLike)) {
    const isHere = stage !== undefined && isBuiltFrom(target, stage);
    if (isHere && command.args.some(({ text }) => text.endsWith('setup.py') || text === '.'))
      return true;
  }
  return false;
}

function toRuntime({ image }: From): Fix | undefined {
  const at = image?.raw.search(/-devel(?:-|$|@)/) ?? -1;
  if (image === undefined || at < 0 || image.raw !== image.text || image.raw.includes('@'))
    return undefined;
  const start = image.span.start + at + 1;
  if (image.span.end - image.span.start !== image.raw.length) return undefined;
  return {
    title: t('Write {0}', 'runtime'),
    edits: [replace({ start, end: start + 'devel'.length }, 'runtime')],
    safe: false,
  };
}
