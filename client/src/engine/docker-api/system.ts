/** Information about the engine, and its build cache. */
import { buildCache, diskUsage } from './disk-usage.ts';
import { anyObject, list, number, object, text } from './json-readers.ts';
import { requestJson } from './requests.ts';
import type { Peer, Wire } from './wire.ts';
import type { Engine } from '../engine.ts';
import type { EngineInfo } from '../objects.ts';

export function systemMethods(
  wire: Wire,
  peer: Pick<Peer, 'podman' | 'api'>,
): Pick<Engine, 'info' | 'diskUsage' | 'buildCache' | 'pruneBuildCache'> {
  return {
    info: async () =>
      infoOf(await requestJson(wire, { method: 'GET', path: '/info' }, rawInfo), peer),
    diskUsage: (signal) => diskUsage(wire, signal),
    buildCache: (signal) => buildCache(wire, peer, signal),
    pruneBuildCache: (ids, signal) => pruneCache(wire, ids, signal),
  };
}

/** Whether the engine can store an image for several platforms: it keeps its images in containerd. */
export async function storesSeveralPlatforms(wire: Wire): Promise<boolean> {
  const reader = object<DriverStatus>({ DriverStatus: list(list(text)) });
  return isContainerdStore(await requestJson(wire, { method: 'GET', path: '/info' }, reader));
}

interface DriverStatus {
  readonly DriverStatus?: readonly (readonly string[])[];
}

function isContainerdStore({ DriverStatus = [] }: DriverStatus): boolean {
  return DriverStatus.flat().some((value) => value.startsWith('io.containerd.snapshotter.'));
}

/** Number of ids that fit into a URL. */
const idsPerRequest = 100;

/** The filter accepts only one value, but it is a regular expression. */
async function pruneCache(
  wire: Wire,
  cacheIds: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  let ids = cacheIds.filter((id) => /^\w+$/.test(id));
  let total = 0;
  // A record can be removed only after its children, which may be in another request. Some records have no bytes of their own.
  for (let before = Infinity; ids.length > 0 && ids.length < before;) {
    before = ids.length;
    const deleted = new Set<string>();
    for (let at = 0; at < ids.length; at += idsPerRequest) {
      const pattern = `"^(${ids.slice(at, at + idsPerRequest).join('|')})$"`;
      const query = { all: true, filters: JSON.stringify({ id: [pattern] }) };
      const request = { method: 'POST', path: '/build/prune', query, signal } as const;
      const { SpaceReclaimed = 0, CachesDeleted = [] } = await requestJson(
        wire,
        { ...request, patience: 'transfer' },
        rawPruned,
      );
      total += SpaceReclaimed;
      for (const id of CachesDeleted) deleted.add(id);
    }
    ids = ids.filter((id) => !deleted.has(id));
  }
  return total;
}

interface RawPruned {
  readonly SpaceReclaimed?: number;
  readonly CachesDeleted?: readonly string[];
}

const rawPruned = object<RawPruned>({ SpaceReclaimed: number, CachesDeleted: list(text) });

interface RawInfo extends DriverStatus {
  readonly Name: string;
  readonly OperatingSystem?: string;
  readonly KernelVersion?: string;
  readonly NCPU?: number;
  readonly MemTotal?: number;
  readonly Driver?: string;
  readonly DockerRootDir?: string;
  readonly Runtimes?: Readonly<Record<string, unknown>>;
  readonly DefaultRuntime?: string;
  readonly LoggingDriver?: string;
  readonly CgroupVersion?: string;
  readonly SecurityOptions?: readonly string[];
  readonly DiscoveredDevices?: readonly { readonly ID?: string }[];
  readonly RegistryConfig?: { readonly Mirrors?: readonly string[] };
  readonly Warnings?: readonly string[];
}

const rawInfo = object<RawInfo>(
  {
    Name: text,
    OperatingSystem: text,
    KernelVersion: text,
    NCPU: number,
    MemTotal: number,
    Driver: text,
    DriverStatus: list(list(text)),
    DockerRootDir: text,
    Runtimes: anyObject,
    DefaultRuntime: text,
    LoggingDriver: text,
    CgroupVersion: text,
    SecurityOptions: list(text),
    DiscoveredDevices: list(object<{ readonly ID?: string }>({ ID: text })),
    RegistryConfig: object<NonNullable<RawInfo['RegistryConfig']>>({ Mirrors: list(text) }),
    Warnings: list(text),
  },
  'Name',
);

function infoOf(raw: RawInfo, { podman }: Pick<Peer, 'podman'>): EngineInfo {
  return {
    hostName: raw.Name,
    system: raw.OperatingSystem ?? '',
    kernel: raw.KernelVersion ?? '',
    cpus: raw.NCPU ?? 0,
    memory: raw.MemTotal ?? 0,
    storageDriver: raw.Driver ?? '',
    containerdStore: isContainerdStore(raw),
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
