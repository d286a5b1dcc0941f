/** A container that exists → the spec that makes its like. */
import { hostTexts } from './again-host.ts';
import { filled, present, type EngineUsual, type Words } from './again-parts.ts';
import type {
  Flags,
  RawConfig,
  RawContainerDetails,
  RawEndpoint,
  RawHealth,
  RawHost,
  RawImageDetails,
} from '../engine/inspect-data.ts';
import type { Switch, Text } from './options.ts';
import type { RunSpec } from './spec.ts';
import { durationOf, lineOf } from './values.ts';

/** What the image itself says is left out, and so is what the engine does unasked. */
export function specOfContainer(
  container: RawContainerDetails,
  image: RawImageDetails | undefined,
  usual: EngineUsual = { runtime: 'runc', cgroups: '2' },
): RunSpec {
  const config = container.Config ?? {};
  const own = image?.Config ?? {};
  const host = container.HostConfig ?? {};
  const { texts: limits, lists: things } = hostTexts(host, usual);
  const { entrypoint, command } = processOf(config, own);
  const texts: Words = {
    ...named(container, host, usual),
    ...(config.User !== (own.User ?? '') && filled('user', config.User)),
    ...(config.WorkingDir !== (own.WorkingDir ?? '') && filled('workdir', config.WorkingDir)),
    ...(entrypoint !== undefined && { entrypoint }),
    ...(config.StopSignal !== (own.StopSignal ?? '') && filled('stop-signal', config.StopSignal)),
    ...(typeof config.StopTimeout === 'number' && { 'stop-timeout': String(config.StopTimeout) }),
    ...filled('mac-address', config.MacAddress),
    ...healthTexts(config.Healthcheck, own.Healthcheck),
    ...limits,
    ...addresses(container, host),
  };
  return {
    image: config.Image ?? container.Image ?? '',
    command,
    switches: switchesOf(container, own.Healthcheck),
    texts,
    lists: present({
      ...things,
      publish: published(host),
      expose: exposed(config, own, host),
      network: networks(container, host),
      'network-alias': aliases(container, host),
      volume: [...(things.volume ?? []), ...anonymous(config, own)],
      env: (config.Env ?? []).filter((entry) => !(own.Env ?? []).includes(entry)),
      label: labels(config, own),
      attach: attached(config),
    }),
  };
}

function named(container: RawContainerDetails, host: RawHost, { hostName }: EngineUsual): Words {
  const { Hostname = '', Domainname } = container.Config ?? {};
  // Unless it is said, it is the id, or that of the machine or container whose network it is.
  const unasked =
    (container.Id ?? '').startsWith(Hostname) ||
    /^container:/.test(host.NetworkMode ?? '') ||
    (host.NetworkMode === 'host' && (hostName === undefined || hostName === Hostname));
  return {
    ...filled('name', container.Name?.replace(/^\//, '')),
    ...(!unasked && filled('hostname', Hostname)),
    ...filled('domainname', Domainname),
  };
}

/** `--entrypoint` takes one word; the others go before the command. */
function processOf(
  { Entrypoint, Cmd }: RawConfig,
  own: RawConfig,
): { readonly entrypoint?: string; readonly command: readonly string[] } {
  const command = Cmd ?? [];
  if (same(Entrypoint ?? [], own.Entrypoint ?? [])) {
    return { command: same(command, own.Cmd ?? []) ? [] : command };
  }
  const [entrypoint = '', ...words] = Entrypoint ?? [];
  return { entrypoint, command: [...words, ...command] };
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index]);
}

function switchesOf(
  { Config = {}, HostConfig = {} }: RawContainerDetails,
  image: RawHealth | null | undefined,
): readonly Switch[] {
  const attachedTo =
    Config.AttachStdin === true || Config.AttachStdout === true || Config.AttachStderr === true;
  const none = Config.Healthcheck?.Test?.[0] === 'NONE' && image?.Test?.[0] !== 'NONE';
  const on: Readonly<Partial<Record<Switch, boolean>>> = {
    detach: !attachedTo,
    interactive: Config.OpenStdin === true,
    tty: Config.Tty === true,
    rm: HostConfig.AutoRemove === true,
    init: HostConfig.Init === true,
    'publish-all': HostConfig.PublishAllPorts === true,
    privileged: HostConfig.Privileged === true,
    'read-only': HostConfig.ReadonlyRootfs === true,
    'oom-kill-disable': HostConfig.OomKillDisable === true,
    'no-healthcheck': none,
  };
  return (Object.keys(on) as Switch[]).filter((name) => on[name]);
}

/** Where only some of the streams are attached, these are named. */
function attached(config: RawConfig): readonly string[] {
  const { AttachStdin = false, AttachStdout = false, AttachStderr = false } = config;
  if (!AttachStdin && !AttachStdout && !AttachStderr) return [];
  const usual = AttachStdout && AttachStderr && AttachStdin === (config.OpenStdin ?? false);
  if (usual) return [];
  return [
    ...(AttachStdin ? ['stdin'] : []),
    ...(AttachStdout ? ['stdout'] : []),
    ...(AttachStderr ? ['stderr'] : []),
  ];
}

