/** Volumes and networks of the engine. */
import { segment, type Wire } from './wire.ts';
import type { Engine } from '../engine.ts';
import type { Network, Volume } from '../objects.ts';

type Methods =
  'volumes' | 'networks' | 'createVolume' | 'createNetwork' | 'removeVolume' | 'removeNetwork';

export function volumeMethods(wire: Wire): Pick<Engine, Methods> {
  const remove = async (path: string): Promise<void> => {
    await wire.json({ method: 'DELETE', path });
  };
  return {
    volumes: async () => {
      const request = { method: 'GET', path: '/volumes' } as const;
      const { Volumes } = await wire.json<{ readonly Volumes?: readonly RawVolume[] | null }>(
        request,
      );
      return (Volumes ?? []).map(volumeOf);
    },
    networks: async () => {
      const raw = await wire.json<readonly RawNetwork[]>({ method: 'GET', path: '/networks' });
      return raw.map(networkOf);
    },
    createVolume: async ({ name, driver, options = {}, labels = {} }) => {
      const body = { Name: name, Driver: driver, DriverOpts: options, Labels: labels };
      const request = { method: 'POST', path: '/volumes/create', body } as const;
      return (await wire.json<{ readonly Name: string }>(request)).Name;
    },
    createNetwork: async (network) => {
      const { name, driver = 'bridge', subnet, gateway, internal = false, labels = {} } = network;
      const config = { Subnet: subnet, ...(gateway !== undefined && { Gateway: gateway }) };
      const body = {
        Name: name,
        Driver: driver,
        Internal: internal,
        Labels: labels,
        // Engines before version 25 create two networks with the same name without this option.
        CheckDuplicate: true,
        ...(subnet !== undefined && { IPAM: { Config: [config] } }),
      };
      const request = { method: 'POST', path: '/networks/create', body } as const;
      return (await wire.json<{ readonly Id: string }>(request)).Id;
    },
    removeVolume: (name) => remove(`/volumes/${segment(name)}`),
    removeNetwork: (id) => remove(`/networks/${segment(id)}`),
  };
}

type RawLabels = Readonly<Record<string, string>> | null;

interface RawVolume {
  readonly Name: string;
  readonly Driver?: string;
  readonly Mountpoint?: string;
  readonly CreatedAt?: string;
  readonly Labels?: RawLabels;
}

function volumeOf({ Name, Driver, Mountpoint, CreatedAt, Labels }: RawVolume): Volume {
  const labels = Labels ?? {};
  const created = parseDate(CreatedAt);
  return {
    name: Name,
    driver: Driver ?? 'local',
    mountpoint: Mountpoint ?? '',
    // Engines before version 23 do not set the label.
    anonymous: 'com.docker.volume.anonymous' in labels || /^[0-9a-f]{64}$/.test(Name),
    labels,
    ...projectOf(labels),
    ...(created && { createdAt: created }),
  };
}

interface RawNetwork {
  readonly Id: string;
  readonly Name: string;
  readonly Driver?: string;
  readonly Internal?: boolean;
  readonly Created?: string;
  readonly Labels?: RawLabels;
  readonly IPAM?: {
    readonly Config?: readonly { readonly Subnet?: string; readonly Gateway?: string }[] | null;
  };
}

/** `podman` is the default network of Podman; the others are those of Docker. */
const builtinNetworks = new Set(['bridge', 'host', 'none', 'podman', 'nat']);

function networkOf(raw: RawNetwork): Network {
  const labels = raw.Labels ?? {};
  const created = parseDate(raw.Created);
  return {
    id: raw.Id,
    name: raw.Name,
    driver: raw.Driver ?? '',
    builtin: builtinNetworks.has(raw.Name),
    internal: raw.Internal === true,
    subnets: (raw.IPAM?.Config ?? []).flatMap(({ Subnet, Gateway }) =>
      Subnet ? [{ subnet: Subnet, ...(Gateway && { gateway: Gateway }) }] : [],
    ),
    labels,
    ...projectOf(labels),
    ...(created && { createdAt: created }),
  };
}

function projectOf(labels: NonNullable<RawLabels>): { readonly project?: string } {
  const project = labels['com.docker.compose.project'];
  return project === undefined ? {} : { project };
}

/** Parses a time of the engine; undefined for the year 1, which Go uses for an unset time. */
export function parseDate(text: string | undefined): Date | undefined {
  if (text === undefined || text === '' || text.startsWith('0001-')) return undefined;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
