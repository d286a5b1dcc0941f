/** What images use on disk: groups with each layer counted once, and what an image shares with others. */
import { t } from '@vscode/l10n';
import type { Engine, Image } from '../engine/engine.ts';
import { bytesOnce, readImageLayers, type ImageLayers } from '../engine/image-layers.ts';
import type { ImageUsage } from '../engine/objects.ts';
import { formatSize } from '../ui/format.ts';
import { markdownTableRows } from '../ui/markdown.ts';
import { tooltipText, type Item } from './item.ts';

/** The layers of images by their ids. */
export type KnownLayers = ReadonlyMap<string, ImageLayers>;

/** Reading more would delay the rows; the sizes of their groups are then upper bounds. */
const mostRead = 200;

/** The layers of the images that are in a group with another image. They are read once, since they never change. */
export function layersOfGroups(
  engine: Engine,
  groups: readonly (readonly Image[])[],
): Promise<KnownLayers> {
  const ids = groups.map((images) => [...new Set(images.map(({ id }) => id))]);
  return readImageLayers(engine, [...new Set(ids.filter(({ length }) => length > 1).flat())], mostRead); // prettier-ignore
}

/** The size of the images together: `1.2 GB`, or `up to 1.2 GB` if their layers are not known. */
export function groupSize(images: readonly Image[], layers: KnownLayers): string {
  const distinct = [...new Map(images.map((image) => [image.id, image])).values()];
  const [only] = distinct;
  if (distinct.length === 1 && only !== undefined) return formatSize(only.size);
  const bytes = bytesOnce(distinct, layers);
  if (bytes !== undefined) return formatSize(bytes);
  return t('up to {0}', formatSize(distinct.reduce((sum, { size }) => sum + size, 0)));
}

/** What images share is not in their list, because the engine has to compute it. */
export async function detailedTooltip(item: Item, engine: Engine): Promise<string | undefined> {
  const tooltip = tooltipText(item);
  const { subject } = item;
  if (subject?.kind !== 'image' || tooltip === undefined) return undefined;
  const { id } = subject.value.image;
  const usage = (await engine.imageUsage()).find((one) => one.id === id);
  const rows = usage === undefined ? '' : markdownTableRows(usageRows(usage));
  return rows === '' ? undefined : `${tooltip}\n${rows}`;
}

/** Rows of a tooltip: what `docker system df -v` shows, and its platforms. */
function usageRows({
  size,
  shared,
  platforms,
}: ImageUsage): readonly (readonly [name: string, value: string | undefined])[] {
  const names = platforms.map(({ name, size: own }) => `${name} (${formatSize(own)})`);
  return [
    [t('Shared size'), shared === undefined ? undefined : formatSize(shared)],
    [t('Unique size'), shared === undefined ? undefined : formatSize(size - shared)],
    [platforms.length > 1 ? t('Platforms') : t('Platform'), names.join(', ')],
  ];
}
