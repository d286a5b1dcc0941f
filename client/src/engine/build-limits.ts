/** Limits of RUN instructions: the parameters of builders, and the versions of BuildKit that support them. */
import type { BuildLimits, BuildRequest } from '../../../contract/build.ts';

/**
 * By option of `docker build`: its property of a request, and its name as an attribute of the Dockerfile frontend
 * (frontend/dockerui/config.go of BuildKit), which is also that of a query parameter of the classic builder (`POST /build` of
 * the Engine API).
 */
const resources = {
  memory: ['memory', 'memory'],
  'memory-swap': ['memorySwap', 'memswap'],
  'cpu-shares': ['cpuShares', 'cpushares'],
  'cpu-period': ['cpuPeriod', 'cpuperiod'],
  'cpu-quota': ['cpuQuota', 'cpuquota'],
  'cpuset-cpus': ['cpusetCpus', 'cpusetcpus'],
  'cpuset-mems': ['cpusetMems', 'cpusetmems'],
} as const satisfies Readonly<Record<string, readonly [keyof BuildLimits, string]>>;

/** Without limits that are 0 or empty, which builders refuse. */
export function limitParameters({ limits }: BuildRequest): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.values(resources).flatMap(([key, name]) =>
      isLimit(limits?.[key]) ? [[name, String(limits?.[key])]] : [],
    ),
  );
}

function isLimit(value: BuildLimits[keyof BuildLimits]): boolean {
  return value !== undefined && value !== 0 && value !== '';
}

/** First with `shm-size`, `ulimit` and `cgroup-parent`, in Docker 23. */
const firstLimits = '0.10';
/** First with the capability `exec.meta.linux.resources`. */
const firstResources = '0.31';

/**
 * The version of BuildKit that supports an option of `docker build`; older ones ignore it. The classic builder supports all of
 * them.
 */
export const supportedSince = {
  'shm-size': firstLimits,
  ulimit: firstLimits,
  'cgroup-parent': firstLimits,
  memory: firstResources,
  'memory-swap': firstResources,
  'cpu-shares': firstResources,
  'cpu-period': firstResources,
  'cpu-quota': firstResources,
  'cpuset-cpus': firstResources,
  'cpuset-mems': firstResources,
} as const;

export type LimitOption = keyof typeof supportedSince;

function isGiven(request: BuildRequest, option: LimitOption): boolean {
  const { shmSize = 0, ulimits = [], cgroupParent = '' } = request;
  switch (option) {
    case 'shm-size':
      return shmSize > 0;
    case 'ulimit':
      return ulimits.length > 0;
    case 'cgroup-parent':
      return cgroupParent !== '';
    default:
      return isLimit(request.limits?.[resources[option][0]]);
  }
}

/** The limits that a request has. */
export function givenLimits(request: BuildRequest): readonly LimitOption[] {
  return (Object.keys(supportedSince) as LimitOption[]).filter((name) => isGiven(request, name));
}

/**
 * The version of BuildKit in an engine that does not report it, as distributions build them: the oldest one that Docker
 * released with this version of the Engine API (go.mod of its releases).
 */
export function buildKitOfApi(api: string): string {
  const minor = Number(api.split('.')[1]);
  return minor >= 55 ? '0.31.0' : minor >= 42 ? '0.10.6' : '0.8.3';
}

/** Whether BuildKit of this version supports the option; a version that is not reported is older than all of them. */
export function isSupported(option: LimitOption, version: string | undefined): boolean {
  return version !== undefined && !isOlder(version, supportedSince[option]);
}

/** Compares number by number: `0.9.3` is older than `0.10`. */
function isOlder(version: string, than: string): boolean {
  const [own, other] = [version, than].map((text) => text.split('.').map(Number));
  for (const [index, number] of (other ?? []).entries()) {
    const here = own?.[index] ?? 0;
    if (here !== number) return here < number;
  }
  return false;
}
