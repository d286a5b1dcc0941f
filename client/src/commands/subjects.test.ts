import { expect, test } from 'vitest';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import rename from './containers/rename.ts';
import start from './containers/start.ts';
import stop from './containers/stop.ts';
import { candidates, choicesOf, accepts, targetsOf } from './subjects.ts';
import { containerItems } from '../explorer/containers.ts';
import type { Item } from '../explorer/item.ts';

test('a picker lists the items that the command can act on, by full name', async () => {
  const { engine } = fakeEngine({
    containers: [
      { name: 'shop-web-1', project: 'shop', service: 'web', state: 'exited', exitCode: 0 },
      { name: 'shop-db-1', project: 'shop', service: 'db', state: 'running' },
    ],
  });
  const items = containerItems(await engine.containers());
  expect(choicesOf(candidates(items, start)).map(({ label }) => label)).toEqual(['shop-web-1']);
});

test('a group stands for its items when the command accepts groups', async () => {
  const { engine } = fakeEngine({
    containers: [
      { name: 'shop-web-1', project: 'shop', service: 'web', state: 'exited', exitCode: 0 },
      { name: 'shop-db-1', project: 'shop', service: 'db', state: 'running' },
      { name: 'alone', state: 'exited', exitCode: 0 },
    ],
  });
  const items = containerItems(await engine.containers());
  const shop = items.filter(({ label }) => label === 'shop');
  const [web] = shop.flatMap(({ children }) => children ?? []).filter((row) => accepts(row, start));
  const names = (rows: readonly Item[]) => rows.map(({ label }) => label);
  expect(names(targetsOf(shop, start))).toEqual(['web']);
  expect(names(targetsOf([...shop, web!], start))).toEqual(['web']);
  expect(names(targetsOf(shop, stop))).toEqual(['db']);
  expect(names(targetsOf(shop, rename))).toEqual([]);
});
