import { expect, test } from 'vitest';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { prunableLater } from './second-prune.ts';

test('counts objects used only by the removed containers', async () => {
  const { engine } = fakeEngine({
    containers: [
      { name: 'a', id: 'a', imageId: 'one', volumes: ['data'], networks: ['bridge', 'shop'] },
      { name: 'b', id: 'b', imageId: 'one', networks: ['bridge'] },
    ],
  });
  const later = prunableLater(await engine.containers());
  expect([later([]), later(['a']), later(['b']), later(['a', 'b'])]).toEqual([0, 2, 0, 3]);
});
