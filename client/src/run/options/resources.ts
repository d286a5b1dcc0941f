/** Options for resource limits. */
import { t } from '@vscode/l10n';
import { bytesOf, integerOf, nanoOf, pairOf } from '../../command-line/values.ts';
import { key, numeric, on, one } from './compose-keys.ts';
import { flag, list, text, type Compose, type Place } from './option.ts';
import { count, host, plain, size, yes } from './places.ts';
import {
  createSyntax,
  cpus as cpusSyntax,
  integer,
  size as sizeSyntax,
  sizeOrUnlimited,
} from '../../command-line/syntax.ts';

/** Default of `--shm-size`. */
const defaultShm = 64 * 1024 * 1024;

/** By default, the engine allows as much swap as memory. */
const swap: Place = host(
  'MemorySwap',
  {
    encode: (values) => {
      const text = values.at(-1) ?? '';
      return text === '-1' ? -1 : bytesOf(text) || undefined;
    },
    decode: (value, seen) => (Number(value) < 0 ? ['-1'] : size.decode(value, seen)),
  },
  (value, { container }) => Number(value) === 2 * Number(container.host.Memory ?? 0),
);

const cpus: Place = host('NanoCpus', {
  encode: (values) => nanoOf(values.at(-1) ?? '') || undefined,
  decode: (value) => (Number(value) > 0 ? [String(Number(value) / 1e9)] : []),
});

/** Podman returns them in addition to NanoCpus, and accepts only one of the two. */
function schedulerPlace(name: 'CpuPeriod' | 'CpuQuota'): Place {
  return host(name, count, (_, { container }) => Number(container.host.NanoCpus ?? 0) > 0);
}

const swappiness: Place = host('MemorySwappiness', {
  encode: (values) => {
    const value = integerOf(values.at(-1) ?? '');
    return value === -1 ? undefined : value;
  },
  decode: (value) => (Number(value) < 0 ? [] : [String(value)]),
});

/** `nofile=1024:4096`; a single number is both limits. The last value of a name is used. */
const ulimit: Place = {
  ...host('Ulimits', {
    encode: (values) =>
      [...new Map(values.map((value) => [pairOf(value)[0], value])).values()].map((value) => {
        const [Name, limits = ''] = pairOf(value);
        const [soft = '', hard = soft] = limits.split(':');
        return { Name, Soft: integerOf(soft) ?? 0, Hard: integerOf(hard) ?? 0 };
      }),
    decode: (limits) =>
      limits.map(({ Name = '', Soft = 0, Hard = 0 }) =>
        Soft === Hard ? `${Name}=${Soft}` : `${Name}=${Soft}:${Hard}`,
      ),
  }),
};

const ulimitNames =
  'core|cpu|data|fsize|locks|memlock|msgqueue|nice|nofile|nproc|rss|rtprio|rttime|sigpending|stack';
const ulimitPattern = new RegExp(`^(?:${ulimitNames})=(-?\\d+)(?::(-?\\d+))?$`);

const ulimitSyntax = createSyntax((value) => {
  const [, soft = '', hard = soft] = ulimitPattern.exec(value) ?? [];
  if (soft === '') {
    return t('{0} is not a valid limit; use name=soft:hard, such as nofile=1024:4096', value);
  }
  const [least, most] = [BigInt(soft), BigInt(hard)];
  return most !== -1n && (least === -1n || least > most)
    ? t('the soft limit of {0} is above its hard limit', value)
    : undefined;
});

function counted(name: CountKey): Place {
  return host(name, count);
}

type CountKey =
  | 'CpuShares'
  | 'CpuRealtimePeriod'
  | 'CpuRealtimeRuntime'
  | 'CpuCount'
  | 'CpuPercent'
  | 'IOMaximumIOps'
  | 'PidsLimit'
  | 'OomScoreAdj';

/** A number; left out if it is 0. */
function nonZero(name: string): Compose {
  return (values, line) =>
    integerOf(values.at(-1) ?? '') === 0 ? {} : numeric(name)(values, line);
}

/** A size; left out if it is 0. */
function nonEmpty(name: string): Compose {
  return (values, line) => (bytesOf(values.at(-1) ?? '') === 0 ? {} : key(name)(values, line));
}

