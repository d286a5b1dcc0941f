import { expect, test } from 'vitest';
import type { Engine } from '../engine/engine.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { sharing } from './shared-reads.ts';

function counted(): { readonly engine: Engine; readonly lists: () => number } {
  const { engine } = fakeEngine({ containers: [{ name: 'web' }] });
  let lists = 0;
  const containers = () => {
    lists += 1;
    return engine.containers();
  };
  return { engine: { ...engine, containers }, lists: () => lists };
}

test('lists that are asked for at once are one request', async () => {
  const { engine, lists } = counted();
  const [one, two] = await Promise.all([
    sharing(engine).containers(),
    Promise.resolve().then(() => sharing(engine).containers()),
  ]);
  expect(one).toBe(two);
  expect(lists()).toBe(1);
});

test('what is asked for later is asked anew', async () => {
  const { engine, lists } = counted();
  await sharing(engine).containers();
  await new Promise((resolve) => setImmediate(resolve));
  await sharing(engine).containers();
  expect(lists()).toBe(2);
});
