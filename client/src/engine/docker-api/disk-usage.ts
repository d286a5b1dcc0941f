/** What uses disk space of the engine. */
import { dateOf, parseDate } from './dates.ts';
import { digest } from './images.ts';
import { every, flag, list, map, number, object, text } from './json-readers.ts';
import { requestJson } from './requests.ts';
import type { Peer, Wire } from './wire.ts';
import type { CacheRecord, DiskUsage } from '../objects.ts';

/** Rejects with EngineError. It can take minutes, because the engine reads its whole disk. */
export async function diskUsage(wire: Wire, signal: AbortSignal): Promise<DiskUsage> {
  const request = { method: 'GET', path: '/system/df', signal, patience: 'transfer' } as const;
  const list = { method: 'GET', path: '/images/json', signal } as const;
  const [usage, images] = await Promise.all([
    requestJson(wire, request, rawUsage),
    requestJson(wire, list, every(rawImage)),
  ]);
  // Podman's report omits the tags and the algorithm of ids.
  const known = new Map(images.map((image) => [digest(image.Id), image]));
  return toDiskUsage({
    ...usage,
    Images: usage.Images.map((image) => {
      const id = digest(image.Id);
      return { ...image, Id: id, RepoTags: known.get(id)?.RepoTags ?? image.RepoTags ?? [] };
    }),
  });
}

/** Only the build cache, which does not read the disk for images and volumes. Rejects with EngineError. */
export async function buildCache(
  wire: Wire,
  { api }: Pick<Peer, 'api'>,
  signal: AbortSignal,
): Promise<readonly CacheRecord[]> {
  // Engines before API 1.42 ignore the type and read everything.
  if (Number(api.split('.')[1]) < 42) return [];
  const query = { type: 'build-cache' };
  const request = { method: 'GET', path: '/system/df', query, signal } as const;
  const reader = object<Pick<RawUsage, 'BuildCache'>>({ BuildCache: every(rawCache) });
  return ((await requestJson(wire, request, reader)).BuildCache ?? []).map(cacheOf);
}

interface RawUsage {
  readonly LayersSize?: number;
  readonly Images: readonly RawImage[];
  readonly Containers?: readonly RawContainer[];
  readonly Volumes?: readonly RawVolume[];
  readonly BuildCache?: readonly RawCache[];
}

interface RawContainer {
  readonly Id: string;
  readonly SizeRw?: number;
}

interface RawImage {
  readonly Id: string;
  readonly RepoTags?: readonly string[];
  readonly Size?: number;
  readonly SharedSize?: number;
  readonly Created?: number;
  readonly Labels?: Readonly<Record<string, string>>;
}

interface RawVolume {
  readonly Name: string;
  readonly UsageData?: { readonly Size?: number; readonly RefCount?: number };
}

interface RawCache {
  readonly ID: string;
  readonly Type?: string;
  readonly Description?: string;
  readonly Size?: number;
  readonly InUse?: boolean;
  readonly Shared?: boolean;
  readonly CreatedAt?: string;
  readonly LastUsedAt?: string;
}

const rawImage = object<RawImage>(
  {
    Id: text,
    RepoTags: list(text),
    Size: number,
    SharedSize: number,
    Created: number,
    Labels: map(text),
  },
  'Id',
);

const rawCache = object<RawCache>(
  {
    ID: text,
    Type: text,
    Description: text,
    Size: number,
    InUse: flag,
    Shared: flag,
    CreatedAt: text,
    LastUsedAt: text,
  },
  'ID',
);

const rawVolume = object<RawVolume>(
  {
    Name: text,
    UsageData: object<NonNullable<RawVolume['UsageData']>>({ Size: number, RefCount: number }),
  },
  'Name',
);

const rawUsage = object<RawUsage>(
  {
    LayersSize: number,
    Images: every(rawImage),
    Containers: every(object<RawContainer>({ Id: text, SizeRw: number }, 'Id')),
    Volumes: every(rawVolume),
    BuildCache: every(rawCache),
  },
  'Images',
);

function toDiskUsage(raw: RawUsage): DiskUsage {
  return {
    ...(raw.LayersSize !== undefined && { layersSize: raw.LayersSize }),
    images: raw.Images.map((image) => ({
      id: image.Id,
      tags: (image.RepoTags ?? []).filter((tag) => !tag.startsWith('<none>')),
      size: image.Size ?? 0,
      // -1 means that the engine did not compute the size.
      shared: Math.max(0, image.SharedSize ?? 0),
      createdAt: dateOf(image.Created),
      labels: image.Labels ?? {},
    })),
    containers: (raw.Containers ?? []).map(({ Id, SizeRw }) => ({ id: Id, size: SizeRw ?? 0 })),
    volumes: (raw.Volumes ?? []).map(({ Name, UsageData }) => {
      const { Size = -1, RefCount = 0 } = UsageData ?? {};
      return { name: Name, uses: Math.max(0, RefCount), ...(Size >= 0 && { size: Size }) };
    }),
    buildCache: (raw.BuildCache ?? []).map(cacheOf),
  };
}

function cacheOf(raw: RawCache): CacheRecord {
  const lastUsed = parseDate(raw.LastUsedAt);
  return {
    id: raw.ID,
    type: raw.Type ?? '',
    description: raw.Description ?? '',
    size: raw.Size ?? 0,
    inUse: raw.InUse === true,
    shared: raw.Shared === true,
    createdAt: parseDate(raw.CreatedAt) ?? new Date(0),
    ...(lastUsed && { lastUsedAt: lastUsed }),
  };
}
