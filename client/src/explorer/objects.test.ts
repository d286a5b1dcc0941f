import { expect, test } from 'vitest';
import { readItems, formatItems } from '../../../test/outline.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import type { Context } from '../engine/contexts.ts';
import { containerItems, containersView, defaultContainersOptions } from './containers.ts';
import { contextItems } from './contexts.ts';
import { imageItems, defaultImagesOptions } from './images.ts';
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

test('volumes show users and size; anonymous volumes are grouped last', async () => {
  const sizes = new Map([
    ['data', 2_000_000],
    [anonymous, 1_000],
  ]);
  const items = await readItems(
    volumesView(() => ({ filter: '', sizes })),
    world.engine,
  );
  expect(formatItems(items)).toMatchInlineSnapshot(`
    "(database) cache  unused · nfs
    (database) data  2 MB · used by db, old
      (warning charts.yellow) db  busybox:latest
      (error charts.red) old  busybox:latest · not running
    (files) Anonymous volumes  2 · 1 unused · 1 kB
      (database) eeeeeeeeeeee  unused
      (database) ffffffffffff  1 kB · used by old
        (error charts.red) old  busybox:latest · not running"
  `);
  expect(items.at(-1)?.accessibilityLabel).toBe('Anonymous volumes, 2, 1 unused, 1 kB');
});

test('networks show subnet and connected containers; built-in networks are last', async () => {
  const items = await readItems(
    networksView(() => ({ filter: '' })),
    world.engine,
  );
  expect(formatItems(items)).toMatchInlineSnapshot(`
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

test('a filter matches all its words, also in connected containers, and is shown next to the title', async () => {
  const view = networksView(() => ({ filter: ' WEB internal-no ' }));
  expect(await readItems(view, world.engine)).toEqual([]);
  expect(view.description?.()).toBe('Filter: WEB internal-no');
  const shown = await readItems(
    networksView(() => ({ filter: 'web' })),
    world.engine,
  );
  expect(shown.map(({ label }) => label)).toEqual(['edge', 'shop']);
});

test.each([
  ['state', ['running', 'exited']],
  ['image', ['busybox:latest', 'nginx:1.27']],
  ['network', ['shop', 'edge', 'Other']],
  ['none', ['db', 'web', 'old']],
] as const)('groups containers by %s', async (groupBy, labels) => {
  const options = { ...defaultContainersOptions, groupBy };
  const items = containerItems(await world.engine.containers(), { options });
  expect(items.map(({ label }) => label)).toEqual(labels);
  const ids = items.flatMap((item) => [item.id, ...(item.children ?? []).map(({ id }) => id)]);
  expect(new Set(ids).size).toBe(ids.length);
});

test.each([
  ['name', ['db', 'old', 'web']],
  ['image', ['db', 'old', 'web']],
] as const)('sorts containers by %s', async (sortBy, labels) => {
  const options = { ...defaultContainersOptions, groupBy: 'none', sortBy } as const;
  const items = containerItems(await world.engine.containers(), { options });
  expect(items.map(({ label }) => label)).toEqual(labels);
});

test('shows the configured columns in order', async () => {
  const options = {
    ...defaultContainersOptions,
    groupBy: 'none',
    columns: ['networks', 'image'],
  } as const;
  const items = containerItems(await world.engine.containers(), { options });
  const web = items.find(({ label }) => label === 'web');
  expect(web?.description).toBe('shop, edge · nginx:1.27');
});

test('the badge counts each unhealthy container once', async () => {
  const view = containersView(() => ({ ...defaultContainersOptions, groupBy: 'network' }));
  const items = await readItems(view, world.engine);
  expect(view.badge?.(items)).toEqual({ value: 1, tooltip: '1 unhealthy container' });
  const healthy = items.filter(({ label }) => label === 'edge');
  expect(view.badge?.(healthy)).toBeUndefined();
});

test('uptime advances without reading from the engine', () => {
  const readAt = new Date('2026-01-01T00:00:00Z');
  const stateText = (status: string, seconds: number) => {
    const container = { ...world.container('web'), status };
    const now = new Date(readAt.getTime() + seconds * 1000);
    const options = { ...defaultContainersOptions, groupBy: 'none', columns: ['uptime'] } as const;
    return containerItems([container], { options, readAt: () => readAt.getTime(), now })[0]
      ?.description;
  };
  expect(stateText('Up 1 second', 0)).toBe('< 1 min');
  expect(stateText('Up 1 second', 60)).toBe('1 min');
  expect(stateText('Up 59 minutes', 120)).toBe('1 h');
  expect(stateText('Up 2 hours', 1800)).toBe('2 h');
});

test('lists images without groups, by size, without dangling images', async () => {
  const options = {
    ...defaultImagesOptions,
    groupBy: 'none',
    sortBy: 'size',
    dangling: false,
  } as const;
  const items = imageItems(await world.engine.images(), [], { now: new Date(), options });
  expect(items.map(({ label }) => label)).toEqual(['b:1', 'a:1', 'a:2']);
  const red = imageItems(await world.engine.images(), [], {
    now: new Date(),
    options: { ...options, filter: 'team=red' },
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

test('marks the context of this window and the default Docker context', () => {
  const address = {
    endpoint: { kind: 'socket', path: '/var/run/docker.sock' },
    source: 'window',
    context: 'default',
    url: 'unix:///var/run/docker.sock',
  } as const;
  expect(formatItems(contextItems(contexts, { address, version }, undefined)))
    .toMatchInlineSnapshot(`
    "(vm-active charts.green) default  this machine · this window · Docker 28.5.2
    (vm) box  ssh://me@box · default Docker context"
  `);
  expect(contextItems(contexts, { address }, 'DOCKER_HOST')[1]?.description).toBe('ssh://me@box');
});

test('an address without a context has its own row with its source', () => {
  const address = {
    endpoint: { kind: 'tcp', host: 'a', port: 1 },
    source: 'DOCKER_HOST',
    url: 'tcp://a:1',
  } as const;
  const [first] = contextItems(contexts, { address }, 'DOCKER_HOST');
  expect(first?.accessibilityLabel).toBe('tcp://a:1, from DOCKER_HOST, this window, not connected');
});