function published({ PortBindings }: RawHost): readonly string[] {
  return Object.entries(PortBindings ?? {}).flatMap(([port, places]) =>
    (places ?? []).map(({ HostIp = '', HostPort = '' }) => {
      const address = HostIp === '' ? '' : `${HostIp.includes(':') ? `[${HostIp}]` : HostIp}:`;
      const host = HostPort === '' && address === '' ? '' : `${HostPort}:`;
      return address + host + port.replace(/\/tcp$/, '');
    }),
  );
}

function exposed(config: RawConfig, own: RawConfig, { PortBindings }: RawHost): readonly string[] {
  const elsewhere = new Set([...names(own.ExposedPorts), ...Object.keys(PortBindings ?? {})]);
  return names(config.ExposedPorts)
    .filter((port) => !elsewhere.has(port))
    .map((port) => port.replace(/\/tcp$/, ''));
}

function anonymous(config: RawConfig, own: RawConfig): readonly string[] {
  const ofImage = new Set(names(own.Volumes));
  return names(config.Volumes).filter((path) => !ofImage.has(path));
}

function names(flags: Flags): readonly string[] {
  return Object.keys(flags ?? {});
}

/** Compose knows its containers by labels, and the copy is none of them. */
function labels(config: RawConfig, own: RawConfig): readonly string[] {
  return Object.entries(config.Labels ?? {})
    .filter(
      ([name, value]) => own.Labels?.[name] !== value && !name.startsWith('com.docker.compose.'),
    )
    .map(([name, value]) => `${name}=${value}`);
}

/** `podman` is what Podman calls the network whose mode it calls `bridge`. */
const usualNetworks = new Set(['', 'default', 'bridge', 'podman']);

function endpoint(container: RawContainerDetails, name: string): RawEndpoint {
  return container.NetworkSettings?.Networks?.[name] ?? {};
}

function networks(
  container: RawContainerDetails,
  { NetworkMode = '' }: RawHost,
): readonly string[] {
  if (/^(?:host|none|container:.*)$/.test(NetworkMode)) return [NetworkMode];
  const names = Object.keys(container.NetworkSettings?.Networks ?? {});
  const others = names.filter((name) => name !== NetworkMode && !usualNetworks.has(name));
  const more = others.map((name) => {
    const fields = [
      `name=${name}`,
      ...ownAliases(container, name).map((alias) => `alias=${alias}`),
    ];
    return fields.length === 1 ? name : lineOf(fields);
  });
  // Podman says `bridge` of all of them.
  const isUsual = names.some((name) => usualNetworks.has(name));
  if (usualNetworks.has(NetworkMode) && (more.length === 0 || !isUsual)) return more;
  return [NetworkMode === 'default' ? 'bridge' : NetworkMode, ...more];
}

function aliases(container: RawContainerDetails, { NetworkMode = '' }: RawHost): readonly string[] {
  return usualNetworks.has(NetworkMode) ? [] : ownAliases(container, NetworkMode);
}

/** The engine adds the short id. */
function ownAliases(container: RawContainerDetails, network: string): readonly string[] {
  const { Id = '' } = container;
  return (endpoint(container, network).Aliases ?? []).filter((alias) => !Id.startsWith(alias));
}

function addresses(container: RawContainerDetails, { NetworkMode = '' }: RawHost): Words {
  const { IPv4Address, IPv6Address } = endpoint(container, NetworkMode).IPAMConfig ?? {};
  return { ...filled('ip', IPv4Address), ...filled('ip6', IPv6Address) };
}

function healthTexts(
  health: RawHealth | null | undefined,
  own: RawHealth | null | undefined,
): Words {
  if (!health || health.Test?.[0] === 'NONE' || JSON.stringify(health) === JSON.stringify(own)) {
    return {};
  }
  const [kind, ...words] = health.Test ?? [];
  const command = same(health.Test ?? [], own?.Test ?? []) ? '' : words.join(' ');
  const time = (name: Text, nano: number | undefined, before: number | undefined) =>
    nano !== undefined && nano !== 0 && nano !== before ? { [name]: durationOf(nano) } : {};
  return {
    ...(kind !== undefined && filled('health-cmd', command)),
    ...time('health-interval', health.Interval, own?.Interval),
    ...time('health-timeout', health.Timeout, own?.Timeout),
    ...time('health-start-period', health.StartPeriod, own?.StartPeriod),
    ...time('health-start-interval', health.StartInterval, own?.StartInterval),
    ...(health.Retries && health.Retries !== own?.Retries
      ? { 'health-retries': String(health.Retries) }
      : {}),
  };
}
