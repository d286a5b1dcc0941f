/** Networks of a container, from `--network` and from inspect. */
import { t } from '@vscode/l10n';
import type { EndpointSettings, Integer } from '../../engine/container-config.ts';
import type { ContainerDetails } from '../../engine/details.ts';
import { fieldsOf, integerOf, isFields, lineOf, pairOf } from '../../command-line/values.ts';
import type { Line } from './option.ts';
import { isMac, type Checked } from '../../command-line/syntax.ts';

/** A value of `--network`. */
export interface Attachment {
  readonly network: string;
  /** The other fields of the value. */
  readonly settings: EndpointSettings;
}

/** Reads `front` or `name=front,alias=web,ip=172.20.0.5`; returns an error message if docker would refuse it. */
export function attachmentOf(text: string): Attachment | string {
  if (text === '') return t('The network has no name');
  if (!/\w=\w/.test(text)) return { network: text, settings: {} };
  if (!isFields(text)) return t('{0} has a quote inside a field', text);
  const read = new Fields();
  for (const field of fieldsOf(text)) {
    const [key, value] = pairOf(field.toLowerCase());
    if (value === undefined || key === '') return t('{0} is not of the form name=value', field);
    const trouble = read.take(key.trim(), value.trim());
    if (trouble !== undefined) return trouble;
  }
  return read.network === ''
    ? t('{0} does not name the network; add name=', text)
    : { network: read.network, settings: read.settings() };
}

class Fields {
  network = '';
  readonly #aliases: string[] = [];
  readonly #linkLocal: string[] = [];
  readonly #driverOptions: Record<string, string> = {};
  readonly #addresses: { IPv4Address?: string; IPv6Address?: string } = {};
  #mac = '';
  #priority: Integer = 0;

  /** Takes a field; returns an error message if it is invalid. */
  take(key: string, value: string): string | undefined {
    switch (key) {
      case 'name':
        this.network = value;
        return undefined;
      case 'alias':
        this.#aliases.push(value);
        return undefined;
      case 'ip':
        this.#addresses.IPv4Address = value;
        return undefined;
      case 'ip6':
        this.#addresses.IPv6Address = value;
        return undefined;
      case 'link-local-ip':
        this.#linkLocal.push(value);
        return undefined;
      case 'mac-address':
        this.#mac = value;
        return isMac(value) ? undefined : t('{0} is not a valid MAC address', value);
      case 'driver-opt':
        return this.#driverOption(value);
      case 'gw-priority':
        this.#priority = integerOf(value) ?? 0;
        return integerOf(value) === undefined ? t('{0} is not a whole number', value) : undefined;
      default:
        return t('--network has no option {0}', key);
    }
  }

  #driverOption(text: string): string | undefined {
    const [key, value] = pairOf(text);
    if (key === '' || value === undefined) return t('{0} is not of the form name=value', text);
    this.#driverOptions[key.trim()] = value.trim();
    return undefined;
  }

  settings(): EndpointSettings {
    const ipam = {
      ...this.#addresses,
      ...(this.#linkLocal.length > 0 && { LinkLocalIPs: this.#linkLocal }),
    };
    return {
      ...(this.#aliases.length > 0 && { Aliases: this.#aliases }),
      ...(Object.keys(ipam).length > 0 && { IPAMConfig: ipam }),
      ...(this.#mac !== '' && { MacAddress: this.#mac }),
      ...(Object.keys(this.#driverOptions).length > 0 && { DriverOpts: this.#driverOptions }),
      ...(this.#priority !== 0 && { GwPriority: this.#priority }),
    };
  }
}

/** Normalizes the value: docker converts the long form to lowercase. */
export function networkSyntax(value: string): Checked {
  const read = attachmentOf(value);
  return typeof read === 'string' ? { value, trouble: read } : { value: attachmentText(read) };
}

/** The value of `--network`. */
export function attachmentText({ network, settings }: Attachment): string {
  const { IPAMConfig: ipam = {}, DriverOpts = {}, GwPriority = 0 } = settings;
  const fields = [
    ...(settings.Aliases ?? []).map((alias) => `alias=${alias}`),
    ...(ipam.IPv4Address ? [`ip=${ipam.IPv4Address}`] : []),
    ...(ipam.IPv6Address ? [`ip6=${ipam.IPv6Address}`] : []),
    ...(ipam.LinkLocalIPs ?? []).map((one) => `link-local-ip=${one}`),
    ...(settings.MacAddress ? [`mac-address=${settings.MacAddress}`] : []),
    ...Object.entries(DriverOpts).map(([key, value]) => `driver-opt=${key}=${value}`),
    ...(BigInt(GwPriority) === 0n ? [] : [`gw-priority=${GwPriority}`]),
  ];
  return fields.length === 0 && !/\w=\w/.test(network)
    ? network
    : lineOf([`name=${network}`, ...fields]);
}

/** All values of `--network`; invalid ones are left out. */
export function attachments(values: readonly string[]): readonly Attachment[] {
  return values.flatMap((value) => {
    const read = attachmentOf(value);
    return typeof read === 'string' ? [] : [read];
  });
}

/** The network of `--ip`, `--network-alias` and similar options. */
export function mainNetwork({ values }: Pick<Line, 'values'>): string {
  return attachments(values('network'))[0]?.network ?? 'default';
}

/** Whether a user created the network; other networks have no aliases and no fixed addresses. */
export function isUserDefined(network: string): boolean {
  return !/^(?:default|bridge|host|none|container:.*)$/.test(network);
}

/** Names of the default network; that of Podman is `podman`, and its mode `bridge`. */
export const defaultNetworks: ReadonlySet<string> = new Set(['', 'default', 'bridge', 'podman']);

/** The name of the first network, which NetworkMode has in one of several forms. */
export function mainName({ host, networks }: ContainerDetails): string {
  const { NetworkMode = '' } = host;
  if (Object.hasOwn(networks, NetworkMode)) return NetworkMode;
  if (defaultNetworks.has(NetworkMode)) {
    return Object.keys(networks).find((name) => defaultNetworks.has(name)) ?? NetworkMode;
  }
  // It can be the id of a network, or the start of one.
  const byId = Object.entries(networks).find(
    ([, { NetworkID = '' }]) => NetworkMode.length >= 12 && NetworkID.startsWith(NetworkMode),
  );
  return byId?.[0] ?? NetworkMode;
}

/** The settings of the first network. */
export function mainEndpoint(container: ContainerDetails): EndpointSettings {
  return container.networks[mainName(container)] ?? {};
}

/** Aliases without the short id, which engines before API 1.45 add. */
export function ownAliases(
  { id }: ContainerDetails,
  endpoint: EndpointSettings,
): readonly string[] {
  return (endpoint.Aliases ?? []).filter((alias) => alias.length < 12 || !id.startsWith(alias));
}

/**
 * The MAC address of the create request. Once a container has started, inspect returns generated addresses in the same
 * place. A generated address is always locally administered (second bit), and for the first network inspect also returns
 * the requested one.
 */
export function ownMac(
  { started, config }: ContainerDetails,
  { MacAddress = '' }: EndpointSettings,
  isMain: boolean,
): string {
  if (isMain && config.MacAddress) return config.MacAddress;
  const first = Number.parseInt(MacAddress.slice(0, 2), 16);
  return !started || (first & 2) === 0 ? MacAddress : '';
}
