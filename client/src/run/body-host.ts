/** The host's side of a container to be: mounts, limits, devices, rights. */
import { bindings, given, numberOf, type Outside } from './body-parts.ts';
import { networkMode } from './body-network.ts';
import { gpuRequest } from './gpu-request.ts';
import { longMount, tmpfsMount, volumeMount, type Mount } from './mounts.ts';
import { all, has, type RunSpec } from './spec.ts';
import { bytesOf, pairOf } from './values.ts';
import type { List, Text } from './options.ts';

/** The engine's HostConfig; what was not said is left out. */
export function hostConfigOf(spec: RunSpec, outside: Outside): object {
  const { texts } = spec;
  const [policy = 'no', retries] = (texts.restart ?? 'no').split(':');
  return {
    NetworkMode: networkMode(spec),
    RestartPolicy: { Name: policy, MaximumRetryCount: Number(retries ?? 0) },
    AutoRemove: has(spec, 'rm'),
    PublishAllPorts: has(spec, 'publish-all'),
    PortBindings: portBindings(spec),
    ...storage(spec),
    ...limits(spec),
    ...rights(spec, outside),
    ...(has(spec, 'init') && { Init: true }),
    ...texted(spec, [
      ['IpcMode', 'ipc'],
      ['PidMode', 'pid'],
      ['UTSMode', 'uts'],
      ['UsernsMode', 'userns'],
      ['CgroupnsMode', 'cgroupns'],
      ['CgroupParent', 'cgroup-parent'],
      ['Isolation', 'isolation'],
      ['Runtime', 'runtime'],
      ['VolumeDriver', 'volume-driver'],
    ]),
    ...listed(spec, [
      ['Dns', 'dns'],
      ['DnsSearch', 'dns-search'],
      ['DnsOptions', 'dns-option'],
      ['Links', 'link'],
      ['VolumesFrom', 'volumes-from'],
      ['GroupAdd', 'group-add'],
      ['DeviceCgroupRules', 'device-cgroup-rule'],
    ]),
    ...some('CapAdd', all(spec, 'cap-add').map(capability)),
    ...some('CapDrop', all(spec, 'cap-drop').map(capability)),
    ...some('ExtraHosts', all(spec, 'add-host').map(hostEntry)),
    ...(texts['log-driver'] !== undefined || all(spec, 'log-opt').length > 0
      ? { LogConfig: { Type: texts['log-driver'] ?? '', Config: mapped(spec, 'log-opt') } }
      : {}),
    ...maps(spec, [
      ['Sysctls', 'sysctl'],
      ['StorageOpt', 'storage-opt'],
      ['Annotations', 'annotation'],
    ]),
  };
}

/** `net_admin` is short for `CAP_NET_ADMIN`. */
function capability(name: string): string {
  const full = name.toUpperCase();
  return full === 'ALL' || full.startsWith('CAP_') ? full : `CAP_${full}`;
}

type Rows<N> = readonly (readonly [property: string, option: N])[];

function texted(spec: RunSpec, rows: Rows<Text>): object {
  return Object.assign(
    {},
    ...rows.map(([property, name]) => given(property, spec.texts[name])),
  ) as object;
}

function listed(spec: RunSpec, rows: Rows<List>): object {
  return Object.assign(
    {},
    ...rows.map(([property, name]) => some(property, all(spec, name))),
  ) as object;
}

function maps(spec: RunSpec, rows: Rows<List>): object {
  const used = rows.filter(([, name]) => all(spec, name).length > 0);
  return Object.fromEntries(used.map(([property, name]) => [property, mapped(spec, name)]));
}

function some(property: string, values: readonly unknown[]): object {
  return values.length === 0 ? {} : { [property]: values };
}

function mapped(spec: RunSpec, name: List): Readonly<Record<string, string>> {
  return Object.fromEntries(
    all(spec, name).map((text) => {
      const [key, value = ''] = pairOf(text);
      return [key, value];
    }),
  );
}

/** `db=10.0.0.5` is the newer spelling of `db:10.0.0.5`. */
function hostEntry(text: string): string {
  const [, name = '', address = ''] = /^([^:=]+)[:=](.*)$/.exec(text) ?? [];
  return `${name}:${address.replace(/^\[(.*)\]$/, '$1')}`;
}

