/** Images that are not official but used in many Dockerfiles, with common tags, the best first. */

const distroless = words('nonroot latest debug-nonroot debug');
const windows = words('ltsc2025 ltsc2022 ltsc2019');
const lambda = { python: '3.14 3.13 3.12', nodejs: '24 22', java: '25 21' };

/** Releases of CUDA with the systems of their images, newest first. */
const cudaReleases: readonly (readonly [versions: string, systems: string])[] = [
  ['13.0.1 12.9.1 12.8.1 12.6.3', 'ubuntu24.04 ubuntu22.04'],
  ['12.4.1', 'ubuntu22.04'],
  ['13.0.0 12.9.0 12.8.0 12.6.2 12.6.1 12.6.0', 'ubuntu24.04 ubuntu22.04'],
  ['12.5.1 12.5.0 12.4.0 12.3.2 12.3.1 12.2.2 12.2.0 12.1.1 12.1.0 11.8.0', 'ubuntu22.04'],
];

/** Tags of `nvidia/cuda`: version, contents and system. Until 12.3, the version of cuDNN is part of them. */
const cuda = cudaReleases.flatMap(([versions, systems]) =>
  words(versions).flatMap((version) =>
    words(systems).flatMap((system) =>
      ['runtime', 'cudnn-runtime', 'devel', 'cudnn-devel', 'base'].map((variant) => {
        const old = /^(?:11\.|12\.[0-3]\.)/.test(version);
        return `${version}-${old ? variant.replace('cudnn', 'cudnn8') : variant}-${system}`;
      }),
    ),
  ),
);

const pytorch = words(
  '2.9.1-cuda13.0-cudnn9 2.9.1-cuda12.8-cudnn9 2.8.0-cuda12.9-cudnn9 2.8.0-cuda12.8-cudnn9 2.8.0-cuda12.6-cudnn9 2.7.1-cuda12.8-cudnn9 2.7.0-cuda12.8-cudnn9 2.6.0-cuda12.4-cudnn9 2.5.1-cuda12.4-cudnn9 2.5.1-cuda12.1-cudnn9 2.4.1-cuda12.4-cudnn9 2.4.0-cuda12.4-cudnn9 2.3.1-cuda12.1-cudnn8 2.3.0-cuda12.1-cudnn8 2.2.2-cuda12.1-cudnn8 2.1.2-cuda12.1-cudnn8 2.1.0-cuda12.1-cudnn8 2.0.1-cuda11.7-cudnn8 1.13.1-cuda11.6-cudnn8',
).flatMap((version) => [`${version}-runtime`, `${version}-devel`]);

/** Images of NVIDIA's catalogue appear monthly. */
const monthly = [
  ...words('26.05 26.03 26.01'),
  ...words('25 24 23').flatMap((year) =>
    words('12 11 10 09 08 07 06 05 04 03 02 01').map((month) => `${year}.${month}`),
  ),
].map((month) => `${month}-py3`);

const uv = words('python3.14 python3.13 python3.12').flatMap((python) => [
  `${python}-bookworm-slim`,
  `${python}-alpine`,
  `${python}-bookworm`,
]);

/** By full name, in the order in which they are offered. */
export const otherImages: ReadonlyMap<string, readonly string[]> = new Map([
  ['nvidia/cuda', cuda],
  ['pytorch/pytorch', pytorch],
  ['nvcr.io/nvidia/pytorch', monthly],
  ['nvcr.io/nvidia/cuda', cuda],
  ['nvcr.io/nvidia/tritonserver', monthly],
  ['nvcr.io/nvidia/tensorrt', monthly],
  ['tensorflow/tensorflow', words('latest-gpu latest-gpu-jupyter latest latest-jupyter')],
  ['vllm/vllm-openai', ['latest']],
  ['rocm/pytorch', ['latest']],
  ['ghcr.io/astral-sh/uv', [...uv, 'debian-slim', 'alpine', 'latest']],
  ['condaforge/miniforge3', ['latest']],
  ['continuumio/miniconda3', ['latest']],
  ['mambaorg/micromamba', ['latest']],
  ['quay.io/jupyter/base-notebook', ['latest']],
  ['quay.io/jupyter/scipy-notebook', ['latest']],
  ['quay.io/jupyter/pytorch-notebook', ['latest']],
  ...words('static base cc python3 nodejs24 java25').map(
    (name) => [`gcr.io/distroless/${name}-debian13`, distroless] as const,
  ),
  ...words('static base cc python3').map(
    (name) => [`gcr.io/distroless/${name}-debian12`, distroless] as const,
  ),
  ...words('aspnet runtime sdk').map(
    (name) => [`mcr.microsoft.com/dotnet/${name}`, dotnet(name)] as const,
  ),
  ['mcr.microsoft.com/windows/servercore', windows],
  ['mcr.microsoft.com/windows/nanoserver', windows],
  ['mcr.microsoft.com/azurelinux/base/core', ['3.0']],
  ['mcr.microsoft.com/devcontainers/base', words('debian ubuntu alpine')],
  ['mcr.microsoft.com/playwright', []],
  ['public.ecr.aws/lambda/python', words(lambda.python)],
  ['public.ecr.aws/lambda/nodejs', words(lambda.nodejs)],
  ['public.ecr.aws/lambda/java', words(lambda.java)],
  ['public.ecr.aws/lambda/provided', ['al2023']],
  ['oven/bun', words('1 1-slim 1-alpine 1-distroless')],
  ['denoland/deno', words('debian alpine distroless bin latest')],
  ['redhat/ubi9', []],
  ['redhat/ubi9-minimal', []],
  ['registry.access.redhat.com/ubi9/ubi', []],
  ['registry.access.redhat.com/ubi9/ubi-minimal', []],
  ['quay.io/fedora/fedora', ['latest']],
  ['quay.io/centos/centos', ['stream10', 'stream9']],
  ['cgr.dev/chainguard/static', ['latest']],
  ['cgr.dev/chainguard/wolfi-base', ['latest']],
  ['cgr.dev/chainguard/python', words('latest latest-dev')],
  ['tonistiigi/xx', []],
]);

function words(text: string): readonly string[] {
  return text.split(' ');
}

/** The `chiseled` images have no shell and no package manager, and can only run programs. */
function dotnet(name: string): readonly string[] {
  const chiseled = name === 'sdk' ? [] : ['10.0-noble-chiseled'];
  return ['10.0', '10.0-alpine', '10.0-noble', ...chiseled, '9.0', '9.0-alpine', '8.0'];
}
