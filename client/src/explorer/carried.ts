/** What Drydock carries of the images of this world, to be asked without a network. Loaded when first wanted. */
import { t } from '@vscode/l10n';
import { officialImages, type Tag } from '../../../server/src/images/official-images.ts';
import { image } from '../../../server/src/images/image.ts';
import { releasesIn, type Released } from '../../../server/src/images/releases.ts';
import { endOfLifeDate } from '../../../server/src/images/end-of-life.ts';
import { day } from '../../../server/src/images/day.ts';

/** How long what an image is made of gets fixes. */
export interface Life {
  /** Short, for a row; only where it is over. */
  readonly over?: string;
  /** For a tooltip: what, since or until when, and where to go from there. */
  readonly told: string;
}

const known = new Map<string, Life | undefined>();
const mostKnown = 5000;

/** By the image's name alone; undefined where it names no release whose end is known. */
export function lifeOf(reference: string): Life | undefined {
  if (known.has(reference)) return known.get(reference);
  if (known.size >= mostKnown) known.clear();
  const life = found(reference);
  known.set(reference, life);
  return life;
}

/** What has ended counts before what goes on, the image itself before the system that it stands on. */
function found(reference: string): Life | undefined {
  const parsed = image(reference);
  const releases = parsed ? releasesIn(parsed).filter(({ end }) => end !== '') : [];
  const ended = releases.find(({ end }) => end <= endOfLifeDate);
  const [first] = releases;
  if (ended) return { over: overWords(ended), told: told(ended) };
  return first && { told: t('{0} gets fixes until {1}.', nameOf(first), day(first.end)) };
}

function overWords(release: Released): string {
  return release.isImage
    ? t('past its end of life')
    : t('{0} past its end of life', nameOf(release));
}

function told(release: Released): string {
  const { end, target, isImage } = release;
  return target === '' || !isImage
    ? t('{0} is past its end of life since {1}.', nameOf(release), day(end))
    : t('{0} is past its end of life since {1}: move to {2}.', nameOf(release), day(end), target);
}

function nameOf({ title, cycle }: Released): string {
  return `${title} ${cycle}`;
}

export interface OfficialName {
  readonly text: string;
  readonly about: string;
}

/** An official image by any of its names, with the colon that a tag follows. */
const named = /^(?:docker\.io\/)?(?:library\/)?([a-z0-9-]+):/;

/** What a name that is being typed could become: an official image, then one of its tags, the best first. */
export async function officialNames(): Promise<(typed: string) => readonly OfficialName[]> {
  const official = await officialImages();
  const names = official.names.map((text) => ({ text, about: t('official image') }));
  return (typed) => {
    const [start, name = ''] = named.exec(typed.trim()) ?? [];
    const tags = official.tags(name);
    if (start === undefined || tags.length === 0) return names;
    return tags.map((tag) => ({ text: `${start}${tag.name}`, about: aboutTag(tag) }));
  };
}

function aboutTag({ state, end }: Tag): string {
  if (state !== 'ended') return t('official image');
  return end === undefined
    ? t('past its end of life')
    : t('past its end of life since {0}', day(end));
}
