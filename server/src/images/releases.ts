/** The releases that a tag names: `python:3.8-slim-buster` is Python 3.8 on Debian buster. */
import type { ImageName } from './image.ts';
import { memoize } from '../text/memoize.ts';
import { endOfLifeDate, type Product } from './end-of-life.ts';
import { productNamed } from './products.ts';

export interface TagRelease {
  /** The key in the end-of-life data. */
  readonly product: string;
  readonly title: string;
  readonly cycle: string;
  /** As written in the tag. */
  readonly written: string;
  readonly end: string;
  readonly target: string;
  /** Whether the tag contains its version instead of its codename. */
  readonly isVersion: boolean;
  /** Whether it is the release of the image itself rather than of its variant. */
  readonly isImage: boolean;
}

/** Images that have data under another name, by their full names, those of Docker Hub without its host. */
const otherNames: ReadonlyMap<string, string> = new Map([
  ...['sdk', 'aspnet', 'runtime', 'runtime-deps'].flatMap((name) => [
    [`mcr.microsoft.com/dotnet/${name}`, 'dotnet'] as const,
    [`mcr.microsoft.com/dotnet/core/${name}`, 'dotnet'] as const,
  ]),
  ['microsoft/dotnet', 'dotnet'],
  ['opensuse/leap', 'opensuse'],
  ['registry.opensuse.org/opensuse/leap', 'opensuse'],
  ['quay.io/centos/centos', 'centos'],
  ['osrf/ros', 'ros'],
  ['osrf/ros2', 'ros'],
  ['rockylinux/rockylinux', 'rockylinux'],
  ['amazonlinux/amazonlinux', 'amazonlinux'],
  ['public.ecr.aws/amazonlinux/amazonlinux', 'amazonlinux'],
]);

/** The release of the image first, then that of the distribution in its variant. */
export function releasesIn(image: ImageName): readonly TagRelease[] {
  const { tag = '' } = image;
  const product = productOf(image);
  const found: TagRelease[] = [];
  const own = product === undefined ? undefined : productNamed(product);
  const [head = '', ...variant] = tag.split('-');
  if (product !== undefined && own !== undefined) {
    const release = byVersion(own, head) ?? newestOf(own, head) ?? byCodename(own, head);
    if (release) found.push(tagRelease(product, own, release, { written: head, isImage: true }));
  }
  if (
    product !== undefined &&
    (own === undefined || !['debian', 'ubuntu', 'alpine'].includes(product))
  ) {
    // `ros:lunar` is not Ubuntu's lunar.
    const isCodename = found.some(({ isVersion }) => !isVersion);
    for (const part of isCodename ? variant : [head, ...variant]) {
      const system = systemOf(part) ?? numberedSystem(part);
      if (system) found.push({ ...system, isImage: product === 'centos' });
    }
  }
  const red = found.length === 0 ? redHatRelease(image) : undefined;
  if (red) found.push(red);
  if (product === undefined || own === undefined)
    for (const part of [...tag.split(/[-_]/), ...systemsIn(image.repository)]) {
      const system = numberedSystem(part) ?? systemOf(part);
      if (system && !found.some((one) => one.product === system.product)) found.push(system);
    }
  return found;
}

/** Systems in the name of an image: `distroless/base-debian11`, `rocm/dev-ubuntu-22.04`. */
function systemsIn(repository: string): readonly string[] {
  const found = repository.matchAll(/(?<=[-/])(debian|ubuntu|alpine|centos|centos-stream|rockylinux|almalinux|ubi)-?(\d+(?:\.\d+)?)(?=$|[-/])/g); // prettier-ignore
  return Array.from(found, ([, name = '', version = '']) => `${name}${version}`);
}

function productOf(image: ImageName): string | undefined {
  const { registry, repository } = image;
  const isHub = registry === undefined || registry === 'docker.io';
  const other = otherNames.get(isHub ? repository : `${registry}/${repository}`);
  return other ?? officialName(image);
}

