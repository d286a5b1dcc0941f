/** The networks of a container to be, as the engine takes them. */
import { all, type RunSpec } from './spec.ts';
import { fieldsOf, pairOf } from './values.ts';

/** The first network, which stands among the host's side of things. */
export function networkMode(spec: RunSpec): string {
  const [first] = networksOf(spec);
  return first?.name ?? 'default';
}

interface Attached {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly ip: string;
  readonly ip6: string;
  readonly linkLocal: readonly string[];
  readonly mac: string;
  readonly driverOptions: Readonly<Record<string, string>>;
}

/** `front`, or `name=front,alias=web,ip=172.20.0.5`. */
function networksOf(spec: RunSpec): readonly Attached[] {
  return all(spec, 'network').map((text) => {
    const pairs = fieldsOf(text).map(pairOf);
    if (!text.includes('=')) return { ...nothing, name: text };
    const valuesOf = (...keys: readonly string[]) =>
      pairs.flatMap(([key, value]) => (keys.includes(key) && value !== undefined ? [value] : []));
    return {
      name: valuesOf('name')[0] ?? '',
      aliases: valuesOf('alias'),
      ip: valuesOf('ip')[0] ?? '',
      ip6: valuesOf('ip6')[0] ?? '',
      linkLocal: valuesOf('link-local-ip'),
      mac: valuesOf('mac-address')[0] ?? '',
      driverOptions: Object.fromEntries(
        valuesOf('driver-opt').map((option) => [pairOf(option)[0], pairOf(option)[1] ?? '']),
      ),
    };
  });
}

const nothing = { aliases: [], ip: '', ip6: '', linkLocal: [], mac: '', driverOptions: {} };

/** Undefined where the engine's own answer to the network's name is all that is wanted. */
export function endpointsOf(spec: RunSpec): object | undefined {
  const networks = networksOf(spec).map((network, index) =>
    index === 0 ? withOptions(network, spec) : network,
  );
  const endpoints = networks.map((network) => [network.name, endpointOf(network)] as const);
  if (networks.length < 2 && endpoints.every(([, endpoint]) => Object.keys(endpoint).length === 0))
    return undefined;
  return { EndpointsConfig: Object.fromEntries(endpoints) };
}

/** Options of their own speak of the first network. */
function withOptions(network: Attached, spec: RunSpec): Attached {
  return {
    ...network,
    aliases: [...network.aliases, ...all(spec, 'network-alias')],
    ip: spec.texts.ip ?? network.ip,
    ip6: spec.texts.ip6 ?? network.ip6,
    linkLocal: [...network.linkLocal, ...all(spec, 'link-local-ip')],
  };
}

function endpointOf({ aliases, ip, ip6, linkLocal, mac, driverOptions }: Attached): object {
  const ipam = {
    ...(ip !== '' && { IPv4Address: ip }),
    ...(ip6 !== '' && { IPv6Address: ip6 }),
    ...(linkLocal.length > 0 && { LinkLocalIPs: linkLocal }),
  };
  return {
    ...(aliases.length > 0 && { Aliases: aliases }),
    ...(Object.keys(ipam).length > 0 && { IPAMConfig: ipam }),
    ...(mac !== '' && { MacAddress: mac }),
    ...(Object.keys(driverOptions).length > 0 && { DriverOpts: driverOptions }),
  };
}
