/** The official images and their tags, the most recommendable first. The list is loaded on first use. */
import { releasesIn, type TagRelease } from './releases.ts';
import { endOfLifeDate } from './end-of-life.ts';
import { productNamed } from './products.ts';

export interface Tag {
  readonly name: string;
  /**
   * `fixed` names one release, `ahead` one newer than all known releases, `moving` the newest of several, `early` a
   * pre-release, `ended` one past its end of life.
   */
  readonly state: 'fixed' | 'ahead' | 'moving' | 'early' | 'dated' | 'ended';
  /** The end-of-life date if known, as `2026-08-31`. */
  readonly end?: string;
}

export interface OfficialImages {
  readonly names: readonly string[];
  /** The tags of an image by its name, the best first; empty for an unknown image. */
  tags(name: string): readonly Tag[];
}

let loading: Promise<OfficialImages> | undefined;

/** The bundled list, cached after loading. */
export function officialImages(): Promise<OfficialImages> {
  return (loading ??= import('./official-tags.ts').then(({ officialImages: text }) =>
    parseList(text),
  ));
}

function parseList(text: string): OfficialImages {
  const lines = new Map(
    text
      .trim()
      .split('\n')
      .map((line): [string, string] => {
        const space = line.indexOf(' ');
        return space < 0 ? [line, ''] : [line.slice(0, space), line.slice(space + 1)];
      }),
  );
  const cache = new Map<string, readonly Tag[]>();
  return {
    names: [...lines].flatMap(([name, tags]) => (tags === '' ? [] : [name])),
    tags: (name) => {
      const before = cache.get(name);
      if (before) return before;
      const sorted = rankedTags(name, decodedTags(lines.get(name) ?? ''));
      cache.set(name, sorted);
      return sorted;
    },
  };
}

/** The first character of each tag is the length of the prefix that it shares with the previous one. */
function decodedTags(encoded: string): readonly string[] {
  let before = '';
  return encoded
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => (before = before.slice(0, parseInt(word.charAt(0), 36)) + word.slice(1)));
}

/** Tags with their state, the newest supported release first. */
export function rankedTags(image: string, names: readonly string[]): readonly Tag[] {
  return names
    .map((name) => classify(image, name))
    .toSorted(compare)
    .map(({ tag }) => tag);
}

interface ClassifiedTag {
  readonly tag: Tag;
  /** The release, for example `[3, 13]`. */
  readonly cycle: readonly number[];
  /** The full version, for example `[3, 13, 2]`. */
  readonly version: readonly number[];
  readonly variant: string;
  /** The variant with the name of its system, and the version of that system. */
  readonly sort: string;
  readonly system: readonly number[];
}

const earlyPattern = /^(?:rc|beta|alpha|m|pre|ea|dev|nightly|edge|sid|testing|unstable|experimental|snapshot|kitten|forky)(?![a-z])/i; // prettier-ignore

function classify(image: string, name: string): ClassifiedTag {
  const [head = '', ...variant] = name.split('-');
  const [, digits = '', suffix = ''] = /^v?(\d+(?:\.\d+)*)(.*)$/.exec(head) ?? [];
  const releases = releasesIn({ repository: image, tag: name });
  const own = releases.find(({ isImage }) => isImage);
  const versionNumbers = digits === '' ? [] : digits.split('.').map(Number);
  const version = digits === '' && own ? numbers(versionOf(own)) : versionNumbers;
  const cycle = own ? numbers(versionOf(own)) : version.slice(0, 2);
  const state = stateOf({
    image,
    name,
    rest: digits === '' ? head : suffix,
    variant,
    version,
    own,
  });
  const ended = releases.find(hasEnded);
  const end = ended?.end ?? own?.end ?? '';
  const words = digits === '' && !own ? [head, ...variant] : variant;
  const rest = words.filter((word) => state !== 'early' || !earlyPattern.test(word)).join('-');
  const [sort, system] = systemOf(rest);
  return {
    tag: { name, state: ended ? 'ended' : state, ...(end !== '' && { end }) },
    cycle,
    version,
    variant: rest,
    sort,
    system,
  };
}

