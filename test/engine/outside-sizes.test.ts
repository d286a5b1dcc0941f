/** Sizes of layers that are not in the image: the build cache reports them as large as the files that were written. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BuildRequest } from '../../contract/build.ts';
import { readDockerfile } from '../../client/src/build/dockerfile/read-dockerfile.ts';
import { BuildRun } from '../../client/src/build/view/build-run.ts';
import { cacheSizes } from '../../client/src/build/view/cache-sizes.ts';
import type { EngineFixture } from './contract.ts';
import { connectRealEngine, createFixture } from './real-engine.ts';

const real = await connectRealEngine();
let fixture: EngineFixture;
let folder: string;
beforeAll(async () => {
  if (real) fixture = await createFixture(real);
  folder = await mkdtemp(path.join(tmpdir(), 'drydock-'));
});
afterAll(async () => {
  if (real) await fixture.close();
  await rm(folder, { recursive: true });
});

/** Builds, and returns the sizes as `line: bytes`. */
async function sizesOf(text: string): Promise<readonly string[]> {
  const { engine } = fixture;
  const dockerfile = path.join(folder, 'Dockerfile');
  await writeFile(dockerfile, text);
  await writeFile(path.join(folder, 'file'), 'x'.repeat(70_000));
  const request: BuildRequest = {
    context: { kind: 'directory', path: folder },
    dockerfile,
    tags: ['drydock-test-outside:dev'],
  };
  const run = new BuildRun({ request, title: 'outside' }, text);
  await run.run(engine, readDockerfile(text, request));
  expect(run.state).toBe('done');
  const records = await engine.buildCache(new AbortController().signal);
  return [...cacheSizes(run, records)].map(([{ line }, size]) => `${line}: ${size}`);
}

describe.skipIf(!real)('layers that are not in the image', () => {
  test('have the sizes of their files, also when they were cached, or none on old engines', async () => {
    const { engine, image } = fixture;
    const text = [
      `FROM ${image} AS build`,
      'COPY file /file',
      `RUN head -c 3000000 /dev/zero > /big && \\`,
      `  echo ${randomUUID()} > /id`,
      `FROM ${image}`,
      'COPY --from=build /id /id',
      '',
    ].join('\n');
    const { apiVersion } = await engine.version();
    const isNew = Number(apiVersion.split('.')[1]) >= 42;
    for (const built of [await sizesOf(text), await sizesOf(text)])
      expect(built.filter((one) => !one.startsWith('6:'))).toEqual(
        isNew ? expect.arrayContaining(['3: 3000037']) : [],
      );
    await engine.removeImage('drydock-test-outside:dev', { force: true });
  });
});
