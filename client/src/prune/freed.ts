/**
 * How many bytes prune frees. Layers that images share are counted once. The build cache keeps layers of images that it shares:
 * removing only the image moves their bytes from the images to the cache, which was measured on Docker 20.10 and 28.5.
 */
import { t } from '@vscode/l10n';
import { formatSize } from '../ui/format.ts';
import type { Prunable, PruneKind, Unused } from './prunable.ts';
import type { Removal } from './removal.ts';

/** Bytes that removing these objects frees, if nothing else keeps their layers. */
export function bytesOf({ bytes }: Pick<Unused, 'bytes'>, objects: readonly Prunable[]): number {
  return objects
    .filter(({ kind }) => kind !== 'image')
    .reduce((sum, { size = 0 }) => sum + size, bytes.freed(new Set(idsOf(objects, 'image'))));
}

/** What removing these objects frees, as part of everything that is chosen; empty for objects without a size. */
export function freesText(
  unused: Unused,
  objects: readonly Prunable[],
  chosen: readonly Prunable[],
): string {
  if (objects.every(({ kind }) => kind === 'network')) return '';
  const size = formatSize(bytesOf(unused, objects));
  const isOpen = objects.some((object) => object.size === undefined);
  const hasImages = objects.some(({ kind }) => kind === 'image');
  const isShared = hasImages && keepsLayers(unused, chosen);
  if ((hasImages && unused.inContainerd) || (isOpen && isShared)) return t('about {0}', size);
  if (isShared) return t('up to {0}', size);
  return isOpen ? t('at least {0}', size) : size;
}

/** Whether the build cache that is not chosen has layers of images. */
export function keepsLayers({ usage }: Unused, chosen: readonly Prunable[]): boolean {
  const removed = new Set(idsOf(chosen, 'cache'));
  return usage.buildCache.some(({ id, shared, size }) => shared && size > 0 && !removed.has(id));
}

function idsOf(objects: readonly Prunable[], kind: PruneKind): readonly string[] {
  return objects.flatMap((object) =>
    object.kind === kind ? object.parts.map(({ id }) => id) : [],
  );
}

/** Bytes of everything on the engine. */
export function usedBytes({ usage, inContainerd }: Unused): number {
  const sum = (all: readonly { readonly size?: number }[]) =>
    all.reduce((total, { size = 0 }) => total + size, 0);
  return layerBytes({ usage, inContainerd }) + sum(usage.containers) + sum(usage.volumes);
}

/** Bytes of layers and build cache; containerd counts its cache with the layers. */
function layerBytes({ usage, inContainerd }: Pick<Unused, 'usage' | 'inContainerd'>): number {
  const { layersSize = 0, buildCache } = usage;
  if (inContainerd) return layersSize;
  return buildCache.reduce((sum, { size, shared }) => sum + (shared ? 0 : size), layersSize);
}

/** What was freed in each group; without the groups of which it is not known. */
export function freedBy(
  { removed, cacheBytes }: Removal,
  before: Unused,
  after: Unused | undefined,
): ReadonlyMap<PruneKind, number> {
  const of = (kind: PruneKind) => removed.filter((object) => object.kind === kind);
  const freed = new Map<PruneKind, number>();
  for (const kind of ['container', 'volume'] as const) freed.set(kind, bytesOf(before, of(kind)));
  const images = of('image');
  if (after === undefined || before.usage.layersSize === undefined) {
    if (!before.inContainerd) freed.set('cache', cacheBytes);
    return freed;
  }
  const difference = Math.max(0, layerBytes(before) - layerBytes(after));
  const estimate = bytesOf(before, images);
  const byImages = before.inContainerd ? difference : difference - cacheBytes;
  freed.set('image', Math.max(0, Math.min(estimate, byImages)));
  freed.set('cache', before.inContainerd ? Math.max(0, difference - estimate) : cacheBytes);
  return freed;
}
