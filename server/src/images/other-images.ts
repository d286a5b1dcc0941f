/** Images that are not official but used in many Dockerfiles, with common tags, the best first. */

const distroless = words('nonroot latest debug-nonroot debug');
const windows = words('ltsc2025 ltsc2022 ltsc2019');
const lambda = { python: '3.14 3.13 3.12', nodejs: '24 22', java: '25 21' };

/** Tags of `nvidia/cuda`: version, contents and system. */
const cuda = words('13.0.1 12.9.1 12.8.1 12.6.3 12.4.1').flatMap((version) =>
  (version === '12.4.1' ? ['ubuntu22.04'] : ['ubuntu24.04', 'ubuntu22.04']).flatMap((system) =>
    words('runtime cudnn-runtime devel cudnn-devel base').map(
      (variant) => `${version}-${variant}-${system}`,
    ),
  ),
);

const pytorch = words(
  '2.9.1-cuda13.0-cudnn9 2.9.1-cuda12.8-cudnn9 2.8.0-cuda12.9-cudnn9 2.8.0-cuda12.8-cudnn9 2.8.0-cuda12.6-cudnn9 2.7.1-cuda12.8-cudnn9 2.6.0-cuda12.4-cudnn9',
).flatMap((version) => [`${version}-runtime`, `${version}-devel`]);

const uv = words('python3.14 python3.13 python3.12').flatMap((python) => [
  `${python}-bookworm-slim`,
  `${python}-alpine`,
  `${python}-bookworm`,
]);

/** By full name, in the order in which they are offered. */
export const otherImages: ReadonlyMap<string, readonly string[]> = new Map([
  ['nvidia/cuda', cuda],
  ['pytorch/pytorch', pytorch],
  ['nvcr.io/nvidia/pytorch', words('26.05-py3 26.03-py3 26.01-py3 25.04-py3')],
  ['nvcr.io/nvidia/cuda', cuda],
  ['nvcr.io/nvidia/tritonserver', []],
  ['nvcr.io/nvidia/tensorrt', []],
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
