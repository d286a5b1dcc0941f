/** Volumes and networks of the engine. */
import { isObject, type Json } from '../json-object.ts';
import { parseDate } from './dates.ts';
import { every, list, map, object, text } from './json-readers.ts';
import { requestDone, requestJson } from './requests.ts';
import { segment } from './request.ts';
import type { Wire } from './wire.ts';
import type { Engine } from '../engine.ts';
import type { Labels, Network, Volume } from '../objects.ts';

type Methods =
  | 'volumes'
  | 'networks'
  | 'createVolume'
  | 'createNetwork'
  | 'connectNetwork'
  | 'disconnectNetwork'
  | 'removeVolume'
  | 'removeNetwork';

export function volumeMethods(wire: Wire): Pick<Engine, Methods> {
  const remove = (path: string): Promise<void> => requestDone(wire, { method: 'DELETE', path });
  return {
    volumes: async () => {
      const request = { method: 'GET', path: '/volumes' } as const;
      return (await requestJson(wire, request, volumeList)).Volumes;
    },
    networks: () => requestJson(wire, { method: 'GET', path: '/networks' }, every(readNetwork)),
    createVolume: async ({ name, driver, options = {}, labels = {} }) => {
      const body = { Name: name, Driver: driver, DriverOpts: options, Labels: labels };
      const request = { method: 'POST', path: '/volumes/create', body } as const;
      const reader = object<{ readonly Name: string }>({ Name: text }, 'Name');
      return (await requestJson(wire, request, reader)).Name;
    },
    createNetwork: async (network) => {
      const { name, driver = 'bridge', subnet, gateway, internal = false, labels = {} } = network;
      const { ipv6 = false, options = {} } = network;
      const config = { Subnet: subnet, ...(gateway !== undefined && { Gateway: gateway }) };
      const body = {
        Name: name,
        Driver: driver,
        Internal: internal,
        Labels: labels,
        Options: options,
        ...(ipv6 && { EnableIPv6: true }),
        // Engines before version 25 create two networks with the same name without this option.
        CheckDuplicate: true,
        ...(subnet !== undefined && { IPAM: { Config: [config] } }),
      };
      const request = { method: 'POST', path: '/networks/create', body } as const;
      const reader = object<{ readonly Id: string }>({ Id: text }, 'Id');
      return (await requestJson(wire, request, reader)).Id;
    },
    connectNetwork: (network, container) => {
      const body = { Container: container };
      const path = `/networks/${segment(network)}/connect`;
      return requestDone(wire, { method: 'POST', path, body });
    },
    disconnectNetwork: (network, container) => {
      const body = { Container: container, Force: false };
      const path = `/networks/${segment(network)}/disconnect`;
      return requestDone(wire, { method: 'POST', path, body });
    },
    removeVolume: (name) => remove(`/volumes/${segment(name)}`),
    removeNetwork: (id) => remove(`/networks/${segment(id)}`),
  };
}

interface VolumeList {
  readonly Volumes: readonly Volume[];
}

const volumeList = object<VolumeList>({ Volumes: every(readVolume) }, 'Volumes');

function readVolume(json: unknown): Volume | undefined {
  return isObject(json) && text(json.Name) !== undefined ? volumeOf(json) : undefined;
}

function readNetwork(json: unknown): Network | undefined {
  return isObject(json) && text(json.Name) !== undefined ? networkOf(json) : undefined;
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
