import { expect, test } from 'vitest';
import type { Image } from './engine.ts';
import { imageNames } from './image-names.ts';

function image(created: string, ...tags: readonly string[]): Image {
  return { id: created, tags, digests: [], size: 1, createdAt: new Date(created), labels: {} };
}

function counted(answer: () => Promise<readonly Image[]>) {
  const state = { asked: 0, time: 0 };
  const names = imageNames(
    () => {
      state.asked++;
      return answer();
    },
    () => state.time,
  );
  return { state, names };
}

test('names that begin with a prefix, the newest image first', async () => {
  const { names } = counted(() =>
    Promise.resolve([
      image('2026-01-01', 'app:1', 'other:1'),
      image('2026-02-01', 'app:2', '<none>:<none>'),
    ]),
  );
  expect(await names.search('app')).toEqual(['app:2', 'app:1']);
  expect(await names.search('')).toEqual(['app:2', 'app:1', 'other:1']);
});

test('the engine is asked once in a while, and once for several that ask together', async () => {
  const { names, state } = counted(() => Promise.resolve([image('2026-01-01', 'a:1')]));
  await Promise.all([names.search('a'), names.search('')]);
  state.time = 4000;
  await names.search('a');
  expect(state.asked).toBe(1);
  state.time = 6000;
  await names.search('a');
  expect(state.asked).toBe(2);
});

test('without an engine there are none, and it is asked again at the next moment', async () => {
  const answers: readonly Image[][] = [[], [image('2026-01-01', 'a:1')]];
  const { names, state } = counted(() => Promise.resolve(answers[state.asked - 1] ?? []));
  expect(await names.search('')).toEqual([]);
  expect(await names.search('')).toEqual(['a:1']);
  const failing = counted(() => Promise.reject(new Error('gone')));
  expect(await failing.names.search('')).toEqual([]);
});
