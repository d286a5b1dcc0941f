/** Volumes and networks of the engine. */
import { list, map, object, text, type Json } from './json-readers.ts';
import { segment, type Wire } from './wire.ts';
import type { Engine } from '../engine.ts';
import type { Labels, Network, Volume } from '../objects.ts';

type Methods =
  'volumes' | 'networks' | 'createVolume' | 'createNetwork' | 'removeVolume' | 'removeNetwork';

export function volumeMethods(wire: Wire): Pick<Engine, Methods> {
  const remove = async (path: string): Promise<void> => {
    await wire.json({ method: 'DELETE', path });
  };
  return {
    volumes: async () => {
      const request = { method: 'GET', path: '/volumes' } as const;
      const { Volumes } = await wire.json<{ readonly Volumes?: readonly Json[] | null }>(request);
      return (Volumes ?? []).map(volumeOf);
    },
    networks: async () => {
      const raw = await wire.json<readonly Json[]>({ method: 'GET', path: '/networks' });
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

/** Reads a volume from the JSON of the engine. */
export function volumeOf(json: Json): Volume {
  const name = text(json.Name) ?? '';
  const labels = map(text)(json.Labels) ?? {};
  const created = parseDate(text(json.CreatedAt));
  return {
    name,
    driver: text(json.Driver) ?? 'local',
    mountpoint: text(json.Mountpoint) ?? '',
    // Engines before version 23 do not set the label.
    anonymous: 'com.docker.volume.anonymous' in labels || /^[0-9a-f]{64}$/.test(name),
    labels,
    ...projectOf(labels),
    ...(created && { createdAt: created }),
  };
}

/** `podman` is the default network of Podman; the others are those of Docker. */
const builtinNetworks = new Set(['bridge', 'host', 'none', 'podman', 'nat']);

/** Reads a network from the JSON of the engine. */
export function networkOf(json: Json): Network {
  const name = text(json.Name) ?? '';
  const labels = map(text)(json.Labels) ?? {};
  const created = parseDate(text(json.Created));
  return {
    id: text(json.Id) ?? '',
    name,
    driver: text(json.Driver) ?? '',
    builtin: builtinNetworks.has(name),
    internal: json.Internal === true,
    subnets: (ipam(json.IPAM)?.Config ?? []).flatMap(({ Subnet, Gateway }) =>
      Subnet ? [{ subnet: Subnet, ...(Gateway && { gateway: Gateway }) }] : [],
    ),
    labels,
    ...projectOf(labels),
    ...(created && { createdAt: created }),
  };
}

interface Ipam {
  readonly Config?: readonly { readonly Subnet?: string; readonly Gateway?: string }[];
}

const ipam = object<Ipam>({
  Config: list(object<NonNullable<Ipam['Config']>[number]>({ Subnet: text, Gateway: text })),
});

function projectOf(labels: Labels): { readonly project?: string } {
  const project = labels['com.docker.compose.project'];
  return project === undefined ? {} : { project };
}

/** Parses a time of the engine; undefined for the year 1, which Go uses for an unset time. */
export function parseDate(text: string | undefined): Date | undefined {
  if (text === undefined || text === '' || text.startsWith('0001-')) return undefined;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
