/** Builds that another program has started. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BuildRecord } from '../../contract/build.ts';
import { connect } from '../../client/src/engine/docker-api/connect.ts';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import type { Engine } from '../../client/src/engine/engine.ts';
import { startNewerEngine, type NewerEngine } from '../../scripts/setup/newer-engine.mts';
import { withNewerEngine } from './buildkit.ts';
import { cliBuild } from './cli-builds.ts';
import { readAll, waitUntil } from './contract.ts';
import { connectRealEngine } from './real-engine.ts';

const newer = await withNewerEngine<NewerEngine>(() => startNewerEngine());
afterAll(() => newer?.stop());

describe.skipIf(!newer)('the history of builds', () => {
  let engine: Engine;
  let folder: string;
  const stop = new AbortController();
  const seen: BuildRecord[] = [];
  let reading: Promise<void>;
  beforeAll(async () => {
    process.env.DOCKER_CONFIG = newer!.env.DOCKER_CONFIG;
    engine = await connect(await findAddress(`unix://${newer!.socket}`));
    folder = await mkdtemp(join(tmpdir(), 'drydock-history-'));
    await writeFile(join(folder, 'file'), 'x');
    reading = (async () => {
      for await (const record of engine.buildHistory(stop.signal)) seen.push(record);
    })();
  });
  afterAll(async () => {
    stop.abort();
    await reading;
    await rm(folder, { recursive: true, force: true });
  });

  const recordOf = async (file: string): Promise<BuildRecord> => {
    const find = () =>
      seen.find(
        ({ state, paths }) => state === 'completed' && paths?.dockerfile === join(folder, file),
      );
    await waitUntil(() => Promise.resolve(find() !== undefined));
    return find()!;
  };

  test('has the steps, text, lines and layers of a build, and no values of its arguments', async () => {
    const text = 'FROM scratch\nARG TOKEN\nCOPY file /one\n\nCOPY file \\\n  /two\n';
    await writeFile(join(folder, 'Good.Dockerfile'), text);
    const args = ['--build-arg', 'TOKEN=hidden-value', '--label', 'a=hidden-label'];
    const file = join(folder, 'Good.Dockerfile');
    const built = await cliBuild(newer!.env, [...args, '-t', 'history:1', '-f', file, folder]);
    expect(built.succeeded, built.output).toBe(true);
    const record = await recordOf('Good.Dockerfile');
    expect(record).toMatchObject({
      argumentNames: ['TOKEN'],
      attributes: { filename: 'Good.Dockerfile' },
      tags: ['history:1'],
      dockerfile: text,
      paths: { context: folder },
    });
    expect(record.completedAt).toBeGreaterThanOrEqual(record.createdAt);
    expect(record.failure).toBeUndefined();
    const idOf = (name: string) => {
      const step = record.events.find(
        (event) => event.kind === 'step' && event.name.includes(name),
      );
      return step?.kind === 'step' ? step.id : '';
    };
    expect(record.places?.[idOf('COPY file /one')]).toMatchObject([{ start: 3 }]);
    expect(record.places?.[idOf('COPY file   /two')]?.[0]).toMatchObject({ start: 5 });
    const { layers } = await engine.inspect('image', 'history:1');
    expect(record.layers?.[idOf('COPY file   /two')]).toEqual(layers);
    expect(JSON.stringify(seen)).not.toMatch(/hidden-/);
    expect(seen.some(({ ref, state }) => ref === record.ref && state === 'started')).toBe(true);
  });

  test('has the reason, the lines and the exit code of a failed build', async () => {
    const text = 'FROM scratch\nCOPY file /one\nCOPY missing /two\n';
    await writeFile(join(folder, 'Bad.Dockerfile'), text);
    const built = await cliBuild(newer!.env, ['-f', join(folder, 'Bad.Dockerfile'), folder]);
    expect(built.succeeded).toBe(false);
    const { failure, dockerfile } = await recordOf('Bad.Dockerfile');
    expect(dockerfile).toBe(text);
    expect(failure).toMatchObject({
      message: '"/missing": not found',
      sources: [{ file: 'Bad.Dockerfile', lines: [{ start: 3, end: 3 }] }],
    });
    expect(failure?.step?.name).toContain('COPY missing');
  });

  test('begins with builds that have ended', async () => {
    const again = new AbortController();
    const names: string[] = [];
    for await (const { paths } of engine.buildHistory(again.signal)) {
      names.push(paths?.dockerfile ?? '');
      if (names.length === 2) again.abort();
    }
    expect(names).toEqual(['Bad.Dockerfile', 'Good.Dockerfile'].map((name) => join(folder, name)));
  });
});

const real = await connectRealEngine();
const version = await real?.engine.version();

describe.skipIf(Number(version?.version.split('.')[0] ?? 99) >= 23)('an engine without it', () => {
  test('reports nothing', async () => {
    expect(await readAll(real!.engine.buildHistory(new AbortController().signal))).toEqual([]);
  });
});
