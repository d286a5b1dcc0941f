/** Which releases of what an image's tag names: `python:3.8-slim-buster` is Python 3.8 on Debian buster. */
import type { ImageName } from './image.ts';
import { endOfLife, type Product } from './end-of-life.ts';

export interface Released {
  /** The key in the data. */
  readonly product: string;
  readonly title: string;
  readonly cycle: string;
  /** As the tag has it. */
  readonly written: string;
  readonly end: string;
  readonly target: string;
  /** The tag begins with its version. */
  readonly isVersion: boolean;
  /** It is the image itself and no part of a variant. */
  readonly isImage: boolean;
}

/** Images that are known under another name. */
const elsewhere: readonly (readonly [pattern: RegExp, product: string])[] = [
  [/^mcr\.microsoft\.com\/dotnet\/(?:sdk|aspnet|runtime|runtime-deps)$/, 'dotnet'],
  [/^(?:docker\.io\/)?rockylinux\/rockylinux$/, 'rockylinux'],
  [
    /^(?:docker\.io\/)?amazonlinux\/amazonlinux$|^public\.ecr\.aws\/amazonlinux\/amazonlinux$/,
    'amazonlinux',
  ],
];

/** The same images stand in most files, and in each version of one that is being typed. */
const known = new Map<string, readonly Released[]>();
const mostKnown = 1000;

/** The image's own release first, then the distribution that its variant names. */
export function releasesIn(image: ImageName): readonly Released[] {
  const { registry = '', repository, tag } = image;
  if (tag === undefined) return [];
  const key = `${registry} ${repository} ${tag}`;
  const before = known.get(key);
  if (before) return before;
  if (known.size >= mostKnown) known.clear();
  const found = releasesOf(image, tag);
  known.set(key, found);
  return found;
}

function releasesOf(image: ImageName, tag: string): readonly Released[] {
  const product = productOf(image);
  const found: Released[] = [];
  const own = product === undefined ? undefined : endOfLife[product];
  const [head = '', ...variant] = tag.split('-');
  if (product !== undefined && own !== undefined) {
    const release = byVersion(own, head) ?? byCodename(own, head);
    if (release) found.push(released(product, own, release, { written: head, isImage: true }));
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
  return elsewhere.find(([pattern]) => pattern.test(full))?.[1] ?? officialName(image);
}

/** The name of an official image, whatever mirror it comes from. */
export function officialName({ registry, repository }: ImageName): string | undefined {
  const name = /^(?:library\/)?([a-z0-9-]+)$/.exec(repository)?.[1];
  const isHub = registry === undefined || registry === 'docker.io';
  return isHub || repository.startsWith('library/') ? name : undefined;
}

function systemOf(part: string): Released | undefined {
  const alpine = /^alpine(\d+\.\d+)$/.exec(part)?.[1];
  for (const name of alpine === undefined ? ['debian', 'ubuntu'] : ['alpine']) {
    const product = endOfLife[name];
    const release =
      product && (alpine === undefined ? byCodename(product, part) : byVersion(product, alpine));
    if (product && release)
      return released(name, product, release, { written: part, isImage: false });
  }
  return undefined;
}

/** Whether an official image of Ruby is older than a release; false where its tag does not say. */
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

function released(
  product: string,
  { title, target }: Product,
  [cycle, end, codename]: Release,
  { written, isImage }: { readonly written: string; readonly isImage: boolean },
): Released {
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
