import { expect, test } from 'vitest';
import { reportTransfer, transferState } from './transfer-progress.ts';

test('reports layers and bytes of a pull', () => {
  const state = transferState([
    { layer: 'a', status: 'Pull complete', current: 61_000_000, total: 61_000_000 },
    { layer: 'b', status: 'Downloading', current: 3_000_000, total: 67_000_000 },
  ]);
  expect(state).toEqual({ message: '1 of 2 layers · 64 MB of 128 MB', fraction: 0.5 });
});

test('reports the size of a layer whose download was not reported', async () => {
  async function* progress() {
    yield await Promise.resolve({ layer: 'a', status: 'Pulling fs layer' });
    yield { layer: 'a', status: 'Extracting', current: 1_000_000, total: 3_000_000 };
    yield { layer: 'a', status: 'Pull complete' };
  }
  const reports: string[] = [];
  await reportTransfer(progress(), (message) => reports.push(message));
  expect(reports).toEqual([
    '0 of 1 layer',
    '0 of 1 layer · 3 MB of 3 MB',
    '1 of 1 layer · 3 MB of 3 MB',
  ]);
});
