import { expect, test } from 'vitest';
import { trial } from '../../../test/command-trial.ts';
import connect from '../commands/containers/connect.ts';
import disconnect from '../commands/containers/disconnect.ts';
import connectTo from '../commands/networks/connect.ts';
import disconnectFrom from '../commands/networks/disconnect.ts';

const world = {
  containers: [
    { name: 'web', networks: ['shop', 'edge'] },
    { name: 'api', networks: ['shop'] },
    { name: 'spare', networks: ['bridge'] },
  ],
  networks: [{ name: 'shop' }, { name: 'edge' }],
};

const networksOf = (t: ReturnType<typeof trial>, name: string) => t.world.container(name).networks;
const network = async (t: ReturnType<typeof trial>, name: string) =>
  (await t.world.engine.networks()).find((one) => one.name === name)!;

test('connects the selected containers that are not in the network yet', async () => {
  const t = trial(world, ['edge']);
  await t.run(connect, t.world.container('web'), t.world.container('api'));
  expect([networksOf(t, 'web'), networksOf(t, 'api')]).toEqual([
    ['shop', 'edge'],
    ['shop', 'edge'],
  ]);
});

test('disconnects a container from one of its networks', async () => {
  const t = trial(world, ['edge']);
  await t.run(disconnect, t.world.container('web'));
  expect(networksOf(t, 'web')).toEqual(['shop']);
});

test('asks before it disconnects a container from its only network', async () => {
  const t = trial(world, []);
  await t.run(disconnect, t.world.container('api'));
  expect(t.seen.join()).toContain('Disconnect api from shop?');
  expect(networksOf(t, 'api')).toEqual(['shop']);
});

test('connects and disconnects containers from the row of a network', async () => {
  const t = trial(world, ['spare', 'api']);
  await t.run(connectTo, await network(t, 'shop'));
  expect(networksOf(t, 'spare')).toEqual(['bridge', 'shop']);
  await t.run(disconnectFrom, await network(t, 'shop'));
  expect(networksOf(t, 'api')).toEqual([]);
});
