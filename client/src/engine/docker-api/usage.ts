/** Resource usage of a running container, computed like in `docker stats`. */
import type { Usage } from '../usage.ts';
import { list, map, number, object, text, type Reader } from './json-readers.ts';

interface RawCpu {
  readonly cpu_usage?: {
    readonly total_usage?: number;
    readonly percpu_usage?: readonly number[];
  };
  readonly system_cpu_usage?: number;
  readonly online_cpus?: number;
}

/** One line of the stats stream. */
export interface RawUsage {
  readonly read?: string;
  readonly preread?: string;
  readonly cpu_stats?: RawCpu;
  readonly precpu_stats?: RawCpu;
  readonly memory_stats?: {
    readonly usage?: number;
    readonly limit?: number;
    readonly stats?: Readonly<Record<string, number>>;
    readonly privateworkingset?: number;
  };
  readonly networks?: Readonly<
    Record<string, { readonly rx_bytes?: number; readonly tx_bytes?: number }>
  >;
  readonly blkio_stats?: {
    readonly io_service_bytes_recursive?: readonly {
      readonly op?: string;
      readonly value?: number;
    }[];
  };
  readonly storage_stats?: {
    readonly read_size_bytes?: number;
    readonly write_size_bytes?: number;
  };
  readonly pids_stats?: { readonly current?: number };
  /** Number of processors of the host; only on Windows. */
  readonly num_procs?: number;
}

const rawCpu: Reader<RawCpu> = object<RawCpu>({
  cpu_usage: object<NonNullable<RawCpu['cpu_usage']>>({
    total_usage: number,
    percpu_usage: list(number),
  }),
  system_cpu_usage: number,
  online_cpus: number,
});

/** Reads a line of the stats stream. */
export const rawUsage: Reader<RawUsage> = object<RawUsage>({
  read: text,
  preread: text,
  cpu_stats: rawCpu,
  precpu_stats: rawCpu,
  memory_stats: object<NonNullable<RawUsage['memory_stats']>>({
    usage: number,
    limit: number,
    stats: map(number),
    privateworkingset: number,
  }),
  networks: map(
    object<NonNullable<RawUsage['networks']>[string]>({ rx_bytes: number, tx_bytes: number }),
  ),
  blkio_stats: object<NonNullable<RawUsage['blkio_stats']>>({
    io_service_bytes_recursive: list(
      object<{ readonly op?: string; readonly value?: number }>({ op: text, value: number }),
    ),
  }),
  storage_stats: object<NonNullable<RawUsage['storage_stats']>>({
    read_size_bytes: number,
    write_size_bytes: number,
  }),
  pids_stats: object<NonNullable<RawUsage['pids_stats']>>({ current: number }),
  num_procs: number,
});

/** Whether a sample is empty: the engine continues with empty samples after the container has ended. */
export function isEmptySample(raw: RawUsage): boolean {
  return raw.read === undefined || raw.read.startsWith('0001-');
}

/** Converts a sample. `previous` is the sample before it; undefined if it is needed and missing. */
export function toUsage(raw: RawUsage, previous?: RawUsage): Usage | undefined {
  const at = Date.parse(raw.read ?? '');
  if (Number.isNaN(at)) return undefined;
  const windows = (raw.num_procs ?? 0) > 0;
  const cpu = windows ? windowsCpu(raw) : unixCpu(raw, previous);
  if (cpu === undefined) return undefined;
  const { limit } = raw.memory_stats ?? {};
  const { current } = raw.pids_stats ?? {};
  const processors = windows ? raw.num_procs : processorsOf(raw.cpu_stats);
  return {
    at,
    cpu,
    memory: windows ? (raw.memory_stats?.privateworkingset ?? 0) : unixMemory(raw),
    ...(!windows && limit !== undefined && limit > 0 && { memoryLimit: limit }),
    ...networkOf(raw),
    ...(windows ? windowsDisk(raw) : unixDisk(raw)),
    ...(!windows && current !== undefined && { processes: current }),
    ...(processors !== undefined && processors > 0 && { processors }),
  };
}

/** The engine includes the previous sample, except Podman and in the first line of a stream. */
function unixCpu(raw: RawUsage, previous: RawUsage | undefined): number | undefined {
  const now = raw.cpu_stats;
  const reported = raw.precpu_stats;
  const earlier = (reported?.system_cpu_usage ?? 0) > 0 ? reported : previous?.cpu_stats;
  if (now === undefined || earlier === undefined) return undefined;
  const used = (now.cpu_usage?.total_usage ?? 0) - (earlier.cpu_usage?.total_usage ?? 0);
  const total = (now.system_cpu_usage ?? 0) - (earlier.system_cpu_usage ?? 0);
  return used > 0 && total > 0 ? (used / total) * (processorsOf(now) ?? 0) * 100 : 0;
}

function processorsOf(cpu: RawCpu | undefined): number | undefined {
  return cpu?.online_cpus || cpu?.cpu_usage?.percpu_usage?.length;
}

/** Windows counts in units of 100 nanoseconds, over all processors. */
function windowsCpu(raw: RawUsage): number | undefined {
  const elapsed = Date.parse(raw.read ?? '') - Date.parse(raw.preread ?? '');
  if (Number.isNaN(elapsed) || (raw.preread ?? '').startsWith('0001-')) return undefined;
  const possible = elapsed * 10_000 * (raw.num_procs ?? 0);
  const earlier = raw.precpu_stats?.cpu_usage?.total_usage ?? 0;
  const used = (raw.cpu_stats?.cpu_usage?.total_usage ?? 0) - earlier;
  return possible > 0 ? (used / possible) * 100 : 0;
}

/** The inactive page cache is `total_inactive_file` in cgroup v1 and `inactive_file` in cgroup v2. */
function unixMemory({ memory_stats }: RawUsage): number {
  const usage = memory_stats?.usage ?? 0;
  const first = memory_stats?.stats?.total_inactive_file;
  if (first !== undefined && first < usage) return usage - first;
  const second = memory_stats?.stats?.inactive_file ?? 0;
  return second < usage ? usage - second : usage;
}

function networkOf({ networks }: RawUsage): { readonly received: number; readonly sent: number } {
  let received = 0;
  let sent = 0;
  for (const { rx_bytes = 0, tx_bytes = 0 } of Object.values(networks ?? {})) {
    received += rx_bytes;
    sent += tx_bytes;
  }
  return { received, sent };
}

function unixDisk({ blkio_stats }: RawUsage): { readonly read: number; readonly written: number } {
  let read = 0;
  let written = 0;
  for (const { op = '', value = 0 } of blkio_stats?.io_service_bytes_recursive ?? []) {
    // `Read` in cgroup v1, `read` in cgroup v2.
    if (/^r/i.test(op)) read += value;
    else if (/^w/i.test(op)) written += value;
  }
  return { read, written };
}

function windowsDisk({ storage_stats }: RawUsage): {
  readonly read: number;
  readonly written: number;
} {
  const { read_size_bytes = 0, write_size_bytes = 0 } = storage_stats ?? {};
  return { read: read_size_bytes, written: write_size_bytes };
}
