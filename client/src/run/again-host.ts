/** The host's side of a container that exists, as options. */
import { filled, present, type EngineUsual, type Values, type Words } from './again-parts.ts';
import type { Pairs, RawHost, RawMountOptions, RawRequest } from '../engine/inspect-data.ts';
import { longText, type Mount } from './mounts.ts';
import type { List, Text } from './options.ts';
import { lineOf, sizeOf } from './values.ts';

/** Limits, mounts, devices and rights; without what the engine does unasked. */
export function hostTexts(
  host: RawHost,
  usual: EngineUsual,
): { readonly texts: Words; readonly lists: Values } {
  const devices = host.DeviceRequests ?? [];
  const cdi = devices.filter(({ Driver }) => Driver === 'cdi');
  return {
    texts: {
      ...restart(host),
      ...sizes(host),
      ...numbers(host),
      ...modes(host, usual),
      ...log(host),
    },
    lists: present({
      volume: host.Binds ?? [],
      mount: (host.Mounts ?? []).map(mountText),
      tmpfs: Object.entries(host.Tmpfs ?? {}).map(([path, words]) =>
        words === '' ? path : `${path}:${words}`,
      ),
      gpus: devices.filter((one) => !cdi.includes(one)).map(gpus),
      device: [...cdi.flatMap(({ DeviceIDs }) => DeviceIDs ?? []), ...plainDevices(host)],
      ulimit: (host.Ulimits ?? []).map(({ Name, Soft, Hard }) =>
        Soft === Hard ? `${Name}=${Soft}` : `${Name}=${Soft}:${Hard}`,
      ),
      'security-opt': security(host),
      'log-opt': pairs(host.LogConfig?.Config),
      sysctl: pairs(host.Sysctls as Pairs),
      'storage-opt': pairs(host.StorageOpt as Pairs),
      annotation: pairs(host.Annotations as Pairs),
      ...Object.fromEntries(textLists.map(([option, property]) => [option, texts(host[property])])),
      ...Object.fromEntries(
        rates.map(([option, property, value]) => [option, rateTexts(host[property], value)]),
      ),
    }),
  };
}

const textLists: readonly (readonly [List, string])[] = [
  ['add-host', 'ExtraHosts'],
  ['dns', 'Dns'],
  ['dns-search', 'DnsSearch'],
  ['dns-option', 'DnsOptions'],
  ['volumes-from', 'VolumesFrom'],
  ['group-add', 'GroupAdd'],
  ['cap-add', 'CapAdd'],
  ['cap-drop', 'CapDrop'],
  ['device-cgroup-rule', 'DeviceCgroupRules'],
  ['link', 'Links'],
];

const rates: readonly (readonly [List, string, 'Rate' | 'Weight'])[] = [
  ['blkio-weight-device', 'BlkioWeightDevice', 'Weight'],
  ['device-read-bps', 'BlkioDeviceReadBps', 'Rate'],
  ['device-read-iops', 'BlkioDeviceReadIOps', 'Rate'],
  ['device-write-bps', 'BlkioDeviceWriteBps', 'Rate'],
  ['device-write-iops', 'BlkioDeviceWriteIOps', 'Rate'],
];

function rateTexts(value: unknown, property: 'Rate' | 'Weight'): readonly string[] {
  const rows = Array.isArray(value) ? (value as readonly Readonly<Record<string, unknown>>[]) : [];
  return rows.map((row) => `${String(row.Path)}:${String(row[property])}`);
}

function texts(value: unknown): readonly string[] {
  const all = Array.isArray(value) ? (value as readonly unknown[]) : [];
  // A link is told as /db:/web/alias.
  return all.map(String).map((text) => text.replace(/^\/([^:]+):\/[^/]+\/(.+)$/, '$1:$2'));
}

function pairs(given: Pairs): readonly string[] {
  return Object.entries(given ?? {}).map(([key, value]) => `${key}=${value}`);
}

function restart({ RestartPolicy }: RawHost): Words {
  const { Name = '', MaximumRetryCount = 0 } = RestartPolicy ?? {};
  if (Name === '' || Name === 'no') return {};
  return { restart: MaximumRetryCount > 0 ? `${Name}:${MaximumRetryCount}` : Name };
}

const usualShm = 64 * 1024 * 1024;

function sizes(host: RawHost): Words {
  const bytes = (property: string) => Number(host[property] ?? 0);
  const memory = bytes('Memory');
  const swap = bytes('MemorySwap');
  const shm = bytes('ShmSize');
  return {
    ...(memory > 0 && { memory: sizeOf(memory) }),
    ...(bytes('MemoryReservation') > 0 && {
      'memory-reservation': sizeOf(bytes('MemoryReservation')),
    }),
    // Unless it is said, the engine gives as much swap as memory.
    ...(swap !== 0 && swap !== 2 * memory && { 'memory-swap': swap < 0 ? '-1' : sizeOf(swap) }),
    ...(shm > 0 && shm !== usualShm && { 'shm-size': sizeOf(shm) }),
  };
}

const counts: readonly (readonly [Text, string])[] = [
  ['cpu-shares', 'CpuShares'],
  ['cpu-period', 'CpuPeriod'],
  ['cpu-quota', 'CpuQuota'],
  ['cpu-rt-period', 'CpuRealtimePeriod'],
  ['cpu-rt-runtime', 'CpuRealtimeRuntime'],
  ['pids-limit', 'PidsLimit'],
  ['blkio-weight', 'BlkioWeight'],
  ['oom-score-adj', 'OomScoreAdj'],
];