function portBindings(spec: RunSpec): object {
  const ports: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const { port, address, host } of bindings(spec)) {
    (ports[port] ??= []).push({ HostIp: address, HostPort: host });
  }
  return ports;
}

function storage(spec: RunSpec): object {
  const meant = (name: List, read: (text: string) => Mount | string) =>
    all(spec, name).flatMap((text) => {
      const mount = read(text);
      return typeof mount === 'string' ? [] : [{ mount, text }];
    });
  const binds = meant('volume', volumeMount).filter(({ mount }) => mount.source !== '');
  const tmpfs = meant('tmpfs', tmpfsMount).map(({ mount, text }) => [
    mount.target,
    text.slice(mount.target.length + 1),
  ]);
  return {
    ...some(
      'Binds',
      binds.map(({ text }) => text),
    ),
    ...some(
      'Mounts',
      meant('mount', longMount).map(({ mount }) => longBody(mount)),
    ),
    ...(tmpfs.length > 0 && { Tmpfs: Object.fromEntries(tmpfs) as object }),
  };
}

function longBody({ type, source, target, readOnly, options }: Mount): object {
  const pairs = options.map(pairOf);
  const valuesOf = (name: string) =>
    pairs.flatMap(([key, value]) => (key.toLowerCase() === name ? [value ?? 'true'] : []));
  const one = (name: string) => valuesOf(name)[0];
  const map = (name: string) =>
    Object.fromEntries(valuesOf(name).map((text) => [pairOf(text)[0], pairOf(text)[1] ?? '']));
  const driver = {
    ...given('Name', one('volume-driver')),
    ...(valuesOf('volume-opt').length > 0 && { Options: map('volume-opt') }),
  };
  const mode = one('tmpfs-mode');
  const groups = {
    BindOptions: {
      ...given('Propagation', one('bind-propagation')),
      ...((one('bind-nonrecursive') === 'true' || one('bind-recursive') === 'disabled') && {
        NonRecursive: true,
      }),
      ...(one('bind-recursive') === 'writable' && { ReadOnlyNonRecursive: true }),
      ...(one('bind-recursive') === 'readonly' && { ReadOnlyForceRecursive: true }),
      ...(one('bind-create-src') === 'true' && { CreateMountpoint: true }),
    },
    VolumeOptions: {
      ...(one('volume-nocopy') === 'true' && { NoCopy: true }),
      ...given('Subpath', one('volume-subpath')),
      ...(valuesOf('volume-label').length > 0 && { Labels: map('volume-label') }),
      ...(Object.keys(driver).length > 0 && { DriverConfig: driver }),
    },
    ImageOptions: given('Subpath', one('image-subpath')),
    TmpfsOptions: {
      ...given('SizeBytes', bytesOf(one('tmpfs-size') ?? '')),
      ...(mode !== undefined && { Mode: Number.parseInt(mode, 8) }),
    },
  };
  const said = Object.entries(groups).filter(([, group]) => Object.keys(group).length > 0);
  return {
    Type: type,
    ...given('Source', source),
    Target: target,
    ...(readOnly && { ReadOnly: true }),
    ...given('Consistency', one('consistency')),
    ...Object.fromEntries(said),
  };
}

