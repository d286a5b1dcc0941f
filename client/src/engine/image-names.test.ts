import { expect, test } from 'vitest';
import type { Image } from './engine.ts';
import { imageNames } from './image-names.ts';

function image(created: string, ...tags: readonly string[]): Image {
  return { id: created, tags, digests: [], size: 1, createdAt: new Date(created), labels: {} };
}

function countingNames(answer: () => Promise<readonly Image[]>) {
  const state = { reads: 0, time: 0 };
  const names = imageNames(
    () => {
      state.reads++;
      return answer();
    },
    () => state.time,
  );
  return { state, names };
}

test('finds names by prefix, the newest image first', async () => {
  const { names } = countingNames(() =>
    Promise.resolve([
      image('2026-01-01', 'app:1', 'other:1'),
      image('2026-02-01', 'app:2', '<none>:<none>'),
    ]),
  );
  expect(await names.search('app')).toEqual(['app:2', 'app:1']);
  expect(await names.search('')).toEqual(['app:2', 'app:1', 'other:1']);
});

test('lists the images once for simultaneous requests, and again after five seconds', async () => {
  const { names, state } = countingNames(() => Promise.resolve([image('2026-01-01', 'a:1')]));
  await Promise.all([names.search('a'), names.search('')]);
  state.time = 4000;
  await names.search('a');
  expect(state.reads).toBe(1);
  state.time = 6000;
  await names.search('a');
  expect(state.reads).toBe(2);
});

test('returns no names without an engine, and lists the images again at the next request', async () => {
  const answers: readonly Image[][] = [[], [image('2026-01-01', 'a:1')]];
  const { names, state } = countingNames(() => Promise.resolve(answers[state.reads - 1] ?? []));
  expect(await names.search('')).toEqual([]);
  expect(await names.search('')).toEqual(['a:1']);
  const failing = countingNames(() => Promise.reject(new Error('gone')));
  expect(await failing.names.search('')).toEqual([]);
});
