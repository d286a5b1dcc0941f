/** What nothing uses: containers that have ended, images, volumes, networks, build cache. */
import { t } from '@vscode/l10n';
import type { Container, Engine } from '../engine/engine.ts';
import type { CacheRecord, DiskUsage, Labels } from '../engine/objects.ts';
import { joined, shortId, size } from '../ui/format.ts';
import { imageBytes, type ImageBytes } from './image-bytes.ts';

export type PruneKind = 'container' | 'network' | 'volume' | 'image' | 'cache';

/** One thing that may go. */
export interface Prunable {
  readonly kind: PruneKind;
  readonly label: string;
  readonly fact: string;
  /** Bytes; of an image only with others of its kind, see `ImageBytes`. */
  readonly size: number;
  /** Made or last used. */
  readonly since: Date;
  readonly labels: Labels;
  /** Nobody would miss it. */
  readonly safe: boolean;
  /** Names or ids for the engine. */
  readonly ids: readonly string[];
}

export interface Unused {
  readonly all: readonly Prunable[];
  readonly bytes: ImageBytes;
  readonly usage: DiskUsage;
}

/** What is unused of these kinds, in the order in which it is removed. */
export async function unusedOf(
  engine: Engine,
  kinds: readonly PruneKind[],
  signal: AbortSignal,
): Promise<Unused> {
  const [containers, usage] = await Promise.all([engine.containers(), engine.diskUsage(signal)]);
  const wanted = async (
    kind: PruneKind,
    find: () => Promise<readonly Prunable[]> | readonly Prunable[],
  ) => (kinds.includes(kind) ? find() : []);
  const images = await wanted('image', () => unusedImages(containers, usage));
  const mayGo = new Set(images.flatMap(({ ids }) => ids));
  const nothing: ImageBytes = { freed: () => 0 };
  return {
    all: [
      ...(await wanted('container', () => endedContainers(containers, usage))),
      ...(await wanted('network', () => unusedNetworks(engine, containers))),
      ...(await wanted('volume', () => unusedVolumes(engine, containers, usage))),
      ...images,
      ...(await wanted('cache', () => unusedCache(usage.buildCache))),
    ],
    bytes: mayGo.size === 0 ? nothing : await imageBytes(engine, usage.images, mayGo),
    usage,
  };
}

function endedContainers(containers: readonly Container[], usage: DiskUsage): readonly Prunable[] {
  const sizes = new Map(usage.containers.map((one) => [one.id, one.size]));
  return containers
    .filter(({ state }) => state === 'exited' || state === 'created' || state === 'dead')
    .map(({ id, name, image, status, createdAt, labels }) => ({
      kind: 'container',
      label: name,
      fact: joined(size(sizes.get(id) ?? 0), image, status),
      size: sizes.get(id) ?? 0,
      since: createdAt,
      labels,
      safe: true,
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
      fact: driver,
      size: 0,
      since: createdAt ?? new Date(0),
      labels,
      safe: true,
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
        fact: joined(
          bytes === undefined ? undefined : size(bytes),
          anonymous ? t('anonymous') : t('its files are lost'),
        ),
        size: bytes ?? 0,
        since: createdAt ?? new Date(0),
        labels,
        safe: anonymous,
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
      fact: joined(
        size(image.size),
        image.tags.length === 0 ? t('dangling') : undefined,
        image.tags.length > 1 ? t('{0} tags', image.tags.length) : undefined,
      ),
      size: image.size,
      since: image.createdAt,
      labels: image.labels,
      safe: image.tags.length === 0,
      ids: [image.id],
    }))
    .sort((a, b) => Number(b.safe) - Number(a.safe) || b.size - a.size);
}

/** Hundreds of records mean nothing to a person: one row for each kind of them. */
function unusedCache(records: readonly CacheRecord[]): readonly Prunable[] {
  return records
    .filter(({ inUse }) => !inUse)
    .map((record) => ({
      kind: 'cache',
      label: cacheName(record.type),
      fact: '',
      size: record.shared ? 0 : record.size,
      since: record.lastUsedAt ?? record.createdAt,
      labels: {},
      safe: true,
      ids: [record.id],
    }));
}

/** Records of one kind as one row. */
export function gathered(all: readonly Prunable[]): readonly Prunable[] {
  const cache = new Map<string, Prunable>();
  for (const one of all.filter(({ kind }) => kind === 'cache')) {
    const before = cache.get(one.label);
    const ids = [...(before?.ids ?? []), ...one.ids];
    const bytes = (before?.size ?? 0) + one.size;
    const fact = joined(size(bytes), t('{0} records', ids.length));
    cache.set(one.label, { ...one, ids, size: bytes, fact });
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
      return t('Build cache: git checkouts');
    case 'exec.cachemount':
      return t('Build cache: RUN --mount=type=cache');
    case 'frontend':
      return t('Build cache: frontends');
    default:
      return t('Build cache: {0}', type);
  }
}
