/** The Images view: tags under their repository, what is used by whom, dangling images last. */
import { t } from '@vscode/l10n';
import type { Container, Image } from '../engine/engine.ts';
import type { Life } from './carried.ts';
import { ageOf, ago, exact, few, joined, shortId, size } from '../ui/format.ts';
import { filterNote, matching } from './filter.ts';
import { byGreatest, grouped } from './grouping.ts';
import { groupTraits, type Item, type EngineView } from './item.ts';
import { table } from '../ui/markdown.ts';

/** One row: a tag of an image, or an image without one. */
interface Reference {
  readonly image: Image;
  readonly tag?: string;
  /** Undefined for a dangling image. */
  readonly repository: string | undefined;
}

export type ImageColumn = 'size' | 'created' | 'endOfLife' | 'used' | 'id' | 'digest';

/** How a person wants images listed. */
export interface ImagesLook {
  readonly groupBy: 'repository' | 'none';
  readonly sortBy: 'created' | 'name' | 'size';
  /** Whether those without a name are listed. */
  readonly dangling: boolean;
  readonly columns: readonly ImageColumn[];
  readonly filter: string;
}

export const usualImagesLook: ImagesLook = {
  groupBy: 'repository',
  sortBy: 'created',
  dangling: true,
  columns: ['size', 'endOfLife', 'created', 'used'],
  filter: '',
};

/** The view of all images of an engine; the look is asked for whenever rows are shown. */
export function imagesView(look: () => ImagesLook): EngineView {
  return {
    id: 'images',
    title: 'Images',
    holds: 'image',
    source: 'engine',
    about: ['image', 'container'],
    read: async (engine) => {
      const [images, containers, { lifeOf }] = await Promise.all([
        engine.images(),
        engine.containers(),
        import('./carried.ts'),
      ]);
      return (now) => imageItems(images, containers, { now, look: look(), lifeOf });
    },
    note: () => filterNote(look().filter),
  };
}

export interface ImagesShown {
  readonly now: Date;
  readonly look?: ImagesLook;
  /** How long what is named so gets fixes. */
  readonly lifeOf?: (reference: string) => Life | undefined;
}

/** Rows of images; `containers` tell who uses them. */
export function imageItems(
  images: readonly Image[],
  containers: readonly Container[],
  { now, look = usualImagesLook, lifeOf = () => undefined }: ImagesShown,
): readonly Item[] {
  const fits = matching(look.filter);
  const lived = ({ tag }: Reference): Life | undefined =>
    tag === undefined ? undefined : lifeOf(tag);
  const listed = images
    .flatMap(references)
    .filter(({ repository }) => look.dangling || repository !== undefined)
    .filter((reference) => fits(wordsOf(reference, lived(reference))))
    .sort(orders[look.sortBy]);
  const users = usersOf(containers);
  const { columns } = look;
  const row = (reference: Reference, alone: boolean): Item =>
    imageItem(reference, { alone, usedBy: users(reference), life: lived(reference), columns, now });
  if (look.groupBy === 'none') return listed.map((reference) => row(reference, true));
  return grouped(listed, ({ repository }) => repository).map(({ key, members }) => {
    const [only] = members;
    if (key !== undefined && members.length === 1 && only?.tag !== undefined)
      return row(only, true);
    const children = members.map((member) => row(member, false));
    const over = columns.includes('endOfLife')
      ? members.filter((member) => lived(member)?.over !== undefined).length
      : 0;
    const description = [
      countOf(key, members),
      size(total(members)),
      ...(over === 0 ? [] : [t('{0} past the end of life', over)]),
    ].join(', ');
    return {
      id: key === undefined ? 'images/dangling' : `repository/${key}`,
      label: key ?? '<none>',
      description,
      spoken: `${key ?? t('Dangling images')}, ${description}`,
      icon: { name: 'layers' },
      traits: groupTraits(key === undefined ? 'dangling-group' : 'repository', children),
      expanded: false,
      children,
    };
  });
}

const nameOf = ({ tag, repository, image }: Reference): string => tag ?? repository ?? image.id;
const orders: Readonly<Record<ImagesLook['sortBy'], (a: Reference, b: Reference) => number>> = {
  created: byGreatest<Reference>(({ image }) => image.createdAt.getTime()),
  name: (a, b) => nameOf(a).localeCompare(nameOf(b)),
  size: byGreatest<Reference>(({ image }) => image.size),
};

