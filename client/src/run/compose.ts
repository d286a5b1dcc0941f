/** Spec → a service of a compose file. */
import { mountsOf } from './check-mounts.ts';
import { dollars, isPlainTmpfs, relative, volumeEntry } from './compose-volumes.ts';
import type { List, Text } from './options.ts';
import { portRuleOf, portText } from './ports.ts';
import { all, has, type RunSpec } from './spec.ts';
import { fieldsOf, pairOf } from './values.ts';

export interface ComposeService {
  /** The key under `services`. */
  readonly name: string;
  readonly service: Readonly<Record<string, unknown>>;
  /** Named volumes, for the top of the file. */
  readonly volumes: readonly string[];
  /** Networks that exist already, for the top of the file. */
  readonly networks: readonly string[];
  /** Options of `docker run` that compose has no word for. */
  readonly left: readonly string[];
}

/** Paths below `folder`, which is the compose file's, become relative. */
export function serviceOf(spec: RunSpec, folder: string | undefined): ComposeService {
  const { texts } = spec;
  const mounts = mountsOf(spec).map(({ mount }) => mount);
  const networks = all(spec, 'network').map((text) => ({
    name: /(?:^|,)name=([^,]*)/.exec(text)?.[1] ?? text,
    aliases: fieldsOf(text).flatMap((field) => /^alias=(.*)$/.exec(field)?.[1] ?? []),
  }));
  const [first] = networks;
  const mode = first !== undefined && /^(?:host|none|bridge|container:.*)$/.test(first.name);
  const service = {
    image: spec.image,
    ...text(spec, simple),
    ...(spec.command.length > 0 && { command: spec.command.map(dollars) }),
    ...(texts.entrypoint !== undefined && {
      entrypoint: texts.entrypoint === '' ? [] : [dollars(texts.entrypoint)],
    }),
    ...restart(spec),
    ...switches(spec),
    ...list('ports', all(spec, 'publish').map(portEntry)),
    ...lists(spec),
    ...list('environment', all(spec, 'env').map(dollars)),
    ...list(
      'env_file',
      all(spec, 'env-file').map((path) => relative(path, folder)),
    ),
    ...list(
      'volumes',
      mounts.filter((mount) => !isPlainTmpfs(mount)).map((mount) => volumeEntry(mount, folder)),
    ),
    ...list(
      'tmpfs',
      mounts
        .filter(isPlainTmpfs)
        .map(({ target, options }) =>
          options.length === 0 ? target : `${target}:${options.join(',')}`,
        ),
    ),
    ...map('labels', all(spec, 'label').map(dollars)),
    ...map('sysctls', all(spec, 'sysctl')),
    ...map('storage_opt', all(spec, 'storage-opt')),
    ...map('annotations', all(spec, 'annotation')),
    ...ulimits(spec),
    ...logging(spec),
    ...health(spec),
    ...(first !== undefined &&
      (mode ? { network_mode: first.name } : { networks: attached(spec, networks) })),
    ...gpus(spec),
  };
  return {
    name: (texts.name ?? usualName(spec.image)).toLowerCase().replace(/[^a-z0-9._-]/g, '-'),
    service,
    volumes: mounts.flatMap(({ type, source }) =>
      type === 'volume' && source !== '' ? [source] : [],
    ),
    networks: mode ? [] : networks.map(({ name }) => name),
    left: leftOver(spec),
  };
}

function switches(spec: RunSpec): object {
  return {
    ...(has(spec, 'tty') && { tty: true }),
    ...(has(spec, 'interactive') && { stdin_open: true }),
    ...(has(spec, 'privileged') && { privileged: true }),
    ...(has(spec, 'read-only') && { read_only: true }),
    ...(has(spec, 'init') && { init: true }),
    ...(has(spec, 'oom-kill-disable') && { oom_kill_disable: true }),
  };
}

type Simple = readonly (readonly [Text, string, 'number'?])[];

const simple: Simple = [
  ['name', 'container_name'],
  ['platform', 'platform'],
  ['pull', 'pull_policy'],
  ['hostname', 'hostname'],
  ['domainname', 'domainname'],
  ['user', 'user'],
  ['workdir', 'working_dir'],
  ['mac-address', 'mac_address'],
  ['runtime', 'runtime'],
  ['memory', 'mem_limit'],
  ['memory-reservation', 'mem_reservation'],
  ['memory-swap', 'memswap_limit'],
  ['memory-swappiness', 'mem_swappiness', 'number'],
  ['cpus', 'cpus', 'number'],
  ['cpu-shares', 'cpu_shares', 'number'],
  ['cpu-period', 'cpu_period', 'number'],
  ['cpu-quota', 'cpu_quota', 'number'],
  ['cpu-rt-period', 'cpu_rt_period', 'number'],
  ['cpu-rt-runtime', 'cpu_rt_runtime', 'number'],
  ['cpuset-cpus', 'cpuset'],
  ['shm-size', 'shm_size'],
  ['pids-limit', 'pids_limit', 'number'],
  ['oom-score-adj', 'oom_score_adj', 'number'],
  ['ipc', 'ipc'],
  ['pid', 'pid'],
  ['uts', 'uts'],
  ['userns', 'userns_mode'],
  ['cgroupns', 'cgroup'],
  ['cgroup-parent', 'cgroup_parent'],
  ['isolation', 'isolation'],
  ['stop-signal', 'stop_signal'],
];

function text(spec: RunSpec, rows: Simple): object {
  const said = rows.flatMap(([name, key, kind]) => {
    const value = spec.texts[name];
    return value === undefined ? [] : [[key, kind === 'number' ? Number(value) : value] as const];
  });
  const grace = spec.texts['stop-timeout'];
  return {
    ...Object.fromEntries(said),
    ...(grace !== undefined && { stop_grace_period: `${grace}s` }),
  };
}

