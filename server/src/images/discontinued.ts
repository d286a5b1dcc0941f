/** Official images that are no longer updated, from docker-library/official-images and the pages of Docker Hub. */
import type { Image } from './image.ts';
import { officialName } from './releases.ts';

/** The image that replaces each of them; `` where there is none. */
const successors: ReadonlyMap<string, string> = new Map([
  ['openjdk', 'eclipse-temurin'],
  ['java', 'eclipse-temurin'],
  ['adoptopenjdk', 'eclipse-temurin'],
  ['centos', 'almalinux'],
  ['jenkins', 'jenkins/jenkins'],
  ['vault', 'hashicorp/vault'],
  ['consul', 'hashicorp/consul'],
  ['iojs', 'node'],
  ['ubuntu-debootstrap', 'ubuntu'],
]);
/** The same for other repositories. */
const repositories: ReadonlyMap<string, string> = new Map([
  ['adoptopenjdk/openjdk8', 'eclipse-temurin'],
  ['adoptopenjdk/openjdk11', 'eclipse-temurin'],
  ['microsoft/dotnet', 'mcr.microsoft.com/dotnet/sdk'],
  ['frolvlad/alpine-oraclejdk8', 'eclipse-temurin'],
]);

/** The image to use instead of one that is no longer updated; undefined for all others. */
export function successorOf(image: Image): string | undefined {
  const name = officialName(image);
  // Early-access builds of OpenJDK are the only tags that are still updated.
  if (name === 'openjdk' && image.tag?.includes('-ea') === true) return undefined;
  if (name === undefined) return repositories.get(image.repository);
  return successors.get(name);
}
