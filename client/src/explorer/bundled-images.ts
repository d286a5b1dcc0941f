/** Data about public images that is bundled with Drydock and works offline. Loaded on first use. */
import { t } from '@vscode/l10n';
import { officialImages, type Tag } from '../../../server/src/images/official-images.ts';
import { parseImage } from '../../../server/src/images/image.ts';
import { releasesIn, type TagRelease } from '../../../server/src/images/releases.ts';
import { endOfLifeDate } from '../../../server/src/images/end-of-life.ts';
import { formatDay } from '../../../server/src/images/day.ts';

/** How long the software in an image is supported. */
export interface SupportStatus {
  /** Short, for a row; only for images at end of life. */
  readonly ended?: string;
  /** For a tooltip: the software, the date of its end of life, and the version to upgrade to. */
  readonly sentence: string;
}

const cache = new Map<string, SupportStatus | undefined>();
const maxCached = 5000;

/** Determined from the image's name alone; undefined if the name has no release with a known end of life. */
export function supportStatus(reference: string): SupportStatus | undefined {
  if (cache.has(reference)) return cache.get(reference);
  if (cache.size >= maxCached) cache.clear();
  const status = computeStatus(reference);
  cache.set(reference, status);
  return status;
}

/** An ended release takes precedence over a supported one, and the image itself over its base system. */
function computeStatus(reference: string): SupportStatus | undefined {
  const parsed = parseImage(reference);
  const releases = parsed ? releasesIn(parsed).filter(({ end }) => end !== '') : [];
  const ended = releases.find(({ end }) => end <= endOfLifeDate);
  const [first] = releases;
  if (ended) return { ended: endedText(ended), sentence: endOfLifeSentence(ended) };
  return (
    first && { sentence: t('{0} is supported until {1}.', nameOf(first), formatDay(first.end)) }
  );
}

function endedText(release: TagRelease): string {
  return release.isImage ? t('end of life') : t('{0}: end of life', nameOf(release));
}

function endOfLifeSentence(release: TagRelease): string {
  const { end, target, isImage } = release;
  return target === '' || !isImage
    ? t('{0} reached end of life on {1}.', nameOf(release), formatDay(end))
    : t('{0} reached end of life on {1}. Upgrade to {2}.', nameOf(release), formatDay(end), target);
}

function nameOf({ title, cycle }: TagRelease): string {
  return `${title} ${cycle}`;
}

export interface OfficialName {
  readonly text: string;
  readonly description: string;
}

/** The name of an official image, including the colon before the tag. */
const officialNamePattern = /^(?:docker\.io\/)?(?:library\/)?([a-z0-9-]+):/;

/** Suggestions for an image name while it is typed: official images, then their tags, the best first. */
export async function officialNames(): Promise<(typed: string) => readonly OfficialName[]> {
  const official = await officialImages();
  const names = official.names.map((text) => ({ text, description: t('official image') }));
  return (typed) => {
    const [start, name = ''] = officialNamePattern.exec(typed.trim()) ?? [];
    const tags = official.tags(name);
    if (start === undefined || tags.length === 0) return names;
    return tags.map((tag) => ({ text: `${start}${tag.name}`, description: describeTag(tag) }));
  };
}

function describeTag({ state, end }: Tag): string {
  if (state !== 'ended') return t('official image');
  return end === undefined ? t('end of life') : t('end of life since {0}', formatDay(end));
}
