/** Networks of a container: of `--network` on a line, and of what inspect returns. */
import { t } from '@vscode/l10n';
import type { EndpointSettings, Integer } from '../../engine/container-config.ts';
import type { ContainerDetails } from '../../engine/details.ts';
import { fieldsOf, integerOf, isFields, lineOf, pairOf } from '../values.ts';
import type { Checked, Line } from './option.ts';
import { isMac } from './syntax.ts';

/** The meaning of a value of `--network`. */
export interface Attachment {
  readonly network: string;
  /** What the value itself says besides the network. */
  readonly settings: EndpointSettings;
}

/** `front`, or `name=front,alias=web,ip=172.20.0.5`; a sentence where docker would refuse it. */
export function attachmentOf(text: string): Attachment | string {
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

  /** What is wrong with the field. */
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
        return t('`--network` has no option {0}', key);
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

/** In one spelling: docker lowercases the long form as a whole. */
export function networkSyntax(value: string): Checked {
  const read = attachmentOf(value);
  return typeof read === 'string' ? { value, trouble: read } : { value: attachmentText(read) };
}

/** As `--network` takes it. */
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

/** Of all values of `--network`; those that make no sense are left out. */
export function attachments(values: readonly string[]): readonly Attachment[] {
  return values.flatMap((value) => {
    const read = attachmentOf(value);
    return typeof read === 'string' ? [] : [read];
  });
}

/** The network that `--ip`, `--network-alias` and their like are about. */
export function mainNetwork({ values }: Pick<Line, 'values'>): string {
  return attachments(values('network'))[0]?.network ?? 'default';
}

/** A network that a user created: the others have neither aliases nor fixed addresses. */
export function isUserDefined(network: string): boolean {
  return !/^(?:default|bridge|host|none|container:.*)$/.test(network);
}

/** What stands for the engine's default network; Podman calls its own `podman`, and its mode `bridge`. */
export const defaultNetworks: ReadonlySet<string> = new Set(['', 'default', 'bridge', 'podman']);

/** The name of the network that the container's mode names, as its networks are listed. */
export function mainName({ host, networks }: ContainerDetails): string {
  const { NetworkMode = '' } = host;
  if (Object.hasOwn(networks, NetworkMode)) return NetworkMode;
  if (defaultNetworks.has(NetworkMode)) {
    return Object.keys(networks).find((name) => defaultNetworks.has(name)) ?? NetworkMode;
  }
  // The mode may be a network's id, or the start of one.
  const byId = Object.entries(networks).find(
    ([, { NetworkID = '' }]) => NetworkMode.length >= 12 && NetworkID.startsWith(NetworkMode),
  );
  return byId?.[0] ?? NetworkMode;
}

/** How the container is attached to its first network. */
export function mainEndpoint(container: ContainerDetails): EndpointSettings {
  return container.networks[mainName(container)] ?? {};
}

/** Without the short id, which engines before API 1.45 add. */
export function ownAliases(
  { id }: ContainerDetails,
  endpoint: EndpointSettings,
): readonly string[] {
  return (endpoint.Aliases ?? []).filter((alias) => alias.length < 12 || !id.startsWith(alias));
}

/**
 * The MAC address that was asked for. Once a container has started, inspect returns a generated one in the same place; for
 * the first network it returns what was asked for besides. A generated one is always locally administered (second bit).
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
