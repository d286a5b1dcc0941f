/** Options for ports and networks. */
import { t } from '@vscode/l10n';
import type { EndpointSettings, Keys, PortBinding } from '../../engine/container-config.ts';
import type { ContainerDetails } from '../../engine/details.ts';
import { addressOf } from '../../command-line/values.ts';
import { allBindings, exposedPorts, portRuleOf, portText, portTrouble } from '../ports.ts';
import {
  attachments,
  attachmentText,
  defaultNetworks,
  isUserDefined,
  mainEndpoint,
  mainName,
  mainNetwork,
  networkSyntax,
  ownAliases,
  ownMac,
  type Attachment,
} from './attachments.ts';
import { each as eachOf } from './compose-keys.ts';
import { composeNetworks } from './compose-networks.ts';
import { flag, list, text, type Compose, type Part, type Place, type Seen } from './option.ts';
import { endpoint, host, plain, texts, yes } from './places.ts';
import { address, createSyntax, macAddress, type Checked } from '../../command-line/syntax.ts';

const publish: Place = {
  write: (values) => {
    if (values.length === 0) return {};
    const ports: Record<string, PortBinding[]> = {};
    for (const { port, address: HostIp, host: HostPort } of allBindings(values)) {
      (ports[port] ??= []).push({ HostIp, HostPort });
    }
    return { config: { ExposedPorts: keysOf(Object.keys(ports)) }, host: { PortBindings: ports } };
  },
  read: ({ container }) =>
    Object.entries(container.host.PortBindings ?? {}).flatMap(([port, places]) =>
      places.map(({ HostIp = '', HostPort = '' }) => {
        const where = HostIp === '' ? '' : `${HostIp.includes(':') ? `[${HostIp}]` : HostIp}:`;
        const published = HostPort === '' && where === '' ? '' : `${HostPort}:`;
        return where + published + port.replace(/\/tcp$/, '');
      }),
    ),
};

const expose: Place = {
  write: (values) =>
    values.length === 0
      ? {}
      : { config: { ExposedPorts: keysOf(values.flatMap((one) => exposedPorts(one) ?? [])) } },
  read: ({ container, image }) => {
    const published = Object.keys(container.host.PortBindings ?? {});
    const elsewhere = new Set([...Object.keys(image.ExposedPorts ?? {}), ...published]);
    return Object.keys(container.config.ExposedPorts ?? {})
      .filter((port) => !elsewhere.has(port))
      .map((port) => port.replace(/\/tcp$/, ''));
  },
};

function keysOf(names: readonly string[]): Keys {
  return Object.fromEntries(names.map((name) => [name, {}]));
}

function publishSyntax(value: string): Checked {
  const rule = portRuleOf(value);
  return typeof rule === 'string' ? { value, trouble: rule } : { value: portText(rule) };
}

const network: Place = {
  write: (values): Part => {
    const all = attachments(values);
    const [first] = all;
    const said = all.filter(({ settings }) => Object.keys(settings).length > 0);
    return {
      host: { NetworkMode: first?.network ?? 'default' },
      // As the docker CLI: a single network without settings is only in NetworkMode.
      ...(all.length > 1 || said.length > 0
        ? { endpoints: Object.fromEntries(all.map((one) => [one.network, one.settings])) }
        : {}),
    };
  },
  read: ({ container }) => networksOf(container).map(attachmentText),
};

/** The first network with the settings that have no option of their own, and the others with all settings. */
function networksOf(container: ContainerDetails): readonly Attachment[] {
  const { NetworkMode = '' } = container.host;
  if (/^(?:host|none|container:.*)$/.test(NetworkMode)) {
    return [{ network: NetworkMode, settings: {} }];
  }
  const main = mainName(container);
  const others = Object.entries(container.networks)
    .filter(([name]) => name !== main && !defaultNetworks.has(name))
    .map(([name, settings]) => ({
      network: name,
      settings: ownSettings(container, settings),
    }));
  const { DriverOpts = {}, GwPriority = 0 } = mainEndpoint(container);
  const settings: EndpointSettings = {
    ...(Object.keys(DriverOpts).length > 0 && { DriverOpts }),
    ...(BigInt(GwPriority) !== 0n && { GwPriority }),
  };
  const attached = Object.keys(container.networks);
  // It was disconnected from its first network.
  if (attached.length > 0 && others.length === attached.length) return others;
  const isDefault = defaultNetworks.has(NetworkMode) || defaultNetworks.has(main);
  if (isDefault && others.length === 0 && Object.keys(settings).length === 0) return [];
  return [{ network: isDefault ? 'bridge' : main, settings }, ...others];
}

function ownSettings(container: ContainerDetails, endpoint: EndpointSettings): EndpointSettings {
  const { IPAMConfig, DriverOpts, GwPriority } = endpoint;
  const [aliases, mac] = [ownAliases(container, endpoint), ownMac(container, endpoint, false)];
  return {
    ...(aliases.length > 0 && { Aliases: aliases }),
    ...(IPAMConfig && { IPAMConfig }),
    ...(mac !== '' && { MacAddress: mac }),
    ...(DriverOpts && { DriverOpts }),
    ...(GwPriority !== undefined && { GwPriority }),
  };
}

const alias: Place = {
  ...endpoint('Aliases', texts),
  read: ({ container }) =>
    isUserDefined(mainName(container)) ? ownAliases(container, mainEndpoint(container)) : [],
};