/** Registries that serve the images of Docker Hub under the same names. */
const mirrors =
  /^(?:docker\.io|index\.docker\.io|registry-1\.docker\.io|registry\.hub\.docker\.com|mirror\.gcr\.io|dockerhub\.timeweb\.cloud|hub-mirror\.c\.163\.com|registry\.docker-cn\.com|mirror\.ccs\.tencentyun\.com|mirror\.baidubce\.com|docker\.m\.daocloud\.io|docker\.(?:nju\.edu|mirrors\.ustc\.edu|mirrors\.sjtug\.sjtu\.edu)\.cn|dockerproxy\.(?:com|cn|net)|docker\.(?:1ms\.run|1panel\.live|xuanyuan\.me)|hub\.rat\.dev|[\w-]+\.mirror\.aliyuncs\.com)$/;

/** Docker Hub has the official images of each platform in a namespace of its own: `arm32v7/debian`. */
const platformNamespace =
  /^(?:amd64|arm32v[567]|arm64v8|i386|mips64le|ppc64le|riscv64|s390x|winamd64)\//;

const officialPattern = /^[a-z0-9-]+$/;

/** The name of an official image, from Docker Hub or any mirror. */
export function officialName({ registry, repository }: ImageName): string | undefined {
  if (registry !== undefined || repository.includes('/')) return nameBelow(registry, repository);
  return officialPattern.test(repository) ? repository : undefined;
}

