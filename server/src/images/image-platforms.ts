/** The platform of an image, if its name shows it without a request to a registry. */
import type { Image } from './image.ts';
import { officialName } from './releases.ts';

/** A property that is undefined may have any value. */
export interface Platform {
  readonly system?: string;
  readonly architecture?: string;
}

const systems: ReadonlySet<string> = new Set(['linux', 'windows', 'darwin', 'freebsd']);
const sameArchitecture: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
  i386: '386',
  armhf: 'arm',
  armel: 'arm',
};

/** Parses `linux/arm64/v8`, `linux` or `arm64`; undefined if the text is empty. */
export function platformOf(text: string): Platform | undefined {
  const [first = '', second] = text.toLowerCase().split('/');
  if (first === '') return undefined;
  if (second !== undefined) return { system: first, architecture: architectureOf(second) };
  return systems.has(first) ? { system: first } : { architecture: architectureOf(first) };
}

function architectureOf(name: string): string {
  return sameArchitecture[name] ?? name;
}

/** Namespaces in which Docker publishes official images for one architecture, with their platform. */
const namespaces: ReadonlyMap<string, Platform> = new Map([
  ['amd64', { system: 'linux', architecture: 'amd64' }],
  ['arm32v5', { system: 'linux', architecture: 'arm' }],
  ['arm32v6', { system: 'linux', architecture: 'arm' }],
  ['arm32v7', { system: 'linux', architecture: 'arm' }],
  ['arm64v8', { system: 'linux', architecture: 'arm64' }],
  ['i386', { system: 'linux', architecture: '386' }],
  ['mips64le', { system: 'linux', architecture: 'mips64le' }],
  ['ppc64le', { system: 'linux', architecture: 'ppc64le' }],
  ['riscv64', { system: 'linux', architecture: 'riscv64' }],
  ['s390x', { system: 'linux', architecture: 's390x' }],
  ['winamd64', { system: 'windows', architecture: 'amd64' }],
]);

/** Repositories that are built for one architecture, as their publishers state. */
const oneArchitecture: readonly (readonly [name: RegExp, architecture: string])[] = [
  [/^nvcr\.io\/nvidia\/(?:l4t-|jetson|deepstream-l4t)/, 'arm64'],
  [/^(?:docker\.io\/)?dustynv\//, 'arm64'],
  [/^(?:docker\.io\/)?rocm\//, 'amd64'],
  [/^(?:docker\.io\/)?intel\/(?:oneapi|intel-optimized|intel-extension|vllm)/, 'amd64'],
  [/^mcr\.microsoft\.com\/mssql\/server$/, 'amd64'],
  [/^(?:docker\.io\/)?balenalib\/(?:aarch64|.*-arm64)/, 'arm64'],
  [/^quay\.io\/pypa\/(?:many|musl)linux\w*_x86_64$/, 'amd64'],
  [/^quay\.io\/pypa\/(?:many|musl)linux\w*_aarch64$/, 'arm64'],
];

/** Official images that have never been built for Windows. */
const linuxOnly: ReadonlySet<string> = new Set(
  'almalinux alpine amazonlinux archlinux buildpack-deps busybox centos debian fedora mariadb mysql nginx node oraclelinux photon php postgres rockylinux ruby rust ubuntu'.split(
    ' ',
  ),
);

/** The platform in the name of an image; undefined if there is none. */
export function platformInName(image: Image): Platform | undefined {
  const { registry, repository, tag = '' } = image;
  if (/(?:^|-)(?:nanoserver|windowsservercore)/.test(tag)) return { system: 'windows' };
  const full = registry === undefined ? repository : `${registry}/${repository}`;
  const architecture = oneArchitecture.find(([pattern]) => pattern.test(full))?.[1];
  if (architecture !== undefined) return { system: 'linux', architecture };
  if (registry === 'mcr.microsoft.com')
    return /^(?:windows|dotnet\/framework)(?:\/|$)/.test(repository) ? { system: 'windows' } : undefined; // prettier-ignore
  const isHub = registry === undefined || registry === 'docker.io';
  const [namespace = '', second] = repository.split('/');
  if (isHub && second !== undefined && namespaces.has(namespace)) return namespaces.get(namespace);
  const name = officialName(image);
  return name !== undefined && linuxOnly.has(name) ? { system: 'linux' } : undefined;
}
