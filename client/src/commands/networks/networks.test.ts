import { describe, expect, test } from 'vitest';
import { trial } from '../../../../test/command-trial.ts';
import removeNetwork from './remove.ts';

describe('networks', () => {
  test('a network in use is not removed', async () => {
    const world = {
      containers: [{ name: 'web', networks: ['shop'] }],
      networks: [{ name: 'shop' }, { name: 'idle' }],
    };
    const t = trial(world, ['Remove']);
    const own = (await t.world.engine.networks()).filter(({ builtin }) => !builtin);
    await t.run(removeNetwork, ...own);
    expect(t.seen[0]).toBe('warn: shop cannot be removed while web is connected. Stop it first.');
    expect((await t.world.engine.networks()).map(({ name }) => name)).not.toContain('idle');
  });
});
