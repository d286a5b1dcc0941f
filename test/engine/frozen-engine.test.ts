/** An engine whose process is stopped: its socket accepts connections, and nothing answers. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../../client/src/engine/docker-api/connect.ts';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import type { Engine } from '../../client/src/engine/engine.ts';
import { startDaemon, type Daemon } from '../../scripts/setup/engine.mts';
import { whereIs } from '../../scripts/setup/run.mts';
import { engineErrorOf, readAll, withTimeout, type EngineFixture } from './contract.ts';
import { engineCalls } from './engine-calls.ts';
import { createFixture } from './real-engine.ts';
import { shortLimits } from './short-limits.ts';

const isPossible = process.getuid?.() === 0 && whereIs('dockerd') !== undefined;

let folder: string;
let daemon: Daemon;
let engine: Engine;
let fixture: EngineFixture;

beforeAll(async () => {
  if (!isPossible) return;
  folder = await mkdtemp(join(tmpdir(), 'drydock-frozen-'));
  daemon = await startDaemon({ socket: join(folder, 'docker.sock'), secluded: true });
  const address = await findAddress(`unix://${daemon.socket}`);
  fixture = await createFixture({ address, engine: await connect(address) });
  engine = await connect(address, shortLimits);
});
afterAll(async () => {
  if (!isPossible) return;
  await fixture.close();
  await daemon.stop();
  await rm(folder, { recursive: true, force: true });
});

test.runIf(isPossible)(
  'ends every call and stream with an error, and works again later',
  async () => {
    const calls = await engineCalls(fixture);
    const id = await fixture.create({ lines: ['one'] });
    const { signal } = new AbortController();
    const shell = await engine.exec(id, ['sh', '-c', 'echo ready; sleep 1000'], { tty: false });
    const output = shell.output[Symbol.asyncIterator]();
    await output.next();
    const log = engine.logs(id, { follow: true, tail: 10 }, signal)[Symbol.asyncIterator]();
    await log.next();
    const streams: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['events', () => readAll(engine.events(signal))],
      ['a shell', () => output.next()],
      ['a log', () => log.next()],
    ];
    const running = streams.map(([name, read]) => ({ name, error: engineErrorOf(read()) }));
    daemon.freeze();
    try {
      const found = [...calls.map(({ name, run }) => ({ name, error: engineErrorOf(run(engine)) })), ...running]; // prettier-ignore
      for (const { name, error } of found) {
        const { kind, message } = await withTimeout(error, name);
        const expected = `The engine at unix://${daemon.socket} is not responding`;
        expect([name, kind, message]).toEqual([name, 'not-running', expected]);
      }
      const attempt = connect(await findAddress(`unix://${daemon.socket}`), shortLimits);
      expect((await engineErrorOf(attempt)).kind).toBe('not-running');
    } finally {
      daemon.thaw();
    }
    const again = await connect(await findAddress(`unix://${daemon.socket}`));
    expect((await again.containers()).map((one) => one.id)).toContain(id);
  },
);
