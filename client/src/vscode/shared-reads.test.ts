import { expect, test } from 'vitest';
import type { Engine } from '../engine/engine.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { shareReads } from './shared-reads.ts';

function counted(): { readonly engine: Engine; readonly lists: () => number } {
  const { engine } = fakeEngine({ containers: [{ name: 'web' }] });
  let lists = 0;
  const containers = () => {
    lists += 1;
    return engine.containers();
  };
  return { engine: { ...engine, containers }, lists: () => lists };
}

test('merges reads at the same moment into one request', async () => {
  const { engine, lists } = counted();
  const [one, two] = await Promise.all([
    shareReads(engine).containers(),
    Promise.resolve().then(() => shareReads(engine).containers()),
  ]);
  expect(one).toBe(two);
  expect(lists()).toBe(1);
});

test('sends a new request for a later read', async () => {
  const { engine, lists } = counted();
  await shareReads(engine).containers();
  await new Promise((resolve) => setImmediate(resolve));
  await shareReads(engine).containers();
  expect(lists()).toBe(2);
});
