import { expect, test } from 'vitest';
import { itemsOf, outline } from '../../../test/outline.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import type { Context } from '../engine/contexts.ts';
import { containerItems, containersView, usualContainersLook } from './containers.ts';
import { contextItems } from './contexts.ts';
import { imageItems, usualImagesLook } from './images.ts';
import { networksView } from './networks.ts';
import { volumesView } from './volumes.ts';

const anonymous = 'f'.repeat(64);
const world = fakeEngine({
  containers: [
    { name: 'web', project: 'shop', image: 'nginx:1.27', networks: ['shop', 'edge'] },
    { name: 'db', project: 'shop', volumes: ['data'], networks: ['shop'], health: 'unhealthy' },
    { name: 'old', state: 'exited', exitCode: 1, volumes: ['data', anonymous], networks: [] },
  ],
  volumes: [
    { name: 'data' },
    { name: 'cache', driver: 'nfs' },
    { name: anonymous, anonymous: true },
    { name: 'e'.repeat(64), anonymous: true },
  ],
  networks: [
    { name: 'shop', subnets: [{ subnet: '172.20.0.0/16' }] },
    { name: 'edge', internal: true },
    { name: 'spare' },
  ],
  images: [
    { id: 'sha256:1', tags: ['b:1'], size: 5_000_000, labels: { team: 'red' } },
    { id: 'sha256:2', tags: ['a:1', 'a:2'], size: 1_000_000 },
    { id: 'sha256:3', tags: [] },
  ],
});

test('volumes say who uses them and how big they are, anonymous ones stand together below', async () => {
  const sizes = new Map([
    ['data', 2_000_000],
    [anonymous, 1_000],
  ]);
  const items = await itemsOf(
    volumesView(() => ({ filter: '', sizes })),
    world.engine,
  );
  expect(outline(items)).toMatchInlineSnapshot(`
    "(database) cache  unused · nfs
    (database) data  2 MB · used by db, old
      (warning charts.yellow) db  busybox:latest
      (error charts.red) old  busybox:latest · not running
    (files) anonymous  2 · 1 unused · 1 kB
      (database) eeeeeeeeeeee  unused
      (database) ffffffffffff  1 kB · used by old
        (error charts.red) old  busybox:latest · not running"
  `);
  expect(items.at(-1)?.spoken).toBe('Anonymous volumes, 2, 1 unused, 1 kB');
});

test('networks say their subnet and who is connected, those always there stand last', async () => {
  const items = await itemsOf(
    networksView(() => ({ filter: '' })),
    world.engine,
  );
  expect(outline(items)).toMatchInlineSnapshot(`
    "(type-hierarchy-sub) edge  internal · web
      (circle-filled charts.green) web  nginx:1.27
    (type-hierarchy-sub) shop  172.20.0.0/16 · web, db
      (circle-filled charts.green) web  nginx:1.27
      (warning charts.yellow) db  busybox:latest
    (type-hierarchy-sub) spare  unused
    (globe) bridge  172.17.0.0/16
    (globe) host  
    (globe) none  "
  `);
});

test('a filter looks for all its words, also in who uses it, and is told beside the title', async () => {
  const view = networksView(() => ({ filter: ' WEB internal-no ' }));
  expect(await itemsOf(view, world.engine)).toEqual([]);
  expect(view.note?.()).toBe('only “WEB internal-no”');
  const shown = await itemsOf(
    networksView(() => ({ filter: 'web' })),
    world.engine,
  );
  expect(shown.map(({ label }) => label)).toEqual(['edge', 'shop']);
});

