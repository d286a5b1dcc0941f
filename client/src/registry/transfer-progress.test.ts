import { expect, test } from 'vitest';
import { follow, transferState } from './transfer-progress.ts';

test('a pull tells layers and bytes', () => {
  const state = transferState([
    { layer: 'a', status: 'Pull complete', current: 61_000_000, total: 61_000_000 },
    { layer: 'b', status: 'Downloading', current: 3_000_000, total: 67_000_000 },
  ]);
  expect(state).toEqual({ words: '1 of 2 layers · 64 MB of 128 MB', fraction: 0.5 });
});

test('a layer that came before the engine told of its loading says its size all the same', async () => {
  async function* told() {
    yield await Promise.resolve({ layer: 'a', status: 'Pulling fs layer' });
    yield { layer: 'a', status: 'Extracting', current: 1_000_000, total: 3_000_000 };
    yield { layer: 'a', status: 'Pull complete' };
  }
  const reports: string[] = [];
  await follow(told(), (words) => reports.push(words));
  expect(reports).toEqual([
    '0 of 1 layers',
    '0 of 1 layers · 3 MB of 3 MB',
    '1 of 1 layers · 3 MB of 3 MB',
  ]);
});
