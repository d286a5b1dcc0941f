/** What Drydock carries of the images of this world, to be asked without a network. Loaded when first wanted. */
import { t } from '@vscode/l10n';
import { officialImages, type Tag } from '../../../server/src/features/official-images.ts';
import { image } from '../../../server/src/model/image.ts';
import { releasesIn, type Released } from '../../../server/src/model/releases.ts';
import { endOfLifeDate } from '../../../server/src/reference/end-of-life.ts';
import { day } from '../../../server/src/text/day.ts';

/** How long what an image is made of gets fixes. */
export interface SupportStatus {
  /** Short, for a row; only where it is over. */
  readonly ended?: string;
  /** For a tooltip: what, since or until when, and where to go from there. */
  readonly sentence: string;
}

const known = new Map<string, SupportStatus | undefined>();
const mostKnown = 5000;

/** By the image's name alone; undefined where it names no release whose end is known. */
export function supportStatus(reference: string): SupportStatus | undefined {
  if (known.has(reference)) return known.get(reference);
  if (known.size >= mostKnown) known.clear();
  const life = found(reference);
  known.set(reference, life);
  return life;
}

/** What has ended counts before what goes on, the image itself before the system that it stands on. */
function found(reference: string): SupportStatus | undefined {
  const parsed = image(reference);
  const releases = parsed ? releasesIn(parsed).filter(({ end }) => end !== '') : [];
  const ended = releases.find(({ end }) => end <= endOfLifeDate);
  const [first] = releases;
  if (ended) return { ended: overWords(ended), sentence: told(ended) };
  return first && { sentence: t('{0} is supported until {1}.', nameOf(first), day(first.end)) };
}

function overWords(release: Released): string {
  return release.isImage ? t('end of life') : t('{0}: end of life', nameOf(release));
}

function told(release: Released): string {
  const { end, target, isImage } = release;
  return target === '' || !isImage
    ? t('{0} reached end of life on {1}.', nameOf(release), day(end))
    : t('{0} reached end of life on {1}. Upgrade to {2}.', nameOf(release), day(end), target);
}

function nameOf({ title, cycle }: Released): string {
  return `${title} ${cycle}`;
}

export interface OfficialName {
  readonly text: string;
  readonly description: string;
}

/** An official image by any of its names, with the colon that a tag follows. */
const named = /^(?:docker\.io\/)?(?:library\/)?([a-z0-9-]+):/;

/** What a name that is being typed could become: an official image, then one of its tags, the best first. */
export async function officialNames(): Promise<(typed: string) => readonly OfficialName[]> {
  const official = await officialImages();
  const names = official.names.map((text) => ({ text, description: t('official image') }));
  return (typed) => {
    const [start, name = ''] = named.exec(typed.trim()) ?? [];
    const tags = official.tags(name);
    if (start === undefined || tags.length === 0) return names;
    return tags.map((tag) => ({ text: `${start}${tag.name}`, description: describeTag(tag) }));
  };
}

function describeTag({ state, end }: Tag): string {
  if (state !== 'ended') return t('official image');
  return end === undefined ? t('end of life') : t('end of life since {0}', day(end));
}