export const resourceOptions = {
  memory: text({
    short: 'm',
    syntax: sizeSyntax,
    place: host('Memory', size),
    compose: nonEmpty('mem_limit'),
    field: 'text',
  }),
  'memory-reservation': text({
    syntax: sizeSyntax,
    place: host('MemoryReservation', size),
    // Compose refuses it together with reservations of devices, which then contain it.
    compose: (values, line) =>
      line.values('gpus').length > 0 ? {} : nonEmpty('mem_reservation')(values, line),
  }),
  'memory-swap': text({
    syntax: sizeOrUnlimited,
    place: swap,
    // Compose reads -1 as a number, and sizes as texts.
    compose: (values, line) =>
      values.at(-1) === '-1'
        ? numeric('memswap_limit')(values, line)
        : nonEmpty('memswap_limit')(values, line),
  }),
  'memory-swappiness': text({
    syntax: integer(-1, 100),
    place: swappiness,
    compose: (values, line) => {
      const value = integerOf(values.at(-1) ?? '');
      // For compose, 0 means none.
      if (value === 0) return { left: ['--memory-swappiness'] };
      return value === -1 ? {} : numeric('mem_swappiness')(values, line);
    },
  }),
  'kernel-memory': text({ syntax: sizeSyntax, place: host('KernelMemory', size) }),
  cpus: text({
    syntax: cpusSyntax,
    place: cpus,
    compose: one('cpus', (value) => (nanoOf(value) ?? 0) / 1e9),
    field: 'text',
  }),
  'cpu-shares': text({
    short: 'c',
    syntax: integer(),
    place: counted('CpuShares'),
    compose: nonZero('cpu_shares'),
  }),
  'cpu-period': text({
    syntax: integer(),
    place: schedulerPlace('CpuPeriod'),
    compose: nonZero('cpu_period'),
  }),
  'cpu-quota': text({
    syntax: integer(),
    place: schedulerPlace('CpuQuota'),
    compose: nonZero('cpu_quota'),
  }),
  'cpu-rt-period': text({
    syntax: integer(),
    place: counted('CpuRealtimePeriod'),
    compose: nonZero('cpu_rt_period'),
  }),
  'cpu-rt-runtime': text({
    syntax: integer(),
    place: counted('CpuRealtimeRuntime'),
    compose: nonZero('cpu_rt_runtime'),
  }),
  'cpuset-cpus': text({ place: host('CpusetCpus', plain), compose: key('cpuset') }),
  'cpuset-mems': text({ place: host('CpusetMems', plain) }),
  'cpu-count': text({
    syntax: integer(),
    place: counted('CpuCount'),
    compose: nonZero('cpu_count'),
    os: 'windows',
  }),
  'cpu-percent': text({
    syntax: integer(),
    place: counted('CpuPercent'),
    compose: nonZero('cpu_percent'),
    os: 'windows',
  }),
  'io-maxbandwidth': text({
    syntax: sizeSyntax,
    place: host('IOMaximumBandwidth', size),
    os: 'windows',
  }),
  'io-maxiops': text({ syntax: integer(0), place: counted('IOMaximumIOps'), os: 'windows' }),
  'shm-size': text({
    syntax: sizeSyntax,
    place: host('ShmSize', size, (value) => Number(value) === defaultShm),
    compose: nonEmpty('shm_size'),
    field: 'text',
  }),
  'pids-limit': text({
    syntax: integer(),
    place: host('PidsLimit', {
      encode: count.encode,
      decode: (value) => (Number(value) > 0 ? [String(value)] : []),
    }),
    compose: nonZero('pids_limit'),
  }),
  ulimit: list({
    syntax: ulimitSyntax,
    place: ulimit,
    compose: (values) => ({
      service: {
        ulimits: Object.fromEntries(
          values.map((value) => {
            const [name, limits = ''] = pairOf(value);
            const [soft = 0, hard] = limits.split(':').map((limit) => integerOf(limit) ?? 0);
            return [name, hard === undefined ? soft : { soft, hard }] as const;
          }),
        ),
      },
    }),
    field: 'lines',
  }),
  'oom-kill-disable': flag({ place: host('OomKillDisable', yes), compose: on('oom_kill_disable') }),
  'oom-score-adj': text({
    syntax: integer(-1000, 1000),
    place: counted('OomScoreAdj'),
    compose: nonZero('oom_score_adj'),
  }),
} as const;