function limits(spec: RunSpec): object {
  const { texts } = spec;
  const size = (name: Text) => bytesOf(texts[name] ?? '');
  const cpus = numberOf(texts.cpus);
  const numbers: Rows<Text> = [
    ['MemorySwappiness', 'memory-swappiness'],
    ['CpuShares', 'cpu-shares'],
    ['CpuPeriod', 'cpu-period'],
    ['CpuQuota', 'cpu-quota'],
    ['CpuRealtimePeriod', 'cpu-rt-period'],
    ['CpuRealtimeRuntime', 'cpu-rt-runtime'],
    ['PidsLimit', 'pids-limit'],
    ['BlkioWeight', 'blkio-weight'],
    ['OomScoreAdj', 'oom-score-adj'],
  ];
  return {
    ...given('Memory', size('memory')),
    ...given('MemoryReservation', size('memory-reservation')),
    ...given('MemorySwap', size('memory-swap')),
    ...given('ShmSize', size('shm-size')),
    ...given('NanoCpus', cpus === undefined ? undefined : Math.round(cpus * 1e9)),
    ...(Object.assign(
      {},
      ...numbers.map(([property, name]) => given(property, numberOf(texts[name]))),
    ) as object),
    ...texted(spec, [
      ['CpusetCpus', 'cpuset-cpus'],
      ['CpusetMems', 'cpuset-mems'],
    ]),
    ...(has(spec, 'oom-kill-disable') && { OomKillDisable: true }),
    ...some('Ulimits', all(spec, 'ulimit').map(ulimitBody)),
    ...some(
      'BlkioWeightDevice',
      all(spec, 'blkio-weight-device').map((text) => rate(text, 'Weight')),
    ),
    ...some(
      'BlkioDeviceReadBps',
      all(spec, 'device-read-bps').map((text) => rate(text, 'Rate')),
    ),
    ...some(
      'BlkioDeviceReadIOps',
      all(spec, 'device-read-iops').map((text) => rate(text, 'Rate')),
    ),
    ...some(
      'BlkioDeviceWriteBps',
      all(spec, 'device-write-bps').map((text) => rate(text, 'Rate')),
    ),
    ...some(
      'BlkioDeviceWriteIOps',
      all(spec, 'device-write-iops').map((text) => rate(text, 'Rate')),
    ),
  };
}

/** `/dev/sda:1mb`. */
function rate(text: string, property: string): object {
  const [, path = '', value = ''] = /^(.*):([^:]*)$/.exec(text) ?? [];
  return { Path: path, [property]: bytesOf(value) ?? 0 };
}

/** `nofile=1024:4096`; one number is both. */
function ulimitBody(text: string): object {
  const [name, values = ''] = pairOf(text);
  const [soft = '', hard = soft] = values.split(':');
  return { Name: name, Soft: Number(soft), Hard: Number(hard) };
}

function rights(spec: RunSpec, { files }: Outside): object {
  const devices = all(spec, 'device');
  const byCdi = devices.filter(isCdi);
  const requests = [
    ...all(spec, 'gpus').map(gpuRequest),
    ...(byCdi.length > 0 ? [{ Driver: 'cdi', DeviceIDs: byCdi }] : []),
  ];
  const security = all(spec, 'security-opt');
  const unmasked = security.includes('systempaths=unconfined');
  return {
    Privileged: has(spec, 'privileged'),
    ReadonlyRootfs: has(spec, 'read-only'),
    ...some('DeviceRequests', requests),
    ...some('Devices', devices.filter((text) => !isCdi(text)).map(deviceBody)),
    ...some(
      'SecurityOpt',
      security
        .filter((option) => option !== 'systempaths=unconfined')
        .map((option) => {
          const [, file = ''] = /^seccomp[=:](.+)$/.exec(option) ?? [];
          const profile = files.get(file);
          return profile === undefined ? option : `seccomp=${compact(profile)}`;
        }),
    ),
    ...(unmasked && { MaskedPaths: [], ReadonlyPaths: [] }),
  };
}

/** A profile as docker sends it, on one line; as it is where it is no JSON, which the engine then says. */
function compact(profile: string): string {
  try {
    return JSON.stringify(JSON.parse(profile));
  } catch {
    return profile;
  }
}

/** `nvidia.com/gpu=0`: by the name that its maker gave it. */
export function isCdi(text: string): boolean {
  return /^[A-Za-z0-9][\w.-]*\/[\w.-]+=[\w.:-]+$/.test(text);
}

/** `/dev/sda:/dev/xvda:rwm`. */
function deviceBody(text: string): object {
  const [host = '', second, third] = text.split(':');
  const isMode = second !== undefined && /^[rwm]+$/.test(second);
  return {
    PathOnHost: host,
    PathInContainer: second === undefined || isMode ? host : second,
    CgroupPermissions: (isMode ? second : third) ?? 'rwm',
  };
}