test.each([
  ['state', ['running', 'exited']],
  ['image', ['busybox:latest', 'nginx:1.27']],
  ['network', ['shop', 'edge', 'other']],
  ['none', ['web', 'db', 'old']],
] as const)('containers by %s', async (groupBy, labels) => {
  const look = { ...usualContainersLook, groupBy };
  const items = containerItems(await world.engine.containers(), { look });
  expect(items.map(({ label }) => label)).toEqual(labels);
  const ids = items.flatMap((item) => [item.id, ...(item.children ?? []).map(({ id }) => id)]);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each([
  ['name', ['db', 'old', 'web']],
  ['image', ['db', 'old', 'web']],
] as const)('containers sorted by %s', async (sortBy, labels) => {
  const look = { ...usualContainersLook, groupBy: 'none', sortBy } as const;
  const items = containerItems(await world.engine.containers(), { look });
  expect(items.map(({ label }) => label)).toEqual(labels);
});

test('columns are what was chosen, in that order', async () => {
  const look = { ...usualContainersLook, groupBy: 'none', columns: ['networks', 'image'] } as const;
  const [web] = containerItems(await world.engine.containers(), { look });
  expect(web?.description).toBe('shop, edge · nginx:1.27');
});

test('unhealthy containers are counted on the icon, each once', async () => {
  const view = containersView(() => ({ ...usualContainersLook, groupBy: 'network' }));
  const items = await itemsOf(view, world.engine);
  expect(view.badge?.(items)).toEqual({ value: 1, tooltip: '1 unhealthy container' });
  const calm = items.filter(({ label }) => label === 'edge');
  expect(view.badge?.(calm)).toBeUndefined();
});

test('the time a container is up goes on without the engine', () => {
  const read = new Date('2026-01-01T00:00:00Z');
  const words = (status: string, seconds: number) => {
    const container = { ...world.container('web'), status };
    const now = new Date(read.getTime() + seconds * 1000);
    const look = { ...usualContainersLook, groupBy: 'none', columns: ['state'] } as const;
    return containerItems([container], { look, read, now })[0]?.description;
  };
  expect(words('Up 1 second', 0)).toBe('up < 1 min');
  expect(words('Up 1 second', 60)).toBe('up 1 min');
  expect(words('Up 59 minutes', 120)).toBe('up 1 h');
  expect(words('Up 2 hours', 1800)).toBe('up 2 h');
});

test('images flat, by size, without those that have no name', async () => {
  const look = { ...usualImagesLook, groupBy: 'none', sortBy: 'size', dangling: false } as const;
  const items = imageItems(await world.engine.images(), [], { now: new Date(), look });
  expect(items.map(({ label }) => label)).toEqual(['b:1', 'a:1', 'a:2']);
  const red = imageItems(await world.engine.images(), [], {
    now: new Date(),
    look: { ...look, filter: 'team=red' },
  });
  expect(red.map(({ label }) => label)).toEqual(['b:1']);
});

const context = (name: string, host: string, rest: Partial<Context> = {}): Context => ({
  name,
  host,
  description: '',
  builtin: name === 'default',
  current: false,
  ...rest,
});
const contexts = [
  context('default', 'unix:///var/run/docker.sock'),
  context('box', 'ssh://me@box', { current: true }),
];
const version = {
  version: '28.5.2',
  apiVersion: '1.51',
  os: 'linux',
  architecture: 'amd64',
  product: 'docker',
} as const;

test('contexts tell this window and the docker command apart', () => {
  const address = {
    place: { kind: 'socket', path: '/var/run/docker.sock' },
    source: 'window',
    context: 'default',
    url: 'unix:///var/run/docker.sock',
  } as const;
  expect(outline(contextItems(contexts, { address, version }, undefined))).toMatchInlineSnapshot(`
    "(vm-active charts.green) default  this machine · this window · Docker 28.5.2
    (vm) box  ssh://me@box · docker command"
  `);
  expect(contextItems(contexts, { address }, 'DOCKER_HOST')[1]?.description).toBe('ssh://me@box');
});

test('an address that no context names has a row of its own, which says who named it', () => {
  const address = {
    place: { kind: 'tcp', host: 'a', port: 1 },
    source: 'DOCKER_HOST',
    url: 'tcp://a:1',
  } as const;
  const [first] = contextItems(contexts, { address }, 'DOCKER_HOST');
  expect(first?.spoken).toBe('tcp://a:1, by DOCKER_HOST, this window, not connected');
});
