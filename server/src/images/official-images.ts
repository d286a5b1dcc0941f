/** The official images and their tags, in the order in which one would want them. The list is loaded when first asked for. */
import { releasesIn, type Released } from './releases.ts';
import { endOfLife, endOfLifeDate } from './end-of-life.ts';

export interface Tag {
  readonly name: string;
  /**
   * `fixed` names one release, `ahead` one newer than all that are known, `moving` the newest of several, `early` one that
   * is not out, `ended` one past its end of life.
   */
  readonly state: 'fixed' | 'ahead' | 'moving' | 'early' | 'dated' | 'ended';
  /** When it ends, or did, as `2026-08-31`, where that is known. */
  readonly end?: string;
}

export interface OfficialImages {
  readonly names: readonly string[];
  /** Of an image by its name, the best first; none for one that there is not. */
  tags(name: string): readonly Tag[];
}

let loading: Promise<OfficialImages> | undefined;

/** The list as carried by Drydock; kept once it is loaded. */
export function officialImages(): Promise<OfficialImages> {
  return (loading ??= import('./official-tags.ts').then(({ officialImages: text }) => read(text)));
}

function read(text: string): OfficialImages {
  const lines = new Map(
    text
      .trim()
      .split('\n')
      .map((line): [string, string] => {
        const blank = line.indexOf(' ');
        return blank < 0 ? [line, ''] : [line.slice(0, blank), line.slice(blank + 1)];
      }),
  );
  const ranked = new Map<string, readonly Tag[]>();
  return {
    names: [...lines].flatMap(([name, tags]) => (tags === '' ? [] : [name])),
    tags: (name) => {
      const before = ranked.get(name);
      if (before) return before;
      const made = rankedTags(name, unpacked(lines.get(name) ?? ''));
      ranked.set(name, made);
      return made;
    },
  };
}

/** Each tag says with its first character how much it shares with the one before. */
function unpacked(packed: string): readonly string[] {
  let before = '';
  return packed
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => (before = before.slice(0, parseInt(word.charAt(0), 36)) + word.slice(1)));
}

/** Tags with what they are, in the order in which one would want them: the newest that is supported first. */
export function rankedTags(image: string, names: readonly string[]): readonly Tag[] {
  return names
    .map((name) => judged(image, name))
    .toSorted(compare)
    .map(({ tag }) => tag);
}

interface Judged {
  readonly tag: Tag;
  /** The release, `[3, 13]`. */
  readonly cycle: readonly number[];
  /** All that is said of the version, `[3, 13, 2]`. */
  readonly version: readonly number[];
  readonly variant: string;
  /** The variant with its system by name alone, and the version of that. */
  readonly sort: string;
  readonly system: readonly number[];
}

const early = /^(?:rc|beta|alpha|m|pre|ea|dev|nightly|edge|sid|testing|unstable|experimental|snapshot|kitten|forky)(?![a-z])/i; // prettier-ignore

function judged(image: string, name: string): Judged {
  const [head = '', ...variant] = name.split('-');
  const [, digits = '', suffix = ''] = /^v?(\d+(?:\.\d+)*)(.*)$/.exec(head) ?? [];
  const releases = releasesIn({ repository: image, tag: name });
  const own = releases.find(({ isImage }) => isImage);
  const written = digits === '' ? [] : digits.split('.').map(Number);
  const version = digits === '' && own ? numbers(versionOf(own)) : written;
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
  const rest = words.filter((word) => state !== 'early' || !early.test(word)).join('-');
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

function hasEnded({ end }: Released): boolean {
  return end !== '' && end <= endOfLifeDate;
}

/** Debian and Ubuntu name releases by their codename too. */
function versionOf({ product, cycle }: Released): string {
  const release = endOfLife[product]?.releases.find(
    ([version, , codename]) => version === cycle || codename === cycle,
  );
  return release?.[0] ?? cycle;
}

function numbers(text: string): readonly number[] {
  return text.split('.').map(Number);
}

interface Named {
  readonly image: string;
  readonly name: string;
  /** What stands behind the version's digits; the first word where there are none. */
  readonly rest: string;
  readonly variant: readonly string[];
  readonly version: readonly number[];
  readonly own: Released | undefined;
}

function stateOf({ image, name, rest, variant, version, own }: Named): Tag['state'] {
  if (/(?:^|-)\d{8}(?:$|[-.])/.test(name)) return 'dated';
  if ([rest, ...variant].some((word) => early.test(word))) return 'early';
  if (own) return 'fixed';
  if (isAhead(image, version)) return 'ahead';
  // `python:3` is the newest of all 3.x.
  const single = endOfLife[image]?.releases.every(([cycle]) => !cycle.includes('.')) === true;
  return version.length > (single ? 0 : 1) ? 'fixed' : 'moving';
}

/** Whether a version is newer than all known releases of a product: images are made while one is still worked on. */
function isAhead(image: string, version: readonly number[]): boolean {
  const releases = endOfLife[image]?.releases;
  if (releases === undefined || version.length === 0) return false;
  return releases.every(([cycle]) => {
    const released = numbers(cycle);
    return descending(version.slice(0, released.length), released) < 0;
  });
}

const states = ['fixed', 'ahead', 'moving', 'early', 'dated', 'ended'] as const;

function compare(a: Judged, b: Judged): number {
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

/** The higher version first; numbers are compared as numbers, so that 3.13 comes before 3.9. */
function descending(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (b[i] ?? -1) - (a[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Variants of one sort stand together, those on the newest system first. */
function bySystem(a: Judged, b: Judged): number {
  if (a.variant === b.variant) return 0;
  if (a.sort !== b.sort) return a.sort < b.sort ? -1 : 1;
  return descending(a.system, b.system) || (a.variant < b.variant ? -1 : 1);
}

const systems: ReadonlyMap<string, string> = new Map(
  ['debian', 'ubuntu'].flatMap((name) =>
    (endOfLife[name]?.releases ?? []).map(([version, , codename]): [string, string] => [
      codename ?? '',
      `${name}${version}`,
    ]),
  ),
);

/** `slim-bookworm` is a `slim-debian` of version 12. */
function systemOf(variant: string): readonly [sort: string, version: readonly number[]] {
  const named = variant.replace(/[a-z]+/g, (word) => systems.get(word) ?? word);
  const version = /\d+(?:\.\d+)*/.exec(named)?.[0] ?? '';
  return [named.replace(version, ''), version === '' ? [] : numbers(version)];
}

/** The plain image, then small ones, then those on a named system, Windows last. */
function variantRank(variant: string): number {
  if (/windowsservercore|nanoserver/.test(variant)) return 9;
  const order = ['', 'slim', 'alpine', 'latest', 'lts', 'stable'];
  const known = order.indexOf(variant);
  if (known >= 0) return known;
  return /(?:^|-)(?:slim|alpine)/.test(variant) ? 7 : 6;
}
