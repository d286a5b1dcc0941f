import { expect, test } from 'vitest';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { laterOf } from './second-prune.ts';

test('a second prune finds what only the containers of the first one used', async () => {
  const { engine } = fakeEngine({
    containers: [
      { name: 'a', id: 'a', imageId: 'one', volumes: ['data'], networks: ['bridge', 'shop'] },
      { name: 'b', id: 'b', imageId: 'one', networks: ['bridge'] },
    ],
  });
  const later = laterOf(await engine.containers());
  expect([later([]), later(['a']), later(['b']), later(['a', 'b'])]).toEqual([0, 2, 0, 3]);
});
