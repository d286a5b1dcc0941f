import { describe, expect, test } from 'vitest';
import { trial } from '../../../../test/command-trial.ts';
import createNetwork from '../networks/create.ts';
import createVolume from './create.ts';
import computeSizes from './measure.ts';
import removeVolume from './remove.ts';

describe('volumes', () => {
  test('removes an unused volume and refuses one in use', async () => {
    const world = {
      containers: [{ name: 'db', state: 'exited' as const, volumes: ['data'] }],
      volumes: [{ name: 'data' }, { name: 'old' }],
    };
    const t = trial(world, ['Remove']);
    await t.run(removeVolume, ...(await t.world.engine.volumes()));
    expect(t.seen).toEqual([
      'warning: Could not remove data: container db uses it. Remove the container first.',
      'confirm: Remove volume old? (All files in the volume will be deleted. This cannot be undone.) [Remove]',
    ]);
    expect((await t.world.engine.volumes()).map(({ name }) => name)).toEqual(['data']);
  });

  test('are created, with a check of the name while it is typed', async () => {
    const t = trial({ volumes: [{ name: 'data' }] }, ['data', 'net', '10.0.0.0/33', 'ok', '']);
    await t.run(createVolume);
    await t.run(createNetwork);
    await t.run(createNetwork);
    expect(t.seen).toEqual([
      'ask: Create Volume ‹› → A volume named data already exists.',
      'ask: Create Network ‹›',
      'ask: Create Network net: Subnet ‹› → Enter a subnet in CIDR notation, such as 172.28.0.0/16.',
      'ask: Create Network ‹›',
      'ask: Create Network ok: Subnet ‹›',
    ]);
    expect(t.world.calls).toContain('createNetwork ok');
  });

  test('sizes are computed by the command', async () => {
    const t = trial({ volumes: [{ name: 'data' }] });
    await t.run(computeSizes);
    expect([...t.tools.volumeSizes]).toEqual([['data', 1000]]);
  });
});
