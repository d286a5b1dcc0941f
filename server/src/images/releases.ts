/** The releases that a tag names: `python:3.8-slim-buster` is Python 3.8 on Debian buster. */
import type { ImageName } from './image.ts';
import { endOfLife, type Product } from './end-of-life.ts';

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

/** Images that have data under another name. */
const otherNames: readonly (readonly [pattern: RegExp, product: string])[] = [
  [/^mcr\.microsoft\.com\/dotnet\/(?:sdk|aspnet|runtime|runtime-deps)$/, 'dotnet'],
  [/^(?:docker\.io\/)?rockylinux\/rockylinux$/, 'rockylinux'],
  [
    /^(?:docker\.io\/)?amazonlinux\/amazonlinux$|^public\.ecr\.aws\/amazonlinux\/amazonlinux$/,
    'amazonlinux',
  ],
];

/** Cached, because most files, and all versions of a file that is being edited, contain the same images. */
const cache = new Map<string, readonly TagRelease[]>();
const maxCached = 1000;

/** The release of the image first, then that of the distribution in its variant. */
export function releasesIn(image: ImageName): readonly TagRelease[] {
  const { registry = '', repository, tag } = image;
  if (tag === undefined) return [];
  const key = `${registry} ${repository} ${tag}`;
  const before = cache.get(key);
  if (before) return before;
  if (cache.size >= maxCached) cache.clear();
  const found = releasesOf(image, tag);
  cache.set(key, found);
  return found;
}

function releasesOf(image: ImageName, tag: string): readonly TagRelease[] {
  const product = productOf(image);
  const found: TagRelease[] = [];
  const own = product === undefined ? undefined : endOfLife[product];
  const [head = '', ...variant] = tag.split('-');
  if (product !== undefined && own !== undefined) {
    const release = byVersion(own, head) ?? byCodename(own, head);
    if (release) found.push(tagRelease(product, own, release, { written: head, isImage: true }));
  }
  if (
    product !== undefined &&
    (own === undefined || !['debian', 'ubuntu', 'alpine'].includes(product))
  ) {
    for (const part of [head, ...variant]) {
      const system = systemOf(part);
      if (system) found.push(system);
    }
  }
  return found;
}

function productOf(image: ImageName): string | undefined {
  const { registry, repository } = image;
  const full = registry === undefined ? repository : `${registry}/${repository}`;
  return otherNames.find(([pattern]) => pattern.test(full))?.[1] ?? officialName(image);
}

/** The name of an official image, from Docker Hub or any mirror. */
export function officialName({ registry, repository }: ImageName): string | undefined {
  const name = /^(?:library\/)?([a-z0-9-]+)$/.exec(repository)?.[1];
  const isHub = registry === undefined || registry === 'docker.io';
  return isHub || repository.startsWith('library/') ? name : undefined;
}

function systemOf(part: string): TagRelease | undefined {
  const alpine = /^alpine(\d+\.\d+)$/.exec(part)?.[1];
  for (const name of alpine === undefined ? ['debian', 'ubuntu'] : ['alpine']) {
    const product = endOfLife[name];
    const release =
      product && (alpine === undefined ? byCodename(product, part) : byVersion(product, alpine));
    if (product && release)
      return tagRelease(name, product, release, { written: part, isImage: false });
  }
  return undefined;
}

/** Whether an official Ruby image is older than a release; false if its tag does not show it. */
export function isOlderRuby(image: ImageName, [major, minor]: readonly [number, number]): boolean {
  const [, first, second = '99'] = /^(\d+)(?:\.(\d+))?/.exec(image.tag ?? '') ?? [];
  if (first === undefined || !/(?:^|\/)ruby$/.test(image.repository)) return false;
  return Number(first) < major || (Number(first) === major && Number(second) < minor);
}

type Release = Product['releases'][number];

function byVersion({ releases }: Product, text: string): Release | undefined {
  const version = /^v?(\d+(?:\.\d+)*)/.exec(text)?.[1];
  return version === undefined
    ? undefined
    : releases.find(([cycle]) => version === cycle || version.startsWith(`${cycle}.`));
}

function byCodename({ releases }: Product, text: string): Release | undefined {
  return releases.find(([, , codename]) => codename === text);
}

function tagRelease(
  product: string,
  { title, target }: Product,
  [cycle, end, codename]: Release,
  { written, isImage }: { readonly written: string; readonly isImage: boolean },
): TagRelease {
  const isVersion = /^v?\d/.test(written);
  return {
    product,
    title,
    cycle: isVersion || codename === undefined ? cycle : codename,
    written: written.replace(/^v?(\d[\d.]*).*$/, '$1'),
    end,
    target,
    isVersion,
    isImage,
  };
}
