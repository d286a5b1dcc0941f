import { expect, test } from 'vitest';
import { detailsOf } from '../engine/docker-api/inspect.ts';
import { specOfContainer } from './from-container.ts';
import { lineOfSpec } from './line.ts';

/** The values of `--network` for a container with this NetworkMode and these networks. */
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
])('reads NetworkMode %s with the networks %j', (mode, names, networks) => {
  expect(networksOf(mode, ...names)).toEqual(networks);
});

test('reads CPUs once when Podman returns them in two forms', () => {
  const host = { NanoCpus: 500_000_000, CpuPeriod: 100_000, CpuQuota: 50_000 };
  const spec = specOfContainer(
    detailsOf('container', { Config: { Image: 'x' }, HostConfig: host }),
    undefined,
  );
  expect(lineOfSpec(spec)).toBe('docker run -d --cpus 0.5 x');
  const byQuota = specOfContainer(
    detailsOf('container', { Config: { Image: 'x' }, HostConfig: { ...host, NanoCpus: 0 } }),
    undefined,
  );
  expect(lineOfSpec(byQuota)).toContain('--cpu-quota 50000');
});
