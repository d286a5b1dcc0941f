import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeEngine } from '../../../../test/fake-engine/fake-engine.ts';
import { recordingEditor, toolsFor } from '../../../../test/recording-editor.ts';
import { EngineError } from '../../engine/errors.ts';
import { LateFacts } from './late-facts.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-'));
  await mkdir(join(folder, 'node_modules'));
  await writeFile(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY a /\n');
  await writeFile(join(folder, '.dockerignore'), 'node_modules\n');
  await writeFile(join(folder, 'a'), 'x'.repeat(1000));
  await writeFile(join(folder, 'node_modules/b'), 'x'.repeat(5000));
});
afterEach(() => rm(folder, { recursive: true }));

function open(more: Parameters<typeof toolsFor>[0] = fakeEngine({}).engine) {
  const late = new LateFacts(toolsFor(more, recordingEditor([]).editor));
  const changed = vi.fn();
  late.changed = changed;
  return { late, changed };
}

test('reads the size of a context once, with the decisions of its ignore file', async () => {
  const { late, changed } = open();
  const dockerfile = join(folder, 'Dockerfile');
  expect(late.sizeOf(folder, dockerfile)).toBeUndefined();
  await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1));
  expect(late.sizeOf(folder, dockerfile)).toEqual({
    included: { bytes: 1000 + 22 + 13, files: 3 },
    excluded: { bytes: 5000, files: 1 },
    isComplete: true,
    ignoreFile: '.dockerignore',
  });
  expect(changed).toHaveBeenCalledTimes(1);
});

test('reads nothing of a directory that does not exist, and stops when the form is closed', async () => {
  const { late, changed } = open();
  expect(late.sizeOf(join(folder, 'missing'), join(folder, 'Dockerfile'))).toBeUndefined();
  expect(late.sizeOf(folder, join(folder, 'Dockerfile'))).toBeUndefined();
  late.close();
  expect(late.sizeOf(folder, join(folder, 'other'))).toBeUndefined();
  late.askVersion('');
  await new Promise((resolve) => setImmediate(resolve));
  expect(changed).not.toHaveBeenCalled();
  expect([...late.versions]).toEqual([]);
});

test('asks each builder once for its version, and shows nothing for one that does not respond', async () => {
  const asked: (string | undefined)[] = [];
  const { late, changed } = open({
    ...fakeEngine({}).engine,
    builderVersion: (builder) => {
      asked.push(builder);
      return builder === undefined
        ? Promise.resolve('0.25.2')
        : Promise.reject(new EngineError('failed', 'no answer'));
    },
  });
  for (const name of ['', 'farm', '', 'farm']) late.askVersion(name);
  await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1));
  expect(asked).toEqual([undefined, 'farm']);
  expect([...late.versions]).toEqual([
    ['', '0.25.2'],
    ['farm', undefined],
  ]);
});
