/** Finds unused objects: stopped containers, images, volumes, networks and build cache. */
import { t } from '@vscode/l10n';
import type { Container, Engine } from '../engine/engine.ts';
import type { CacheRecord, DiskUsage, Labels } from '../engine/objects.ts';
import { joinDetails, shortId, formatSize } from '../ui/format.ts';
import { imageBytes, type ImageBytes } from './image-bytes.ts';

export type PruneKind = 'container' | 'network' | 'volume' | 'image' | 'cache';

/** An object that can be pruned. */
export interface Prunable {
  readonly kind: PruneKind;
  readonly label: string;
  readonly description: string;
  /** Bytes. What an image frees depends on the other removed images, see `ImageBytes`. */
  readonly size: number;
  /** When it was created or last used. */
  readonly since: Date;
  readonly labels: Labels;
  /** Whether it is preselected: removing it does not lose data that is hard to recreate. */
  readonly preselected: boolean;
  /** Ids or names in the engine. */
  readonly ids: readonly string[];
}

export interface Unused {
  readonly all: readonly Prunable[];
  readonly bytes: ImageBytes;
  readonly usage: DiskUsage;
}

/** Finds the unused objects of these kinds, in the order of removal. */
export async function findUnused(
  engine: Engine,
  kinds: readonly PruneKind[],
  signal: AbortSignal,
): Promise<Unused> {
  const [containers, usage] = await Promise.all([engine.containers(), engine.diskUsage(signal)]);
  const findIfSelected = async (
    kind: PruneKind,
    find: () => Promise<readonly Prunable[]> | readonly Prunable[],
  ) => (kinds.includes(kind) ? find() : []);
  const images = await findIfSelected('image', () => unusedImages(containers, usage));
  const prunableIds = new Set(images.flatMap(({ ids }) => ids));
  const noBytes: ImageBytes = { freed: () => 0 };
  return {
    all: [
      ...(await findIfSelected('container', () => stoppedContainers(containers, usage))),
      ...(await findIfSelected('network', () => unusedNetworks(engine, containers))),
      ...(await findIfSelected('volume', () => unusedVolumes(engine, containers, usage))),
      ...images,
      ...(await findIfSelected('cache', () => unusedCache(usage.buildCache))),
    ],
    bytes: prunableIds.size === 0 ? noBytes : await imageBytes(engine, usage.images, prunableIds),
    usage,
  };
}

function stoppedContainers(
  containers: readonly Container[],
  usage: DiskUsage,
): readonly Prunable[] {
  const sizes = new Map(usage.containers.map((one) => [one.id, one.size]));
  return containers
    .filter(({ state }) => state === 'exited' || state === 'created' || state === 'dead')
    .map(({ id, name, image, status, createdAt, labels }) => ({
      kind: 'container',
      label: name,
      description: joinDetails(formatSize(sizes.get(id) ?? 0), image, status),
      size: sizes.get(id) ?? 0,
      since: createdAt,
      labels,
      preselected: true,
      ids: [id],
    }));
}

async function unusedNetworks(
  engine: Engine,
  containers: readonly Container[],
): Promise<readonly Prunable[]> {
  const used = new Set(containers.flatMap(({ networks }) => networks));
  return (await engine.networks())
    .filter(({ name, builtin }) => !builtin && !used.has(name))
    .map(({ id, name, driver, createdAt, labels }) => ({
      kind: 'network',
      label: name,
      description: driver,
      size: 0,
      since: createdAt ?? new Date(0),
      labels,
      preselected: true,
      ids: [id],
    }));
}

async function unusedVolumes(
  engine: Engine,
  containers: readonly Container[],
  usage: DiskUsage,
): Promise<readonly Prunable[]> {
  const used = new Set(containers.flatMap(({ volumes }) => volumes));
  const sizes = new Map(usage.volumes.map((one) => [one.name, one.size]));
  return (await engine.volumes())
    .filter(({ name }) => !used.has(name))
    .map(({ name, anonymous, createdAt, labels }) => {
      const bytes = sizes.get(name);
      return {
        kind: 'volume',
        label: anonymous ? name.slice(0, 12) : name,
        description: joinDetails(
          bytes === undefined ? undefined : formatSize(bytes),
          anonymous ? t('anonymous') : t('its files will be deleted'),
        ),
        size: bytes ?? 0,
        since: createdAt ?? new Date(0),
        labels,
        preselected: anonymous,
        ids: [name],
      };
    });
}

function unusedImages(containers: readonly Container[], usage: DiskUsage): readonly Prunable[] {
  const used = new Set(containers.map(({ imageId }) => imageId));
  return usage.images
    .filter(({ id }) => !used.has(id))
    .map((image) => ({
      kind: 'image' as const,
      label: image.tags[0] ?? shortId(image.id),
      description: joinDetails(
        formatSize(image.size),
        image.tags.length === 0 ? t('dangling') : undefined,
        image.tags.length > 1 ? t('{0} tags', image.tags.length) : undefined,
      ),
      size: image.size,
      since: image.createdAt,
      labels: image.labels,
      preselected: image.tags.length === 0,
      ids: [image.id],
    }))
    .sort((a, b) => Number(b.preselected) - Number(a.preselected) || b.size - a.size);
}

/** Cache records as one object each; `groupCacheRecords` combines them to one row per type. */
function unusedCache(records: readonly CacheRecord[]): readonly Prunable[] {
  return records
    .filter(({ inUse }) => !inUse)
    .map((record) => ({
      kind: 'cache',
      label: cacheName(record.type),
      description: '',
      size: record.shared ? 0 : record.size,
      since: record.lastUsedAt ?? record.createdAt,
      labels: {},
      preselected: true,
      ids: [record.id],
    }));
}

/** Combines the cache records of each type to one row. */
export function groupCacheRecords(all: readonly Prunable[]): readonly Prunable[] {
  const cache = new Map<string, Prunable>();
  for (const one of all.filter(({ kind }) => kind === 'cache')) {
    const previous = cache.get(one.label);
    const ids = [...(previous?.ids ?? []), ...one.ids];
    const bytes = (previous?.size ?? 0) + one.size;
    const count = ids.length === 1 ? t('1 record') : t('{0} records', ids.length);
    const description = joinDetails(formatSize(bytes), count);
    cache.set(one.label, { ...one, ids, size: bytes, description });
  }
  return [...all.filter(({ kind }) => kind !== 'cache'), ...cache.values()];
}

function cacheName(type: string): string {
  switch (type) {
    case 'regular':
      return t('Build cache: steps');
    case 'source.local':
      return t('Build cache: build contexts');
    case 'source.git.checkout':
      return t('Build cache: Git checkouts');
    case 'exec.cachemount':
      return t('Build cache: RUN --mount=type=cache');
    case 'frontend':
      return t('Build cache: frontends');
    default:
      return t('Build cache: {0}', type);
  }
}
