/** The Images view: tags under their repository, what is used by whom, dangling images last. */
import { t } from '@vscode/l10n';
import type { Container, Image } from '../engine/engine.ts';
import { ageOf, ago, exact, few, joined, shortId, size } from './facts.ts';
import { byGreatest, grouped } from './grouping.ts';
import type { Item, View } from './item.ts';
import { table } from './markdown.ts';

/** One row: a tag of an image, or an image without one. */
interface Reference {
  readonly image: Image;
  readonly tag?: string;
  /** Undefined for a dangling image. */
  readonly repository: string | undefined;
}

/** The view of all images of an engine. */
export function imagesView(): View {
  return {
    id: 'images',
    title: 'Images',
    about: ['image', 'container'],
    items: async (engine) => {
      const [images, containers] = await Promise.all([engine.images(), engine.containers()]);
      return imageItems(images, containers, new Date());
    },
  };
}

/** Rows of images; `containers` tell who uses them. */
export function imageItems(
  images: readonly Image[],
  containers: readonly Container[],
  now: Date,
): readonly Item[] {
  const newest = [...images].sort(byGreatest((image) => image.createdAt.getTime()));
  const row = (reference: Reference, alone: boolean): Item =>
    imageItem(reference, alone, users(reference, containers), now);
  return grouped(newest.flatMap(references), ({ repository }) => repository).map(
    ({ key, members }) => {
      const [only] = members;
      if (key !== undefined && members.length === 1 && only?.tag !== undefined) {
        return row(only, true);
      }
      return {
        id: key === undefined ? 'images/dangling' : `repository/${key}`,
        label: key ?? '<none>',
        description: `${countOf(key, members)}, ${size(total(members))}`,
        spoken: `${key ?? t('Dangling images')}, ${countOf(key, members)}, ${size(total(members))}`,
        icon: { name: 'layers' },
        traits: [key === undefined ? 'dangling-group' : 'repository'],
        expanded: false,
        children: members.map((member) => row(member, false)),
      };
    },
  );
}

function imageItem(
  { image, tag, repository }: Reference,
  alone: boolean,
  usedBy: readonly string[],
  now: Date,
): Item {
  const names = few(usedBy);
  const description = joined(
    size(image.size),
    ago(ageOf(image.createdAt, now)),
    names && t('used by {0}', names),
  );
  const label =
    tag === undefined ? shortId(image.id) : alone ? tag : tag.slice((repository ?? '').length + 1);
  return {
    id: `image/${tag ?? image.id}`,
    label,
    description,
    icon: { name: 'package' },
    tooltip: tooltipOf(image, usedBy),
    spoken: `${tag ?? t('Image without a tag, {0}', label)}, ${description.replaceAll(' · ', ', ')}`,
    subject: { kind: 'image', value: { image, ...(tag !== undefined && { tag }) } },
    traits: [tag === undefined ? 'untagged' : 'tagged', usedBy.length > 0 ? 'used' : 'unused'],
  };
}

function tooltipOf(image: Image, usedBy: readonly string[]): string {
  return table(image.tags[0] ?? shortId(image.id), [
    [image.tags.length > 1 ? t('Tags') : t('Tag'), image.tags.join(', ')],
    [t('Size'), size(image.size)],
    [t('Created'), exact(image.createdAt)],
    [t('Used by'), usedBy.join(', ')],
    [t('Digest'), image.digests.map((digest) => digest.replace(/^.*@/, '')).join(', ')],
    [t('Id'), shortId(image.id)],
  ]);
}

function references(image: Image): readonly Reference[] {
  if (image.tags.length > 0) {
    return image.tags.map((tag) => ({ image, tag, repository: repositoryOf(tag) }));
  }
  // Pulled by digest, or its tag has moved to a newer image: it still belongs to a repository.
  return [{ image, repository: image.digests[0]?.replace(/@.*$/, '') }];
}

/** A colon before a slash is the port of a registry and no tag. */
function repositoryOf(tag: string): string {
  return tag.replace(/:[^:/]+$/, '');
}

/** Names of the containers that were made from the image, under this tag where they say which. */
function users({ image, tag }: Reference, containers: readonly Container[]): readonly string[] {
  return containers
    .filter(({ imageId }) => imageId === image.id)
    .filter((container) => {
      const said = image.tags.find((known) => known === withTag(container.image));
      return said === undefined || tag === undefined || said === tag;
    })
    .map(({ name }) => name);
}

/** The engine tells the name as it was typed. */
function withTag(reference: string): string {
  return /[:@][^/]*$/.test(reference) ? reference : `${reference}:latest`;
}

function countOf(repository: string | undefined, { length }: readonly Reference[]): string {
  if (repository === undefined) return t('{0} dangling', length);
  return length === 1 ? t('1 image') : t('{0} tags', length);
}

/** Two tags of one image take its bytes once. */
function total(members: readonly Reference[]): number {
  const sizes = new Map(members.map(({ image }) => [image.id, image.size]));
  return [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
}