/** The name of an official image that is named with a registry or a namespace. */
function nameBelow(registry: string | undefined, repository: string): string | undefined {
  // Mirrors name the registry or the namespace: `m.daocloud.io/docker.io/library/node`, `public.ecr.aws/docker/library/node`.
  // A proxy of Docker Hub keeps `library/` in the name: `dockerhub/library/node`.
  const proxied = /(?:^|\/)library\/([a-z0-9-]+)$/.exec(repository)?.[1];
  if (proxied !== undefined) return proxied;
  const [, inner, name] = /^(.*?docker\.io\/)?([a-z0-9-]+)$/.exec(repository.replace(platformNamespace, '')) ?? []; // prettier-ignore
  const isHub = registry === undefined || mirrors.test(registry) || inner !== undefined;
  return isHub ? name : undefined;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Whether a part of a tag begins like a version; most expressions below need not be tried for the others. */
function startsWithVersion(part: string): boolean {
  const first = part.charCodeAt(0);
  return isDigit(first === 0x76 ? part.charCodeAt(1) : first);
}

/** A system with its version in one part of a tag: `ubuntu20.04`, `rockylinux8`. */
const numbered =
  /^(ubuntu|debian|alpine|centos|centos-?stream|stream|rockylinux|almalinux|fedora|oraclelinux|ubi)-?(\d+(?:\.\d+)?)$/;

/** The system in a part of a tag of any image. */
function numberedSystem(part: string): TagRelease | undefined {
  if (!isDigit(part.charCodeAt(part.length - 1)) || isDigit(part.charCodeAt(0))) return undefined;
  const match = numbered.exec(part);
  if (match === null) return undefined;
  const [, written = '', version = ''] = match;
  const name = written.replace(/^(?:centos-?)?stream$/, 'centos-stream');
  const product = productNamed(name);
  const release = product && byVersion(product, version);
  return (
    product && release && tagRelease(name, product, release, { written: part, isImage: false })
  );
}

/** Red Hat names the release in the repository: `registry.access.redhat.com/ubi8/ubi-minimal:8.10`, `…/rhel7`. */
function redHatRelease({ registry = '', repository }: ImageName): TagRelease | undefined {
  const isRedHat = /^registry\.(?:access\.redhat\.com|redhat\.io)$/.test(registry) || repository.startsWith('redhat/'); // prettier-ignore
  const version = isRedHat
    ? /(?:^|\/)(?:ubi|rhel)(\d+)(?=$|[-/])/.exec(repository)?.[1]
    : undefined;
  return version === undefined ? undefined : numberedSystem(`ubi${version}`);
}

/** Remembered: the tags of most images have the same few parts. */
const systemOf = memoize(500, (part) => findSystem(part) ?? null);

function findSystem(part: string): TagRelease | undefined {
  const alpine = part.startsWith('alpine') ? /^alpine(\d+\.\d+)$/.exec(part)?.[1] : undefined;
  if (alpine === undefined) return (codenames ??= releasesByCodename()).get(part);
  const product = productNamed('alpine');
  const release = product && byVersion(product, alpine);
  return product && release && tagRelease('alpine', product, release, { written: part, isImage: false }); // prettier-ignore
}

/** The releases of Debian and Ubuntu; a map, since their lists are in many places of the memory. */
let codenames: ReadonlyMap<string, TagRelease> | undefined;

function releasesByCodename(): ReadonlyMap<string, TagRelease> {
  const found = new Map<string, TagRelease>();
  for (const name of ['debian', 'ubuntu']) {
    const product = productNamed(name);
    for (const release of product?.releases ?? []) {
      const written = release[2];
      if (product === undefined || written === undefined || found.has(written)) continue;
      found.set(written, tagRelease(name, product, release, { written, isImage: false }));
    }
  }
  return found;
}

/** Whether an official Ruby image is older than a release; false if its tag does not show it. */
export function isOlderRuby(image: ImageName, [major, minor]: readonly [number, number]): boolean {
  const [, first, second = '99'] = /^(\d+)(?:\.(\d+))?/.exec(image.tag ?? '') ?? [];
  if (first === undefined || !/(?:^|\/)ruby$/.test(image.repository)) return false;
  return Number(first) < major || (Number(first) === major && Number(second) < minor);
}

type Release = Product['releases'][number];

/** The release of `3.12.1` is that of `3.12`, or that of `3` of a product with such releases. */
function byVersion(product: Product, text: string): Release | undefined {
  if (!startsWithVersion(text)) return undefined;
  const version = /^v?(\d+(?:\.\d+)*)/.exec(text)?.[1] ?? '';
  const releases = releasesByCycle(product);
  for (let end = version.length; end > 0; end = version.lastIndexOf('.', end - 1)) {
    const found = releases.get(version.slice(0, end));
    if (found !== undefined) return found;
  }
  return undefined;
}

const byCycle = new Map<Product, ReadonlyMap<string, Release>>();

/** Each release by its version, for a product that a file has named. */
function releasesByCycle(product: Product): ReadonlyMap<string, Release> {
  let found = byCycle.get(product);
  if (found === undefined) {
    found = new Map(product.releases.map((release) => [release[0], release]));
    byCycle.set(product, found);
  }
  return found;
}

/** The newest release of a major version, as in `python:2`, if it has ended: other versions move to a newer release. */
function newestOf({ releases }: Product, text: string): Release | undefined {
  if (!startsWithVersion(text)) return undefined;
  const version = /^v?(\d+(?:\.\d+)*)$/.exec(text)?.[1];
  if (version === undefined) return undefined;
  const found = releases.filter(([cycle]) => cycle.startsWith(`${version}.`));
  const isEnded = found.length > 0 && found.every(([, end]) => end !== '' && end <= endOfLifeDate);
  return isEnded ? found[0] : older(releases, version);
}

/** A version without data, with the end of the next known release: its own was earlier. */
function older(releases: Product['releases'], version: string): Release | undefined {
  const parts = version.split('.');
  let next: Release | undefined;
  for (const one of releases) {
    const [cycle] = one;
    // `1` may be any release of a product with versions such as 1.26.
    if (!/^\d+(?:\.\d+)?$/.test(cycle) || parts.length < cycle.split('.').length) continue;
    if (compare(cycle, version) > 0 && (next === undefined || compare(cycle, next[0]) < 0))
      next = one;
  }
  if (next === undefined || next[1] === '' || next[1] > endOfLifeDate) return undefined;
  return [parts.slice(0, next[0].split('.').length).join('.'), next[1]];
}

function compare(one: string, other: string): number {
  const [a = 0, b = 0] = one.split('.').map(Number);
  const [c = 0, d = 0] = other.split('.').map(Number);
  return a - c || b - d;
}

/** Without reading the release as a list, which takes most of the time of the first search. */
function byCodename({ releases }: Product, text: string): Release | undefined {
  return releases.find((one) => one[2] === text);
}

function tagRelease(
  product: string,
  { title, target }: Product,
  [cycle, end, codename]: Release,
  { written, isImage }: { readonly written: string; readonly isImage: boolean },
): TagRelease {
  const isVersion = startsWithVersion(written);
  return {
    product,
    title,
    cycle: isVersion || codename === undefined ? cycle : codename,
    written: isVersion ? written.replace(/^v?(\d[\d.]*).*$/, '$1') : written,
    end,
    target,
    isVersion,
    isImage,
  };
}
