/**
 * What a Docker engine makes of a create request, as its inspect returns it: the parts of moby's daemon that merge a request
 * with its image and fill in what was not asked for (daemon/commit.go, daemon/daemon_unix.go, daemon/create.go).
 */
import type {
  ContainerConfig,
  CreateRequest,
  EndpointSettings,
  HostConfig,
} from '../client/src/engine/container-config.ts';
import { stringifyExact } from '../client/src/engine/exact-json.ts';
import type { NewContainer } from '../client/src/engine/container-requests.ts';

/** The name of the engine's machine. */
export const modelHost = 'box';

/** The JSON of `GET /containers/{id}/json` for a container that has not been started. */
export function inspectedContainer({ name, body }: NewContainer, image: ContainerConfig): string {
  const { HostConfig = {}, NetworkingConfig, ...config } = body;
  const id = 'c0ffee'.padEnd(64, '0');
  const host = filledHost(HostConfig);
  const hostname = host.NetworkMode === 'host' ? modelHost : id.slice(0, 12);
  const merged = mergedConfig(config, image, hostname);
  const [Path = '', ...Args] = [...(merged.Entrypoint ?? []), ...(merged.Cmd ?? [])];
  const networks = networksOf(host, NetworkingConfig?.EndpointsConfig ?? {});
  const main = networks[host.NetworkMode ?? ''];
  return stringifyExact({
    Id: id,
    Name: `/${name ?? 'eager_euler'}`,
    Image: 'sha256:1',
    Path,
    Args,
    State: { Status: 'created', Running: false, StartedAt: '0001-01-01T00:00:00Z' },
    Config: { ...merged, ...(main?.MacAddress && { MacAddress: main.MacAddress }) },
    HostConfig: { ...host, Links: legacyLinks(host, name) },
    NetworkSettings: { Networks: networks },
    Mounts: [],
  });
}

function mergedConfig(
  config: Omit<CreateRequest, 'HostConfig' | 'NetworkingConfig'>,
  image: ContainerConfig,
  hostname: string,
): ContainerConfig {
  const { Entrypoint, Cmd = [], Env = [], Healthcheck } = config;
  const names = new Set(Env.map((entry) => entry.split('=')[0]));
  const inherits = (Entrypoint ?? []).length === 0;
  const isReset = Entrypoint?.length === 1 && Entrypoint[0] === '';
  return {
    ...config,
    User: config.User || (image.User ?? ''),
    WorkingDir: cleaned(config.WorkingDir || (image.WorkingDir ?? '')),
    Hostname: config.Hostname ?? hostname,
    StopSignal: config.StopSignal || (image.StopSignal ?? ''),
    ExposedPorts: { ...image.ExposedPorts, ...config.ExposedPorts },
    Volumes: { ...image.Volumes, ...config.Volumes },
    Labels: { ...image.Labels, ...config.Labels },
    Env: [...Env, ...(image.Env ?? []).filter((entry) => !names.has(entry.split('=')[0]))],
    Entrypoint: isReset ? [] : (Entrypoint ?? image.Entrypoint ?? []),
    Cmd: inherits && Cmd.length === 0 ? (image.Cmd ?? []) : Cmd,
    ...((Healthcheck ?? image.Healthcheck) && {
      Healthcheck: { ...image.Healthcheck, ...Healthcheck },
    }),
  };
}

/** As Go's path.Clean does. */
function cleaned(path: string): string {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return path === '' ? '' : `/${steps.join('/')}`;
}

function filledHost(host: HostConfig): HostConfig {
  const { PidsLimit = 0, ...others } = host;
  const { Memory = 0, MemorySwap, LogConfig = {}, SecurityOpt = [] } = host;
  const isLabelled = SecurityOpt.some((option) => option.startsWith('label='));
  const unlabelled = host.Privileged === true || host.IpcMode === 'host' || host.PidMode === 'host';
  const masked =
    host.Privileged === true ? {} : { MaskedPaths: ['/proc/kcore'], ReadonlyPaths: ['/proc/bus'] };
  return {
    ...masked,
    ...others,
    NetworkMode: !host.NetworkMode || host.NetworkMode === 'default' ? 'bridge' : host.NetworkMode,
    RestartPolicy: { Name: 'no', MaximumRetryCount: 0, ...host.RestartPolicy },
    LogConfig: { Type: LogConfig.Type ?? 'json-file', Config: LogConfig.Config ?? {} },
    ...(Number(Memory) > 0 && MemorySwap === undefined && { MemorySwap: 2 * Number(Memory) }),
    ShmSize: host.ShmSize ?? 67_108_864,
    IpcMode: host.IpcMode ?? 'private',
    CgroupnsMode: host.CgroupnsMode ?? 'private',
    Runtime: host.Runtime ?? 'runc',
    ...(Number(PidsLimit) > 0 && { PidsLimit }),
    OomKillDisable: host.OomKillDisable ?? false,
    SecurityOpt: [...SecurityOpt, ...(unlabelled && !isLabelled ? ['label=disable'] : [])],
  };
}

function networksOf(
  host: HostConfig,
  endpoints: Readonly<Record<string, EndpointSettings>>,
): Readonly<Record<string, EndpointSettings>> {
  const mode = host.NetworkMode ?? 'bridge';
  if (mode.startsWith('container:')) return {};
  const { default: first, ...others } = endpoints;
  const all = { ...others, ...(first && { [mode]: first }) };
  return Object.keys(all).length === 0 ? { [mode]: {} } : all;
}

/** On a network that a user created, links are settings of the endpoint. */
function legacyLinks({ NetworkMode = '', Links = [] }: HostConfig, name = 'eager_euler') {
  if (!/^(?:bridge|host|none|container:.*)$/.test(NetworkMode)) return null;
  return Links.map((link) => {
    const [other = '', alias = other] = link.split(':');
    return `/${other}:/${name}/${alias}`;
  });
}
