import { describe, expect, test } from 'vitest';
import type { BuildRequest } from '../../../contract/build.ts';
import { buildKitOfApi, givenLimits, isSupported, limitParameters } from './build-limits.ts';
import { frontendAttributes } from './buildkit/frontend-attributes.ts';
import { classicQuery, unsupportedOptions } from './docker-api/classic-build.ts';

const plain: BuildRequest = {
  context: { kind: 'directory', path: '/a' },
  dockerfile: '/a/Dockerfile',
  tags: [],
};
const limited: BuildRequest = {
  ...plain,
  shmSize: 4096,
  ulimits: ['nofile=10:20'],
  cgroupParent: '/ci',
  limits: {
    memory: 1024,
    memorySwap: -1,
    cpuShares: 512,
    cpuPeriod: 100_000,
    cpuQuota: 50_000,
    cpusetCpus: '0-1',
    cpusetMems: '0',
  },
};
/** As `frontend/dockerui/config.go` of BuildKit names them. */
const resources = {
  memory: '1024',
  memswap: '-1',
  cpushares: '512',
  cpuperiod: '100000',
  cpuquota: '50000',
  cpusetcpus: '0-1',
  cpusetmems: '0',
};

test('are attributes of the Dockerfile frontend', () => {
  expect(frontendAttributes(limited)).toEqual({
    ...frontendAttributes(plain),
    ...resources,
    'shm-size': '4096',
    ulimit: 'nofile=10:20',
    'cgroup-parent': '/ci',
  });
});

test('are parameters of the classic builder, which supports all of them', () => {
  expect(classicQuery(limited, 'Dockerfile')).toMatchObject({
    ...resources,
    shmsize: 4096,
    ulimits: '[{"Name":"nofile","Soft":10,"Hard":20}]',
    cgroupparent: '/ci',
  });
  expect(unsupportedOptions(limited)).toEqual([]);
});

test('are left out if they are 0 or empty, which BuildKit refuses', () => {
  const limits = { memory: 0, memorySwap: 0, cpuShares: 0, cpuPeriod: 0, cpuQuota: 0, cpusetCpus: '', cpusetMems: '' }; // prettier-ignore
  expect(limitParameters({ ...plain, limits })).toEqual({});
  expect(givenLimits({ ...plain, limits, shmSize: 0, ulimits: [], cgroupParent: '' })).toEqual([]);
  expect(givenLimits(limited)).toHaveLength(10);
});

describe.each([
  ['shm-size', ['0.10.0', '0.31.0', '1.0.0'], ['0.9.3', '0.8.3', undefined]],
  ['cgroup-parent', ['0.10.6', '0.25.2'], ['0.8.3', undefined]],
  ['memory', ['0.31.0', '0.32.2', '1.0.0'], ['0.30.9', '0.25.2', '0.4.0', undefined]],
  ['cpuset-mems', ['0.31.0'], ['0.30.0']],
] as const)('%s', (option, supported, ignored) => {
  test.each(supported)('is supported by BuildKit %s', (version) => {
    expect(isSupported(option, version)).toBe(true);
  });
  test.each(ignored)('is ignored by BuildKit %s', (version) => {
    expect(isSupported(option, version)).toBe(false);
  });
});

test.each([
  ['1.41', '0.8.3'],
  ['1.42', '0.10.6'],
  ['1.51', '0.10.6'],
  ['1.54', '0.10.6'],
  ['1.55', '0.31.0'],
  ['1.60', '0.31.0'],
])('an engine with API %s has BuildKit %s at least', (api, version) => {
  expect(buildKitOfApi(api)).toBe(version);
});
