/** The Images view: tags grouped by repository, with the containers that use them; dangling images last. */
import { t } from '@vscode/l10n';
import type { Container, Image } from '../engine/engine.ts';
import type { SupportStatus } from './bundled-images.ts';
import {
  ageBetween,
  formatAge,
  formatDateTime,
  joinFirst,
  joinDetails,
  shortId,
  formatSize,
} from '../ui/format.ts';
import { filterNote, createFilter, groupState } from './filter.ts';
import { compareDescending, compareNames, groupByKey } from './grouping.ts';
import { references, usersOf, type Reference } from './image-references.ts';
import { detailedTooltip, groupSize, layersOfGroups, type KnownLayers } from './image-sizes.ts';
import { groupTraits, withChildren, type Item, type EngineView } from './item.ts';
import { markdownTable } from '../ui/markdown.ts';

export type ImageColumn = 'size' | 'created' | 'endOfLife' | 'used' | 'id' | 'digest';

/** How a person wants images listed. */
export interface ImagesOptions {
  readonly groupBy: 'repository' | 'none';
  readonly sortBy: 'created' | 'name' | 'size';
  /** Whether those without a name are listed. */
  readonly dangling: boolean;
  readonly columns: readonly ImageColumn[];
  readonly filter: string;
}

export const defaultImagesOptions: ImagesOptions = {
  groupBy: 'repository',
  sortBy: 'created',
  dangling: true,
  columns: ['size', 'endOfLife', 'created', 'used'],
  filter: '',
};

/** The view of all images of an engine; `options` is called whenever rows are shown. */
export function imagesView(options: () => ImagesOptions): EngineView {
  return {
    id: 'images',
    title: 'Images',
    subjectKind: 'image',
    source: 'engine',
    eventTypes: ['image', 'container'],
    read: async (engine) => {
      const [images, containers] = await Promise.all([engine.images(), engine.containers()]);
      const layers = await layersOfGroups(engine, imagesByRepository(images));
      // Loading it takes longer than drawing the other views, which do not wait for it.
      const { supportStatus } = await import('./bundled-images.ts');
      return (now) =>
        imageItems(images, containers, { now, options: options(), supportStatus, layers });
    },
    tooltip: detailedTooltip,
    description: () => filterNote(options().filter),
  };
}

/** The images of each group: those of a repository, and the dangling ones. */
function imagesByRepository(images: readonly Image[]): readonly (readonly Image[])[] {
  const groups = groupByKey(images.flatMap(references), ({ repository }) => repository);
  return groups.map(({ members }) => members.map(({ image }) => image));
}

export interface ImageItemsOptions {
  readonly now: Date;
  readonly options?: ImagesOptions;
  /** The support status of an image by its name. */
  readonly supportStatus?: (reference: string) => SupportStatus | undefined;
  /** The layers of images that are in a group. */
  readonly layers?: KnownLayers;
}

/** Rows of images; `containers` determine which of them are used. */
export function imageItems(
  images: readonly Image[],
  containers: readonly Container[],
  {
    now,
    options = defaultImagesOptions,
    supportStatus = () => undefined,
    layers = new Map(),
  }: ImageItemsOptions,
): readonly Item[] {
  const fits = createFilter(options.filter);
  const statusOf = ({ tag }: Reference): SupportStatus | undefined =>
    tag === undefined ? undefined : supportStatus(tag);
  const listed = images
    .flatMap(references)
    .filter(({ repository }) => options.dangling || repository !== undefined)
    .filter((reference) => fits(() => filterTexts(reference, statusOf(reference))))
    .sort(orders[options.sortBy]);
  const users = usersOf(containers);
  const { columns } = options;
  const row = (reference: Reference, ungrouped: boolean): Item =>
    imageItem(reference, {
      ungrouped,
      usedBy: users(reference),
      support: statusOf(reference),
      columns,
      now,
    });
  if (options.groupBy === 'none') return listed.map((reference) => row(reference, true));
  return groupByKey(listed, ({ repository }) => repository).map(({ key, members }) => {
    const [only] = members;
    if (key !== undefined && members.length === 1 && only?.tag !== undefined)
      return row(only, true);
    const ended = columns.includes('endOfLife')
      ? members.filter((member) => statusOf(member)?.ended !== undefined).length
      : 0;
    const description = groupDescription(key, members, { ended, layers });
    const group = {
      ...groupState(options.filter, {
        id: key === undefined ? 'images/dangling' : `repository/${key}`,
        expanded: false,
      }),
      label: key ?? '<none>',
      description,
      accessibilityLabel: `${key ?? t('Dangling images')}, ${description}`,
      icon: { name: 'layers' },
      traits: groupTraits(
        key === undefined ? 'dangling-group' : 'repository',
        'image',
        members.map((member) => traitsOf(member, users(member))),
      ),
    };
    return withChildren(group, () => members.map((member) => row(member, false)));
  });
}

