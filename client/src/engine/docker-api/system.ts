/** Information about the engine, its disk usage and its build cache. */
import { digest } from './images.ts';
import { parseDate } from './volumes.ts';
import type { Peer, Wire } from './wire.ts';
import type { Engine } from '../engine.ts';
import type { CacheRecord, DiskUsage, EngineInfo } from '../objects.ts';

export function systemMethods(
  wire: Wire,
  peer: Pick<Peer, 'podman'>,
): Pick<Engine, 'info' | 'diskUsage' | 'pruneBuildCache'> {
  return {
    info: async () => infoOf(await wire.json<RawInfo>({ method: 'GET', path: '/info' }), peer),
    diskUsage: async (signal) => {
      // Podman's report omits the tags and the algorithm of ids.
      const [usage, images] = await Promise.all([
        wire.json<RawUsage>({ method: 'GET', path: '/system/df', signal }),
        wire.json<readonly RawImage[]>({ method: 'GET', path: '/images/json', signal }),
      ]);
      const known = new Map(images.map((image) => [digest(image.Id), image]));
      return toDiskUsage({
        ...usage,
        Images: (usage.Images ?? []).map((image) => {
          const id = digest(image.Id);
          return { ...image, Id: id, RepoTags: known.get(id)?.RepoTags ?? image.RepoTags ?? [] };
        }),
      });
    },
    pruneBuildCache: (ids, signal) => pruneCache(wire, ids, signal),
  };
}

/** Number of ids that fit into a URL. */
const idsPerRequest = 100;

/** The filter accepts only one value, but it is a regular expression. */
async function pruneCache(
  wire: Wire,
  cacheIds: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  const ids = cacheIds.filter((id) => /^\w+$/.test(id));
  let total = 0;
  // A record can be removed only after its children, which may be in another request.
  for (let freed = 1; freed > 0; total += freed) {
    freed = 0;
    for (let at = 0; at < ids.length; at += idsPerRequest) {
      const pattern = `"^(${ids.slice(at, at + idsPerRequest).join('|')})$"`;
      const query = { all: true, filters: JSON.stringify({ id: [pattern] }) };
      const request = { method: 'POST', path: '/build/prune', query, signal } as const;
      const { SpaceReclaimed = 0 } = await wire.json<{ SpaceReclaimed?: number }>(request);
      freed += SpaceReclaimed;
    }
  }
  return total;
}

interface RawInfo {
  readonly Name?: string;
  readonly OperatingSystem?: string;
  readonly KernelVersion?: string;
  readonly NCPU?: number;
  readonly MemTotal?: number;
  readonly Driver?: string;
  readonly DockerRootDir?: string;
  readonly Runtimes?: Readonly<Record<string, unknown>> | null;
  readonly DefaultRuntime?: string;
  readonly LoggingDriver?: string;
  readonly CgroupVersion?: string;
  readonly SecurityOptions?: readonly string[] | null;
  readonly DiscoveredDevices?: readonly { readonly ID?: string }[] | null;
  readonly RegistryConfig?: { readonly Mirrors?: readonly string[] | null } | null;
  readonly Warnings?: readonly string[] | null;
}

function infoOf(raw: RawInfo, { podman }: Pick<Peer, 'podman'>): EngineInfo {
  return {
    hostName: raw.Name ?? '',
    system: raw.OperatingSystem ?? '',
    kernel: raw.KernelVersion ?? '',
    cpus: raw.NCPU ?? 0,
    memory: raw.MemTotal ?? 0,
    storageDriver: raw.Driver ?? '',
    dataRoot: raw.DockerRootDir ?? '',
    // `io.containerd.` names are aliases of the same runtime.
    runtimes: Object.keys(raw.Runtimes ?? {}).filter((name) => !name.startsWith('io.containerd.')),
    defaultRuntime: raw.DefaultRuntime ?? '',
    // The API does not report it. With another default, the option appears in the command of each container.
    defaultIpcMode: podman ? 'shareable' : 'private',
    defaultLogDriver: raw.LoggingDriver || 'json-file',
    cgroups: raw.CgroupVersion ?? '',
    rootless: (raw.SecurityOptions ?? []).some((option) => option.startsWith('name=rootless')),
    devices: (raw.DiscoveredDevices ?? []).flatMap(({ ID }) => (ID ? [ID] : [])),
    mirrors: raw.RegistryConfig?.Mirrors ?? [],
    warnings: (raw.Warnings ?? []).map((text) => text.replace(/^WARNING: /, '')),
  };
}

interface RawUsage {
  readonly LayersSize?: number;
  readonly Images?: readonly RawImage[] | null;
  readonly Containers?: readonly { readonly Id: string; readonly SizeRw?: number }[] | null;
  readonly Volumes?: readonly RawVolume[] | null;
  readonly BuildCache?: readonly RawCache[] | null;
}

interface RawImage {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly Size?: number;
  readonly SharedSize?: number;
  readonly Created?: number;
  readonly Labels?: Readonly<Record<string, string>> | null;
}

interface RawVolume {
  readonly Name: string;
  readonly UsageData?: { readonly Size?: number; readonly RefCount?: number } | null;
}

interface RawCache {
  readonly ID: string;
  readonly Type?: string;
  readonly Description?: string;
  readonly Size?: number;
  readonly InUse?: boolean;
  readonly Shared?: boolean;
  readonly CreatedAt?: string;
  readonly LastUsedAt?: string | null;
}

function toDiskUsage(raw: RawUsage): DiskUsage {
  return {
    ...(raw.LayersSize !== undefined && { layersSize: raw.LayersSize }),
    images: (raw.Images ?? []).map((image) => ({
      id: image.Id,
      tags: (image.RepoTags ?? []).filter((tag) => !tag.startsWith('<none>')),
      size: image.Size ?? 0,
      // -1 means that the engine did not compute the size.
      shared: Math.max(0, image.SharedSize ?? 0),
      createdAt: new Date((image.Created ?? 0) * 1000),
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
  const lastUsed = parseDate(raw.LastUsedAt ?? undefined);
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