/** An address in the first network. */
function ipam(key: 'IPv4Address' | 'IPv6Address'): Place {
  return endpoint('IPAMConfig', {
    encode: (values) => (values.at(-1) ? { [key]: values.at(-1) ?? '' } : undefined),
    decode: (value) => (value[key] ? [value[key]] : []),
  });
}

const linkLocal: Place = endpoint('IPAMConfig', {
  encode: (values) => ({ LinkLocalIPs: values }),
  decode: ({ LinkLocalIPs = [] }) => LinkLocalIPs,
});

const mac: Place = {
  ...endpoint('MacAddress', plain),
  read: ({ container }) => {
    const own = ownMac(container, mainEndpoint(container), true);
    return own === '' ? [] : [own];
  },
};

/** In a user-defined network, links are settings of the network and not of the container. */
const link: Place = {
  write: (values, line) => {
    if (values.length === 0) return {};
    const name = mainNetwork(line);
    const endpoints = isUserDefined(name) ? { endpoints: { [name]: { Links: values } } } : {};
    return { host: { Links: values }, ...endpoints };
  },
  read: ({ container }: Seen) => [
    // Inspect returns `/db:/web/database` for `db:database`.
    ...(container.host.Links ?? []).map((one) => one.replace(/^\/([^:]+):\/[^/]+\/(.+)$/, '$1:$2')),
    ...(isUserDefined(mainName(container)) ? (mainEndpoint(container).Links ?? []) : []),
  ],
};

/** Normalizes `db=10.0.0.5` to `db:10.0.0.5`. */
function hostSyntax(value: string): Checked {
  const [, name = '', where = ''] = /^([^:=]+)[:=](.*)$/s.exec(value) ?? [];
  const bare = where.replace(/^\[(.+)\]$/, '$1');
  if (name !== '' && (bare === 'host-gateway' || addressOf(bare) !== undefined)) {
    return { value: `${name}:${bare}` };
  }
  const trouble = t(
    '{0} is not valid; use name:address, such as db:10.0.0.5 or host.docker.internal:host-gateway',
    value,
  );
  return { value, trouble };
}

/** Removes a dot at the end, as docker does. */
function domainSyntax(value: string): Checked {
  const bare = value.replace(/^ +| +$/g, '');
  const [, name = ''] =
    /^((?:[a-z\d](?:[a-z\d-]*[a-z\d])?)(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*)\.?$/i.exec(bare) ?? [];
  if (bare === '.') return { value: bare };
  return name !== '' && /[a-z]/i.test(name)
    ? { value: name }
    : { value, trouble: t('{0} is not a valid domain', value) };
}

/** Handled by the first network if it has such settings. */
function ofNetwork(option: string, service?: string): Compose {
  return (values, line) => {
    const hasNetwork = line.values('network').length > 0;
    if (hasNetwork && isUserDefined(mainNetwork(line))) return {};
    return !hasNetwork && service !== undefined
      ? { service: { [service]: values.at(-1) } }
      : { left: [`--${option}`] };
  };
}

const linkSyntax = createSyntax((value) =>
  /^[^:]+(?::[^:]+)?$/.test(value)
    ? undefined
    : t('{0} is not valid; use container or container:alias', value),
);

export const networkOptions = {
  publish: list({
    short: 'p',
    brief: true,
    syntax: publishSyntax,
    place: publish,
    compose: eachOf('ports'),
    field: 'row',
  }),
  'publish-all': flag({
    short: 'P',
    brief: true,
    place: host('PublishAllPorts', yes),
    field: 'check',
  }),
  expose: list({
    syntax: createSyntax((value) => (exposedPorts(value) ? undefined : portTrouble(value))),
    place: expose,
    compose: (values) => ({
      service: { expose: [...new Set(values.flatMap((one) => exposedPorts(one) ?? []))] },
    }),
  }),
  network: list({
    aliases: ['net'],
    syntax: networkSyntax,
    place: network,
    compose: composeNetworks,
    field: 'text',
  }),
  'network-alias': list({
    aliases: ['net-alias'],
    place: alias,
    compose: ofNetwork('network-alias'),
  }),
  ip: text({ syntax: address, place: ipam('IPv4Address'), compose: ofNetwork('ip') }),
  ip6: text({ syntax: address, place: ipam('IPv6Address'), compose: ofNetwork('ip6') }),
  'link-local-ip': list({
    syntax: address,
    place: linkLocal,
    compose: ofNetwork('link-local-ip'),
  }),
  'mac-address': text({
    syntax: macAddress,
    place: mac,
    compose: ofNetwork('mac-address', 'mac_address'),
  }),
  link: list({ syntax: linkSyntax, place: link, compose: eachOf('external_links') }),
  'add-host': list({
    syntax: hostSyntax,
    place: host('ExtraHosts', texts),
    compose: eachOf('extra_hosts'),
    field: 'lines',
  }),
  dns: list({ syntax: address, place: host('Dns', texts), compose: eachOf('dns') }),
  'dns-search': list({
    syntax: domainSyntax,
    place: host('DnsSearch', texts),
    compose: eachOf('dns_search'),
  }),
  'dns-option': list({
    aliases: ['dns-opt'],
    place: host('DnsOptions', texts),
    compose: eachOf('dns_opt'),
  }),
};
