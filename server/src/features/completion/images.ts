/** Names and tags of images: official images, other common images, and local images of the engine. */
import { parseImage as imageOf } from '../../images/image.ts';
import { officialName, releasesIn } from '../../images/releases.ts';
import { cudaOf } from '../../images/cuda.ts';
import { endOfLifeDate } from '../../images/end-of-life.ts';
import { otherImages } from '../../images/other-images.ts';
import { formatDay } from '../../images/day.ts';
import type { Span } from '../../text/span.ts';
import { t } from '../../text/translation.ts';
import { officialImages, type Tag } from '../../images/official-images.ts';
import type { Outside } from '../outside.ts';
import { plain, type Completion } from './item.ts';

/** The most common base images. */
const commonImages: readonly string[] =
  'alpine debian ubuntu python node golang rust eclipse-temurin nginx php ruby busybox postgres redis httpd maven gradle caddy mysql mariadb mongo bash gcc fedora rockylinux almalinux amazonlinux'.split(
    ' ',
  );

/** Completions for the image in a span, whose text up to the cursor is `typed`. */
export async function images(
  typed: string,
  span: Span,
  { images: local }: Outside,
): Promise<readonly Completion[]> {
  if (/[@$"']/.test(typed)) return [];
  const colon = typed.indexOf(':', typed.lastIndexOf('/') + 1);
  const [known, here] = await Promise.all([officialImages(), local.search(typed)]);
  if (colon < 0) return [...localNames(here, span), ...names(known.names, typed, span)];
  const name = typed.slice(0, colon);
  const place = { start: span.start + colon + 1, end: span.end };
  const repository = imageOf(name);
  const official = repository && officialName(repository);
  const tags =
    official === undefined ? otherTags(name.replace(/^docker\.io\//, '')) : known.tags(official);
  const localTags = here.map((reference) => reference.slice(colon + 1));
  const knownTags = new Set(tags.map((tag) => tag.name));
  return [
    ...localTags
      .filter((tag) => !knownTags.has(tag))
      .map((tag) => plain(tag, place, { kind: 'tag', detail: t('local image') })),
    ...tags.map((tag) => asCompletion(tag, place, localTags.includes(tag.name))),
  ];
}

/** Known tags of an image that is not official, with end-of-life tags last. */
function otherTags(name: string): readonly (Tag & { readonly needs?: string })[] {
  const image = imageOf(name);
  if (image === undefined) return [];
  const found = (otherImages.get(name) ?? []).map((tag) => {
    const [release] = releasesIn({ ...image, tag }).filter(({ end }) => end !== '');
    const needs = cudaOf({ ...image, tag })?.driver;
    const ended = release !== undefined && release.end <= endOfLifeDate;
    const state: Tag['state'] = ended ? 'ended' : /\d/.test(tag) ? 'fixed' : 'moving';
    return {
      name: tag,
      state,
      ...(release !== undefined && { end: release.end }),
      ...(needs !== undefined && { needs }),
    };
  });
  return found.toSorted((a, b) => Number(a.state === 'ended') - Number(b.state === 'ended'));
}

function localNames(references: readonly string[], span: Span): readonly Completion[] {
  return references.map((label) => plain(label, span, { kind: 'image', detail: t('local image') }));
}

function names(official: readonly string[], typed: string, span: Span): readonly Completion[] {
  const prefix = /^(?:docker\.io\/)?(?:library\/)?/.exec(typed)?.[0] ?? '';
  const known = new Set(official);
  const ordered = [...new Set([...commonImages.filter((name) => known.has(name)), ...official])];
  const imageItem = (label: string, detail: string): Completion =>
    plain(label, span, { kind: 'image', insert: `${label}:`, detail, triggersCompletion: true });
  return [
    ...ordered.map((name) => imageItem(`${prefix}${name}`, t('official image'))),
    ...[...otherImages].map(([name, tags]) =>
      plain(name, span, {
        kind: 'image',
        ...(tags.length > 0 && { insert: `${name}:`, triggersCompletion: true }),
      }),
    ),
  ];
}

function asCompletion(
  tag: Tag & { readonly needs?: string },
  span: Span,
  here: boolean,
): Completion {
  const tagDetail = tag.needs === undefined ? detail(tag) : t('requires driver {0}', tag.needs);
  const parts = [
    ...(here ? [t('local image')] : []),
    ...(tagDetail === undefined ? [] : [tagDetail]),
  ];
  return plain(tag.name, span, {
    kind: 'tag',
    ...(parts.length > 0 && { detail: parts.join(', ') }),
    ...(tag.state === 'ended' && { isEndOfLife: true }),
  });
}

function detail({ state, end }: Tag): string | undefined {
  switch (state) {
    case 'ended':
      return end === undefined ? undefined : t('end of life since {0}', formatDay(end));
    case 'moving':
      return t('moving tag');
    case 'early':
      return t('pre-release');
    default:
      return end === undefined ? undefined : t('supported until {0}', formatDay(end));
  }
}
