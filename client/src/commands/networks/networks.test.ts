import { describe, expect, test } from 'vitest';
import { trial } from '../../../../test/command-trial.ts';
import removeNetwork from './remove.ts';

describe('networks', () => {
  test('does not remove a network with running containers', async () => {
    const world = {
      containers: [{ name: 'web', networks: ['shop'] }],
      networks: [{ name: 'shop' }, { name: 'idle' }],
    };
    const t = trial(world, ['Remove']);
    const own = (await t.world.engine.networks()).filter(({ builtin }) => !builtin);
    await t.run(removeNetwork, ...own);
    expect(t.seen[0]).toBe(
      'warning: Could not remove shop: container web is connected. Stop the container first.',
    );
    expect((await t.world.engine.networks()).map(({ name }) => name)).not.toContain('idle');
  });
});