const named: readonly (readonly [List, string])[] = [
  ['expose', 'expose'],
  ['add-host', 'extra_hosts'],
  ['dns', 'dns'],
  ['dns-search', 'dns_search'],
  ['dns-option', 'dns_opt'],
  ['link', 'external_links'],
  ['volumes-from', 'volumes_from'],
  ['label-file', 'label_file'],
  ['group-add', 'group_add'],
  ['device', 'devices'],
  ['device-cgroup-rule', 'device_cgroup_rules'],
  ['cap-add', 'cap_add'],
  ['cap-drop', 'cap_drop'],
  ['security-opt', 'security_opt'],
];

function lists(spec: RunSpec): object {
  return Object.assign(
    {},
    ...named.map(([name, key]) =>
      list(
        key,
        name === 'volumes-from'
          ? all(spec, name).map((one) => `container:${one}`)
          : all(spec, name),
      ),
    ),
  ) as object;
}

function list(key: string, values: readonly unknown[]): object {
  return values.length === 0 ? {} : { [key]: values };
}

function map(key: string, entries: readonly string[]): object {
  const pairs = entries.map((entry) => [pairOf(entry)[0], pairOf(entry)[1] ?? ''] as const);
  return pairs.length === 0 ? {} : { [key]: Object.fromEntries(pairs) };
}

function restart({ texts }: RunSpec): object {
  return texts.restart === undefined || texts.restart === 'no' ? {} : { restart: texts.restart };
}

function portEntry(value: string): string {
  const rule = portRuleOf(value);
  return typeof rule === 'string' ? value : portText(rule);
}

function ulimits(spec: RunSpec): object {
  const entries = all(spec, 'ulimit').map((one) => {
    const [name, values = ''] = pairOf(one);
    const [soft, hard] = values.split(':').map(Number);
    return [name, hard === undefined ? soft : { soft, hard }] as const;
  });
  return entries.length === 0 ? {} : { ulimits: Object.fromEntries(entries) };
}

function logging(spec: RunSpec): object {
  const driver = spec.texts['log-driver'];
  const options = map('options', all(spec, 'log-opt'));
  if (driver === undefined && Object.keys(options).length === 0) return {};
  return { logging: { ...(driver !== undefined && { driver }), ...options } };
}

function health(spec: RunSpec): object {
  if (has(spec, 'no-healthcheck')) return { healthcheck: { disable: true } };
  const { texts } = spec;
  const command = texts['health-cmd'];
  const times = ['interval', 'timeout', 'start-period', 'start-interval'] as const;
  const said = times.flatMap((name) => {
    const value = texts[`health-${name}`];
    return value === undefined ? [] : [[name.replace('-', '_'), value] as const];
  });
  const retries = texts['health-retries'];
  const check = {
    ...(command !== undefined && { test: ['CMD-SHELL', dollars(command)] }),
    ...Object.fromEntries(said),
    ...(retries !== undefined && { retries: Number(retries) }),
  };
  return Object.keys(check).length === 0 ? {} : { healthcheck: check };
}

function attached(
  spec: RunSpec,
  networks: readonly { readonly name: string; readonly aliases: readonly string[] }[],
): unknown {
  const entries = networks.map(({ name, aliases }, index) => {
    const first = index === 0;
    const names = [...aliases, ...(first ? all(spec, 'network-alias') : [])];
    const { ip, ip6 } = spec.texts;
    const more = {
      ...(names.length > 0 && { aliases: names }),
      ...(first && ip !== undefined && { ipv4_address: ip }),
      ...(first && ip6 !== undefined && { ipv6_address: ip6 }),
    };
    return [name, Object.keys(more).length === 0 ? null : more] as const;
  });
  return entries.every(([, more]) => more === null)
    ? entries.map(([name]) => name)
    : Object.fromEntries(entries);
}

/** What is asked of the driver of GPUs, a reservation for each. */
function gpus(spec: RunSpec): object {
  const devices = all(spec, 'gpus').map((one) => {
    const fields = fieldsOf(one).map(pairOf);
    const field = (name: string) => fields.find(([key]) => key === name)?.[1];
    const alone = fields.find(([, value]) => value === undefined)?.[0];
    const count = alone ?? field('count');
    const ids = field('device')?.split(',');
    return {
      driver: field('driver') ?? 'nvidia',
      ...(ids === undefined
        ? { count: count === undefined || count === 'all' ? 'all' : Number(count) }
        : { device_ids: ids }),
      capabilities: [...new Set(['gpu', ...(field('capabilities')?.split(',') ?? [])])],
    };
  });
  return devices.length === 0 ? {} : { deploy: { resources: { reservations: { devices } } } };
}

const noWord: readonly (List | Text)[] = [
  'blkio-weight',
  'blkio-weight-device',
  'device-read-bps',
  'device-read-iops',
  'device-write-bps',
  'device-write-iops',
  'cpuset-mems',
  'link-local-ip',
  'volume-driver',
];

function leftOver(spec: RunSpec): readonly string[] {
  const said = noWord.filter((name) => name in spec.texts || name in spec.lists);
  return [
    ...(has(spec, 'publish-all') ? ['--publish-all'] : []),
    ...(has(spec, 'rm') ? ['--rm'] : []),
    ...said.map((name) => `--${name}`),
  ];
}

/** `postgres` of `docker.io/library/postgres:17`. */
function usualName(image: string): string {
  const [name = 'service'] = (image.split('/').at(-1) ?? '').split(/[:@]/);
  return name === '' ? 'service' : name;
}
