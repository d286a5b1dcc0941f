/** Images whose containers run as root unless a Dockerfile sets USER, as of 2026. */
import type { Image } from './image.ts';
import { fileName } from '../text/path.ts';
import { officialName } from './releases.ts';

const official: ReadonlySet<string> = new Set(
  'almalinux alpine amazoncorretto amazonlinux archlinux buildpack-deps bun caddy centos clojure composer debian eclipse-temurin elixir erlang fedora gcc golang gradle haskell httpd ibm-semeru-runtimes julia maven mono nginx node openjdk oraclelinux perl php pypy python r-base rockylinux ruby rust sapmachine swift tomcat ubuntu'.split(
    ' ',
  ),
);
/** By the full name without Docker Hub's host. */
const others =
  /^(?:nvidia\/(?:cuda|cudagl|opengl)|nvcr\.io\/nvidia\/(?:cuda|pytorch|tensorflow|tensorrt|tritonserver|l4t-[\w-]+|nemo|rapidsai[\w-]*)|pytorch\/pytorch|tensorflow\/tensorflow|rocm\/[\w-]+|vllm\/vllm-openai|lmsysorg\/sglang|ollama\/ollama|dustynv\/[\w-]+|(?:ascendai|quay\.io\/ascend)\/[\w-]+|intel\/(?:oneapi|deep-learning)[\w-]*|continuumio\/(?:mini|ana)conda3|condaforge\/(?:miniforge3|mambaforge)|ghcr\.io\/astral-sh\/uv|oven\/bun|opensuse\/(?:leap|tumbleweed)|registry\.opensuse\.org\/opensuse\/(?:leap|tumbleweed)|redhat\/ubi\d+(?:-minimal)?|registry\.access\.redhat\.com\/ubi\d+\/ubi(?:-minimal)?|quay\.io\/(?:centos\/centos|fedora\/fedora)|mcr\.microsoft\.com\/(?:dotnet\/(?:sdk|aspnet|runtime|runtime-deps)|playwright(?:\/python)?|azurelinux\/base\/core)|public\.ecr\.aws\/amazonlinux\/amazonlinux|denoland\/deno|gcr\.io\/distroless\/[\w-]+|cgr\.dev\/chainguard\/wolfi-base|tonistiigi\/xx|phusion\/baseimage)$/;

/** Whether an image is known to run as root; false if it is not known. */
export function runsAsRoot(image: Image): boolean {
  const name = officialName(image);
  if (name !== undefined) return official.has(name);
  // Chiseled and distroless variants have a user of their own.
  if (/chiseled|distroless|nonroot/.test(image.tag ?? '')) return false;
  const { registry, repository } = image;
  return others.test(
    registry === undefined || registry === 'docker.io' ? repository : `${registry}/${repository}`,
  );
}

const services = 'nginx httpd tomcat caddy ollama/ollama vllm/vllm-openai'.split(' ');
/** The last parts of their names, and of the image with variants that do. */
export const serviceNames: ReadonlySet<string> = new Set(['php', ...services].map(fileName));

/** Whether an image that runs as root starts a service by itself, as opposed to nothing, a shell or an interpreter. */
export function startsService(image: Image): boolean {
  const name = officialName(image) ?? image.repository;
  return services.includes(name) || (name === 'php' && /apache|fpm/.test(image.tag ?? ''));
}
