/** Limits of RUN instructions, read from within a step: on this engine and on a newer one, by BuildKit and by the classic builder. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BuildEvent, BuildRequest } from '../../contract/build.ts';
import { connect } from '../../client/src/engine/docker-api/connect.ts';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import { specOfLine } from '../../client/src/build/line.ts';
import { requestOf } from '../../client/src/build/request.ts';
import { startNewerEngine, type NewerEngine } from '../../scripts/setup/newer-engine.mts';
import { buildFiles } from '../build-files.ts';
import { withNewerEngine } from './buildkit.ts';
import { engineErrorOf, readAll, type EngineFixture } from './contract.ts';
import { connectRealEngine, createFixture } from './real-engine.ts';

const real = await connectRealEngine();
const newer = await withNewerEngine<NewerEngine>(() => startNewerEngine());
afterAll(() => newer?.stop(), 60_000);

/** What a step sees, with cgroups of version 1 or 2. */
const script = [
  'cg=/sys/fs/cgroup',
  'first() { for file; do [ -r "$file" ] && cat "$file" && return; done; echo none; }',
  'echo "memory: $(first $cg/memory/memory.limit_in_bytes $cg/memory.max)"',
  'echo "shares: $(first $cg/cpu/cpu.shares $cg/cpu.weight)"',
  'echo "quota: $(first $cg/cpu/cpu.cfs_quota_us $cg/cpu.max)"',
  'echo "cpus: $(first $cg/cpuset/cpuset.cpus $cg/cpuset.cpus)"',
  'echo "nodes: $(first $cg/cpuset/cpuset.mems $cg/cpuset.mems)"',
  'echo "files: $(ulimit -S -n):$(ulimit -H -n)"',
  'echo "shm: $(df /dev/shm | tail -n 1)"',
  'echo "group: $(cat /proc/self/cgroup)"',
].join('; ');

const ulimits = ['nofile=100:200'];
const shmSize = 8 * 1024 * 1024;
const cgroupParent = '/drydock-limits';

describe.each([
  ['this engine', () => real?.address.url],
  ['a newer engine', () => newer && `unix://${newer.socket}`],
])('%s', (_, addressOf) => {
  const url = addressOf();
  describe.skipIf(real === undefined || url === undefined)('a step', () => {
    let fixture: EngineFixture;
    let major: number;
    beforeAll(async () => {
      const address = await findAddress(url!);
      fixture = await createFixture({ address, engine: await connect(address) });
      major = Number((await fixture.engine.version()).version.split('.')[0]);
    });
    afterAll(() => fixture.close());

    async function build(more: Partial<BuildRequest>): Promise<readonly BuildEvent[]> {
      const Dockerfile = `FROM ${fixture.image}\nRUN : ${randomUUID()}; ${script}\n`;
      return readAll(buildFiles(fixture.engine, { Dockerfile }, more));
    }

    const logOf = (events: readonly BuildEvent[]): string =>
      events.map((event) => (event.kind === 'log' ? event.text : '')).join('');
    const warningsOf = (events: readonly BuildEvent[]): readonly string[] =>
      events.flatMap((event) => (event.kind === 'warning' ? [event.text] : []));

    test('has the limits of a docker build line, with the classic builder', async () => {
      const line =
        'DOCKER_BUILDKIT=0 docker build -m 64m --memory-swap 128m -c 512 --cpu-period 100000 --cpu-quota 50000 --cpuset-cpus 0 --cpuset-mems 0 --shm-size 8m --ulimit nofile=100:200 --cgroup-parent /drydock-limits .';
      const { context, dockerfile, tags, ...limits } = requestOf(
        specOfLine(line, { folder: '/', variables: {} }).spec,
        { folder: '/', variables: {} },
      );
      expect([context.kind, dockerfile, tags]).toEqual(['directory', '/Dockerfile', []]);
      const events = await build(limits);
      const log = logOf(events);
      expect(log).toMatch(/^memory: 67108864$/m);
      // Version 2 has weights instead of shares.
      expect(log).toMatch(/^shares: (?:512|20)$/m);
      expect(log).toMatch(/^quota: 50000(?: 100000)?$/m);
      expect(log).toMatch(/^cpus: 0$/m);
      expect(log).toMatch(/^nodes: 0$/m);
      expect(log).toMatch(/^files: 100:200$/m);
      expect(log).toMatch(/^shm: .*\s8192\s/m);
      expect(log).toMatch(/:\/drydock-limits\/|^group: 0::\/$/m);
      expect(warningsOf(events)).toEqual([]);
    });

    test('has no limits without options, with the classic builder', async () => {
      const log = logOf(await build({ classicBuilder: true }));
      expect(log).not.toMatch(/^memory: 67108864$/m);
      expect(log).not.toMatch(/^files: 100:200$/m);
      expect(log).not.toContain('/drydock-limits');
    });

    test('has the limits that its BuildKit supports', async () => {
      const events = await build({ ulimits, shmSize, cgroupParent });
      const log = logOf(events);
      if (major < 23) {
        expect(warningsOf(events)).toEqual([
          'No effect on this build: --shm-size, --ulimit, --cgroup-parent (requires BuildKit 0.10, or the classic builder with `DOCKER_BUILDKIT=0`)',
        ]);
        expect(log).not.toMatch(/^files: 100:200$/m);
        return;
      }
      expect(warningsOf(events)).toEqual([]);
      expect(log).toMatch(/^files: 100:200$/m);
      expect(log).toMatch(/^shm: .*\s8192\s/m);
      expect(log).toMatch(/:\/drydock-limits\/|^group: 0::\/$/m);
    });

    test('is built with a warning about limits that its BuildKit ignores', async () => {
      const { apiVersion } = await fixture.engine.version();
      const isSupported = Number(apiVersion.split('.')[1]) >= 55;
      const limits = { memory: 64 * 1024 * 1024, cpuShares: 512 };
      const warnings = warningsOf(await build({ limits }));
      expect(warnings).toEqual(
        isSupported
          ? []
          : [
              'No effect on this build: --memory, --cpu-shares (requires BuildKit 0.31, or the classic builder with `DOCKER_BUILDKIT=0`)',
            ],
      );
    });

    test('is refused with what the classic builder does not support', async () => {
      const secrets = [{ id: 'a', from: { kind: 'value', value: 'b' } }] as const;
      const error = await engineErrorOf(build({ secrets, classicBuilder: true }));
      expect(error.message).toBe(
        'The classic builder does not support --secret: build without `DOCKER_BUILDKIT=0`',
      );
    });
  });
});