function hasEnded({ end }: TagRelease): boolean {
  return end !== '' && end <= endOfLifeDate;
}

/** Debian and Ubuntu releases also have codenames. */
function versionOf({ product, cycle }: TagRelease): string {
  const release = productNamed(product)?.releases.find(
    ([version, , codename]) => version === cycle || codename === cycle,
  );
  return release?.[0] ?? cycle;
}

function numbers(text: string): readonly number[] {
  return text.split('.').map(Number);
}

interface StateInput {
  readonly image: string;
  readonly name: string;
  /** The text after the digits of the version; the first word if there are none. */
  readonly rest: string;
  readonly variant: readonly string[];
  readonly version: readonly number[];
  readonly own: TagRelease | undefined;
}

function stateOf({ image, name, rest, variant, version, own }: StateInput): Tag['state'] {
  if (/(?:^|-)\d{8}(?:$|[-.])/.test(name)) return 'dated';
  if ([rest, ...variant].some((word) => earlyPattern.test(word))) return 'early';
  if (own) return 'fixed';
  if (isAhead(image, version)) return 'ahead';
  // `python:3` is the newest 3.x release.
  const single = productNamed(image)?.releases.every(([cycle]) => !cycle.includes('.')) === true;
  return version.length > (single ? 0 : 1) ? 'fixed' : 'moving';
}

/** Whether a version is newer than all known releases: images are published before a release is final. */
function isAhead(image: string, version: readonly number[]): boolean {
  const releases = productNamed(image)?.releases;
  if (releases === undefined || version.length === 0) return false;
  return releases.every(([cycle]) => {
    const released = numbers(cycle);
    return descending(version.slice(0, released.length), released) < 0;
  });
}

const states = ['fixed', 'ahead', 'moving', 'early', 'dated', 'ended'] as const;

function compare(a: ClassifiedTag, b: ClassifiedTag): number {
  return (
    states.indexOf(a.tag.state) - states.indexOf(b.tag.state) ||
    descending(a.cycle, b.cycle) ||
    variantRank(a.variant) - variantRank(b.variant) ||
    bySystem(a, b) ||
    Number(a.version.length > a.cycle.length) - Number(b.version.length > b.cycle.length) ||
    descending(a.version, b.version) ||
    Number(!/^\d/.test(a.tag.name)) - Number(!/^\d/.test(b.tag.name)) ||
    (a.tag.name < b.tag.name ? -1 : 1)
  );
}

/** Sorts the higher version first, comparing numerically, so that 3.13 comes before 3.9. */
function descending(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (b[i] ?? -1) - (a[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Groups variants of the same kind, with the newest system first. */
function bySystem(a: ClassifiedTag, b: ClassifiedTag): number {
  if (a.variant === b.variant) return 0;
  if (a.sort !== b.sort) return a.sort < b.sort ? -1 : 1;
  return descending(a.system, b.system) || (a.variant < b.variant ? -1 : 1);
}

const systems: ReadonlyMap<string, string> = new Map(
  ['debian', 'ubuntu'].flatMap((name) =>
    (productNamed(name)?.releases ?? []).map(([version, , codename]): [string, string] => [
      codename ?? '',
      `${name}${version}`,
    ]),
  ),
);

/** `slim-bookworm` is `slim-debian` with version 12. */
function systemOf(variant: string): readonly [sort: string, version: readonly number[]] {
  const withSystem = variant.replace(/[a-z]+/g, (word) => systems.get(word) ?? word);
  const version = /\d+(?:\.\d+)*/.exec(withSystem)?.[0] ?? '';
  return [withSystem.replace(version, ''), version === '' ? [] : numbers(version)];
}

/** The plain image, then small ones, then those on a named system, then Windows. */
function variantRank(variant: string): number {
  if (/windowsservercore|nanoserver/.test(variant)) return 9;
  const order = ['', 'slim', 'alpine', 'latest', 'lts', 'stable'];
  const known = order.indexOf(variant);
  if (known >= 0) return known;
  return /(?:^|-)(?:slim|alpine)/.test(variant) ? 7 : 6;
}