function numbers(host: RawHost): Words {
  const cpus = Number(host.NanoCpus ?? 0);
  const swappiness = host.MemorySwappiness;
  const set = counts.filter(
    ([name, property]) =>
      typeof host[property] === 'number' &&
      host[property] !== 0 &&
      // Podman tells them besides, and takes only one or the other.
      !(cpus > 0 && (name === 'cpu-period' || name === 'cpu-quota')),
  );
  return {
    ...Object.fromEntries(set.map(([name, property]) => [name, String(host[property])])),
    ...(typeof swappiness === 'number' &&
      swappiness >= 0 && { 'memory-swappiness': String(swappiness) }),
    ...(cpus > 0 && { cpus: String(cpus / 1e9) }),
  };
}

function modes(host: RawHost, usual: EngineUsual): Words {
  const text = (property: string) => (typeof host[property] === 'string' ? host[property] : '');
  const unless = (name: Text, property: string, ...unasked: readonly string[]) =>
    unasked.includes(text(property)) ? {} : filled(name, text(property));
  return {
    ...filled('cpuset-cpus', text('CpusetCpus')),
    ...filled('cpuset-mems', text('CpusetMems')),
    ...unless('ipc', 'IpcMode', 'private', 'shareable'),
    ...filled('pid', text('PidMode')),
    ...filled('uts', text('UTSMode')),
    ...filled('userns', text('UsernsMode')),
    ...unless(
      'cgroupns',
      'CgroupnsMode',
      usual.cgroups === '1' || host.Privileged === true ? 'host' : 'private',
    ),
    ...filled('cgroup-parent', text('CgroupParent')),
    ...unless('isolation', 'Isolation', 'default'),
    ...unless('runtime', 'Runtime', usual.runtime),
    ...filled('volume-driver', text('VolumeDriver')),
  };
}

function log({ LogConfig }: RawHost): Words {
  const { Type = '', Config } = LogConfig ?? {};
  const usual = Type === 'json-file' && Object.keys(Config ?? {}).length === 0;
  return usual ? {} : filled('log-driver', Type);
}

function plainDevices({ Devices }: RawHost): readonly string[] {
  return (Devices ?? []).map(({ PathOnHost, PathInContainer, CgroupPermissions }) => {
    const mode = CgroupPermissions === 'rwm' ? [] : [CgroupPermissions];
    const inside = PathInContainer === PathOnHost && mode.length === 0 ? [] : [PathInContainer];
    return [PathOnHost, ...inside, ...mode].join(':');
  });
}

function security(host: RawHost): readonly string[] {
  const unmasked = host.Privileged !== true && host.MaskedPaths?.length === 0;
  return [
    // What is privileged is so without being asked.
    ...(host.SecurityOpt ?? []).filter(
      (one) => host.Privileged !== true || one !== 'label=disable',
    ),
    ...(unmasked ? ['systempaths=unconfined'] : []),
  ];
}

function gpus({ Driver = '', Count = 0, DeviceIDs, Capabilities, Options }: RawRequest): string {
  const ids = DeviceIDs ?? [];
  const more = (Capabilities?.[0] ?? []).filter((one) => one !== 'gpu');
  const fields = [
    ...(Count === -1 ? ['all'] : Count > 0 ? [String(Count)] : []),
    ...(ids.length > 0 ? [`device=${ids.join(',')}`] : []),
    ...(Driver === '' ? [] : [`driver=${Driver}`]),
    ...(more.length === 0 ? [] : [`capabilities=${more.join(',')}`]),
    ...(Object.keys(Options ?? {}).length > 0 ? [`options=${pairs(Options).join(',')}`] : []),
  ];
  return lineOf(fields);
}

function mountText(raw: RawMountOptions): string {
  const { BindOptions, VolumeOptions, TmpfsOptions, Consistency } = raw;
  const driver = VolumeOptions?.DriverConfig;
  const options = [
    ...(Consistency && Consistency !== 'default' ? [`consistency=${Consistency}`] : []),
    ...(BindOptions?.Propagation ? [`bind-propagation=${BindOptions.Propagation}`] : []),
    ...(BindOptions?.NonRecursive === true ? ['bind-recursive=disabled'] : []),
    ...(BindOptions?.CreateMountpoint === true ? ['bind-create-src=true'] : []),
    ...(VolumeOptions?.NoCopy === true ? ['volume-nocopy=true'] : []),
    ...(VolumeOptions?.Subpath ? [`volume-subpath=${VolumeOptions.Subpath}`] : []),
    ...pairs(VolumeOptions?.Labels).map((label) => `volume-label=${label}`),
    ...(driver?.Name ? [`volume-driver=${driver.Name}`] : []),
    ...pairs(driver?.Options).map((option) => `volume-opt=${option}`),
    ...(TmpfsOptions?.SizeBytes ? [`tmpfs-size=${sizeOf(TmpfsOptions.SizeBytes)}`] : []),
    ...(TmpfsOptions?.Mode ? [`tmpfs-mode=${TmpfsOptions.Mode.toString(8)}`] : []),
  ];
  return longText({
    type: (raw.Type ?? 'volume') as Mount['type'],
    source: raw.Source ?? '',
    target: raw.Target ?? '',
    readOnly: raw.ReadOnly === true,
    options,
  });
}
