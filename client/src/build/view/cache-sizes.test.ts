import { expect, test } from 'vitest';
import type { CacheRecord } from '../../engine/objects.ts';
import { readDockerfile } from '../dockerfile/read-dockerfile.ts';
import { BuildRun } from './build-run.ts';
import { cacheSizes } from './cache-sizes.ts';

const text =
  'FROM base AS build\nCOPY a  ./\nRUN --mount=type=cache,target=/c make \\\n  all\nRUN ["tool", "x"]\n\nFROM base\nCOPY --from=build /a /a\n';
const names = {
  copy: '[build 2/4] COPY a  ./',
  run: '[build 3/4] RUN --mount=type=cache,target=/c make   all',
};

async function built(): Promise<BuildRun> {
  const request = {
    context: { kind: 'directory', path: '/none' },
    dockerfile: '/none/Dockerfile',
    tags: [],
  } as const;
  const run = new BuildRun({ title: 'shop', request }, text);
  run.startedAt = new Date(1_000_000);
  run.dockerfile = await readDockerfile(text, request);
  for (const name of Object.values(names))
    run.steps.apply({ kind: 'step', id: name, name, state: 'done', duration: 1 }, 0);
  return run;
}

/** The last use is in milliseconds after the build began. */
function record(description: string, size: number, lastUsed: number): CacheRecord {
  return {
    id: `${description} ${size}`,
    type: 'regular',
    description,
    size,
    inUse: false,
    shared: false,
    createdAt: new Date(0),
    lastUsedAt: new Date(1_000_000 + lastUsed),
  };
}

async function sizes(...records: readonly CacheRecord[]): Promise<readonly string[]> {
  const found = cacheSizes(await built(), records);
  return [...found].map(([{ keyword }, size]) => `${keyword} ${size}`);
}

const make = 'mount / from exec /bin/sh -c make   all';

test('finds the record of a step by its name, and of RUN by its command', async () => {
  expect(await sizes(record(names.copy, 5, 100), record(make, 7, 100))).toEqual([
    'COPY 5',
    'RUN 7',
  ]);
});

test('takes the record that this build has used if another build has one too', async () => {
  expect(await sizes(record(make, 6, -100_000), record(make, 7, 100))).toEqual(['RUN 7']);
});

test('takes the only record of a cached step, although it was not used again', async () => {
  expect(await sizes(record(make, 6, -100_000))).toEqual(['RUN 6']);
});

test('has no size if several records may belong to the step', async () => {
  expect(await sizes(record(make, 6, 50), record(make, 7, 100))).toEqual([]);
  expect(await sizes(record(make, 6, -50_000), record(make, 7, -100_000))).toEqual([]);
});

test('does not take the record of another command or of a cache mount', async () => {
  const mount = { ...record(make, 9, 100), type: 'exec.cachemount' };
  expect(await sizes(record('mount / from exec /bin/sh -c remake all', 6, 1), mount)).toEqual([]);
});
