import { expect, test } from 'vitest';
import { detailsOf } from '../engine/docker-api/inspect.ts';
import { specOfContainer } from './from-container.ts';
import { lineOfSpec } from './line.ts';

/** The networks as the engine tells them of a container, and what the form of the next one says. */
const networksOf = (mode: string, ...names: readonly string[]) =>
  specOfContainer(
    detailsOf('container', {
      Config: { Image: 'x' },
      HostConfig: { NetworkMode: mode },
      NetworkSettings: { Networks: Object.fromEntries(names.map((name) => [name, {}])) },
    }),
    undefined,
  ).lists.network ?? [];

test.each([
  ['default', ['bridge'], []],
  ['bridge', ['bridge'], []],
  ['web', ['web'], ['web']],
  ['web', ['web', 'back'], ['web', 'back']],
  ['default', ['bridge', 'back'], ['bridge', 'back']],
  // Podman.
  ['bridge', ['podman'], []],
  ['bridge', ['web'], ['web']],
])('on %s with the networks %j', (mode, names, networks) => {
  expect(networksOf(mode, ...names)).toEqual(networks);
});

test('processors are said in one way, where Podman tells them in two', () => {
  const host = { NanoCpus: 500_000_000, CpuPeriod: 100_000, CpuQuota: 50_000 };
  const spec = specOfContainer(
    detailsOf('container', { Config: { Image: 'x' }, HostConfig: host }),
    undefined,
  );
  expect(lineOfSpec(spec)).toBe('docker run -d --cpus 0.5 x');
  const told = specOfContainer(
    detailsOf('container', { Config: { Image: 'x' }, HostConfig: { ...host, NanoCpus: 0 } }),
    undefined,
  );
  expect(lineOfSpec(told)).toContain('--cpu-quota 50000');
});