/** `3 tags, 1.2 GB, 1 at end of life` */
function groupDescription(
  repository: string | undefined,
  members: readonly Reference[],
  { ended, layers }: { readonly ended: number; readonly layers: KnownLayers },
): string {
  const images = members.map(({ image }) => image);
  return [
    countText(repository, members),
    groupSize(images, layers),
    ...(ended === 0 ? [] : [t('{0} at end of life', ended)]),
  ].join(', ');
}

const nameOf = ({ tag, repository, image }: Reference): string => tag ?? repository ?? image.id;
const byName = (a: Reference, b: Reference): number => compareNames(nameOf(a), nameOf(b));
const byAge = compareDescending<Reference>(({ image }) => image.createdAt.getTime());
const bySize = compareDescending<Reference>(({ image }) => image.size);
const orders: Readonly<Record<ImagesOptions['sortBy'], (a: Reference, b: Reference) => number>> = {
  created: (a, b) => byAge(a, b) || byName(a, b),
  name: byName,
  size: (a, b) => bySize(a, b) || byName(a, b),
};

/** The texts that a filter searches. */
function filterTexts(
  { image, tag = '' }: Reference,
  support: SupportStatus | undefined,
): readonly string[] {
  const labels = Object.entries(image.labels).map(([key, value]) => `${key}=${value}`);
  return [tag, image.id, ...image.digests, ...labels, support?.ended ?? ''];
}

interface RowContext {
  /** Not listed under its repository. */
  readonly ungrouped: boolean;
  readonly usedBy: readonly string[];
  readonly support: SupportStatus | undefined;
  readonly columns: readonly ImageColumn[];
  readonly now: Date;
}

function imageItem(reference: Reference, context: RowContext): Item {
  const { image, tag, repository } = reference;
  const { ungrouped, usedBy, support, columns } = context;
  const users = joinFirst(usedBy, maxTooltipNames);
  const description = joinDetails(...columns.map((column) => columnText(image, column, context)));
  const shortTag = tag?.slice((repository ?? '').length + 1);
  const label = (ungrouped ? tag : shortTag) ?? shortId(image.id);
  return {
    id: `image/${tag ?? image.id}`,
    label,
    description,
    icon: { name: 'package' },
    tooltip: {
      // Creating the Markdown of all rows took most of the time, and hardly any of it is shown.
      data: [image.id, image.size, image.digests, tagsText(image), users],
      text: () => tooltipOf(image, users, support),
    },
    accessibilityLabel: `${tag ?? t('Untagged image {0}', label)}, ${description.replaceAll(' · ', ', ')}`,
    subject: { kind: 'image', value: { image, ...(tag !== undefined && { tag }) } },
    open: 'images.layers',
    lazy: {
      kind: 'branches',
      place: { kind: 'image', id: image.id, name: tag ?? shortId(image.id) },
    },
    traits: traitsOf(reference, usedBy),
  };
}

function traitsOf({ tag }: Reference, usedBy: readonly string[]): readonly string[] {
  return [tag === undefined ? 'untagged' : 'tagged', usedBy.length > 0 ? 'used' : 'unused'];
}

function columnText(
  image: Image,
  column: ImageColumn,
  { usedBy, support, now }: RowContext,
): string | undefined {
  switch (column) {
    case 'endOfLife':
      return support?.ended;
    case 'size':
      return formatSize(image.size);
    case 'created':
      return formatAge(ageBetween(image.createdAt, now));
    case 'used': {
      const names = joinFirst(usedBy);
      return names && t('used by {0}', names);
    }
    case 'id':
      return shortId(image.id);
    case 'digest':
      return image.digests[0]?.replace(/^.*@sha256:/, '').slice(0, 12);
  }
}

/** More names would not fit in a tooltip without scrolling. */
const maxTooltipNames = 20;

const tagsTexts = new WeakMap<Image, string>();

/** Created once per image, which can have thousands of tags. */
function tagsText(image: Image): string | undefined {
  const text = tagsTexts.get(image) ?? joinFirst(image.tags, maxTooltipNames);
  if (text !== undefined) tagsTexts.set(image, text);
  return text;
}

function tooltipOf(
  image: Image,
  users: string | undefined,
  support: SupportStatus | undefined,
): string {
  return markdownTable(image.tags[0] ?? shortId(image.id), [
    [image.tags.length > 1 ? t('Tags') : t('Tag'), tagsText(image)],
    [t('Size'), formatSize(image.size)],
    [t('Created'), formatDateTime(image.createdAt)],
    [t('Support'), support?.sentence],
    [t('Used by'), users],
    [t('Digest'), image.digests.map((digest) => digest.replace(/^.*@/, '')).join(', ')],
    [t('ID'), shortId(image.id)],
  ]);
}

function countText(repository: string | undefined, { length }: readonly Reference[]): string {
  if (repository === undefined) return t('{0} dangling', length);
  return length === 1 ? t('1 image') : t('{0} tags', length);
}