/** What a filter looks through. */
function wordsOf({ image, tag = '' }: Reference, life: Life | undefined): readonly string[] {
  const labels = Object.entries(image.labels).map(([key, value]) => `${key}=${value}`);
  return [tag, image.id, ...image.digests, ...labels, life?.over ?? ''];
}

interface Sight {
  /** Stands for itself, not under its repository. */
  readonly alone: boolean;
  readonly usedBy: readonly string[];
  readonly life: Life | undefined;
  readonly columns: readonly ImageColumn[];
  readonly now: Date;
}

function imageItem(reference: Reference, sight: Sight): Item {
  const { image, tag, repository } = reference;
  const { alone, usedBy, life, columns } = sight;
  const users = few(usedBy, most);
  const description = joined(...columns.map((column) => columnOf(image, column, sight)));
  const label =
    tag === undefined ? shortId(image.id) : alone ? tag : tag.slice((repository ?? '').length + 1);
  return {
    id: `image/${tag ?? image.id}`,
    label,
    description,
    icon: { name: 'package' },
    tooltip: {
      // Most of the time that rows took went into Markdown that nobody would see.
      of: [image.tags, image.size, image.createdAt, image.digests, users],
      text: () => tooltipOf(image, users, life),
    },
    spoken: `${tag ?? t('Image without a tag, {0}', label)}, ${description.replaceAll(' · ', ', ')}`,
    subject: { kind: 'image', value: { image, ...(tag !== undefined && { tag }) } },
    traits: [tag === undefined ? 'untagged' : 'tagged', usedBy.length > 0 ? 'used' : 'unused'],
  };
}

function columnOf(
  image: Image,
  column: ImageColumn,
  { usedBy, life, now }: Sight,
): string | undefined {
  switch (column) {
    case 'endOfLife':
      return life?.over;
    case 'size':
      return size(image.size);
    case 'created':
      return ago(ageOf(image.createdAt, now));
    case 'used': {
      const names = few(usedBy);
      return names && t('used by {0}', names);
    }
    case 'id':
      return shortId(image.id);
    case 'digest':
      return image.digests[0]?.replace(/^.*@sha256:/, '').slice(0, 12);
  }
}

/** Names in a tooltip; it is read, not scrolled. */
const most = 20;

function tooltipOf(image: Image, users: string | undefined, life: Life | undefined): string {
  return table(image.tags[0] ?? shortId(image.id), [
    [image.tags.length > 1 ? t('Tags') : t('Tag'), few(image.tags, most)],
    [t('Size'), size(image.size)],
    [t('Created'), exact(image.createdAt)],
    [t('Support'), life?.told],
    [t('Used by'), users],
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

/** The names of containers, by the tag that they were made under, and of those that say none of the image. */
interface Users {
  readonly byTag: ReadonlyMap<string, readonly string[]>;
  readonly others: readonly string[];
}

/** Names of the containers that were made from an image, under this tag where they say which. */
function usersOf(containers: readonly Container[]): (reference: Reference) => readonly string[] {
  const byImage = grouped(containers, ({ imageId }) => imageId);
  const members = new Map(byImage.map(({ key, members }) => [key, members]));
  // Hundreds of tags over a thousand containers: no row may go through all of them.
  const known = new Map<string, Users>();
  return ({ image, tag }) => {
    const users = known.get(image.id) ?? usersUnder(image, members.get(image.id) ?? []);
    known.set(image.id, users);
    if (tag === undefined) return [...[...users.byTag.values()].flat(), ...users.others];
    const own = users.byTag.get(tag);
    return own === undefined ? users.others : [...own, ...users.others];
  };
}

function usersUnder(image: Image, containers: readonly Container[]): Users {
  const tags = new Set(image.tags);
  const groups = grouped(containers, (container) => {
    const said = withTag(container.image);
    return tags.has(said) ? said : undefined;
  });
  const names = groups.map(({ key, members }) => ({ key, names: members.map(({ name }) => name) }));
  return {
    byTag: new Map(names.flatMap(({ key, names: all }) => (key === undefined ? [] : [[key, all]]))),
    others: names.find(({ key }) => key === undefined)?.names ?? [],
  };
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
