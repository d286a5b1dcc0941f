/** Networks of a compose service, from `--network` and the options for the first network. */
import { attachments, isUserDefined, type Attachment } from './attachments.ts';
import type { ComposeLine, ComposePart, Yaml } from './option.ts';

/** Called only with `--network`; otherwise the service gets the default network of the compose project. */
export function composeNetworks(values: readonly string[], line: ComposeLine): ComposePart {
  const all = attachments(values);
  const [first] = all;
  if (first === undefined) return {};
  if (!isUserDefined(first.network)) return modePart(first, all.slice(1));
  const entries = all.map((one, index) => [
    one.network,
    { ...entryOf(one), ...(index === 0 ? mainEntry(one, line) : {}) },
  ]) as readonly (readonly [string, Yaml])[];
  // Without priorities, compose sorts networks by name.
  const sorted = entries.map(([name]) => name).sort();
  const named = entries.map(([name, entry], index) => {
    const full = index === 0 && sorted[0] !== name ? { ...entry, priority: 1 } : entry;
    return [name, Object.keys(full).length === 0 ? null : full] as const;
  });
  const plain = named.every(([, entry]) => entry === null);
  return {
    service: {
      networks: plain ? named.map(([name]) => name) : Object.fromEntries(named),
    },
    networks: Object.fromEntries(named.map(([name]) => [name, { external: true }])),
  };
}

function modePart(first: Attachment, others: readonly Attachment[]): ComposePart {
  const left = others.map(({ network }) => `--network ${network}`);
  return {
    service: { network_mode: first.network === 'default' ? 'bridge' : first.network },
    ...(left.length > 0 && { left }),
  };
}

function entryOf({ settings }: Attachment): Yaml {
  const { Aliases, IPAMConfig = {}, MacAddress, DriverOpts, GwPriority } = settings;
  const { IPv4Address, IPv6Address, LinkLocalIPs } = IPAMConfig;
  return {
    ...(Aliases && { aliases: Aliases }),
    ...(IPv4Address && { ipv4_address: IPv4Address }),
    ...(IPv6Address && { ipv6_address: IPv6Address }),
    ...(LinkLocalIPs && { link_local_ips: LinkLocalIPs }),
    ...(MacAddress && { mac_address: MacAddress }),
    ...(DriverOpts && { driver_opts: DriverOpts }),
    ...(GwPriority !== undefined && { gw_priority: GwPriority }),
  };
}

/** Settings of the first network from their own options. */
function mainEntry({ settings }: Attachment, { values }: ComposeLine): Yaml {
  const aliases = [...(settings.Aliases ?? []), ...values('network-alias')];
  const linkLocal = [...(settings.IPAMConfig?.LinkLocalIPs ?? []), ...values('link-local-ip')];
  const last = (name: string) => values(name).at(-1);
  return {
    ...(aliases.length > 0 && { aliases: [...new Set(aliases)] }),
    ...(last('ip') && { ipv4_address: last('ip') }),
    ...(last('ip6') && { ipv6_address: last('ip6') }),
    ...(linkLocal.length > 0 && { link_local_ips: [...new Set(linkLocal)] }),
    ...(last('mac-address') && { mac_address: last('mac-address') }),
  };
}
