import { describe, expect, test } from 'vitest';
import { trial } from '../../../../test/command-trial.ts';
import createNetwork from '../networks/create.ts';
import createVolume from './create.ts';
import measure from './measure.ts';
import removeVolume from './remove.ts';

describe('volumes', () => {
  test('a volume that is used is not offered, another goes with its files', async () => {
    const world = {
      containers: [{ name: 'db', state: 'exited' as const, volumes: ['data'] }],
      volumes: [{ name: 'data' }, { name: 'old' }],
    };
    const t = trial(world, ['Remove']);
    await t.run(removeVolume, ...(await t.world.engine.volumes()));
    expect(t.seen).toEqual([
      'warn: data cannot be removed while db has it. Remove the container first, or stop using it there.',
      'confirm: Remove volume old? (All files in it are lost; nothing brings them back.) [Remove]',
    ]);
    expect((await t.world.engine.volumes()).map(({ name }) => name)).toEqual(['data']);
  });

  test('are created; a name that is taken is told as typed', async () => {
    const t = trial({ volumes: [{ name: 'data' }] }, ['data', 'net', '10.0.0.0/33', 'ok', '']);
    await t.run(createVolume);
    await t.run(createNetwork);
    await t.run(createNetwork);
    expect(t.seen).toEqual([
      'ask: Create Volume ‹› → There is a volume named data already.',
      'ask: Create Network ‹›',
      'ask: Create Network net: which subnet? ‹› → A subnet is an address and a number of bits, such as 172.28.0.0/16.',
      'ask: Create Network ‹›',
      'ask: Create Network ok: which subnet? ‹›',
    ]);
    expect(t.world.calls).toContain('createNetwork ok');
  });

  test('sizes are measured when asked for', async () => {
    const t = trial({ volumes: [{ name: 'data' }] });
    await t.run(measure);
    expect([...t.tools.volumeSizes]).toEqual([['data', 1000]]);
  });
});
