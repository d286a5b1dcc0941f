import { expect, test } from 'vitest';
import { readItems, formatItems } from '../../../test/outline.ts';
import type { Container } from '../engine/engine.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { containerItems, containersView, defaultContainersOptions } from './containers.ts';

let age = 0;
function container(name: string, rest: Partial<Container> = {}): Container {
  age += 1;
  return {
    id: `${name}-id`,
    name,
    image: 'busybox:1.37',
    imageId: 'sha256:1',
    state: 'running',
    status: 'Up 2 hours',
    ports: [],
    createdAt: new Date(Date.UTC(2026, 0, 1) - age * 1000),
    command: 'sleep',
    labels: {},
    volumes: [],
    networks: [],
    ...rest,
  };
}

const shop = (service: string, rest: Partial<Container>): Container =>
  container(`shop-${service}-1`, { project: 'shop', service, ...rest });

test('groups containers by project, named by service, with the state as icon and text', () => {
  const items = containerItems([
    shop('web', {
      image: 'nginx:1.27',
      ports: [
        { container: 80, host: 8080, address: '0.0.0.0', protocol: 'tcp' },
        { container: 80, host: 8080, address: '::', protocol: 'tcp' },
      ],
    }),
    shop('api', {
      image: 'shop-api:dev',
      ports: [{ container: 3000, protocol: 'tcp' }],
      health: 'healthy',
    }),
    shop('db', { image: 'postgres:17', health: 'starting', status: 'Up 3 seconds' }),
    shop('migrate', { state: 'exited', exitCode: 0, status: 'Exited (0) About an hour ago' }),
    container('jupyter', { state: 'paused', status: 'Up 3 minutes (Paused)' }),
    container('train', { state: 'exited', exitCode: 3, status: 'Exited (3) 5 minutes ago' }),
  ]);
  expect(formatItems(items)).toMatchInlineSnapshot(`
    "shop  3 of 4 running
      (circle-filled charts.green) web  nginx:1.27 · 8080→80 · up 2 h
      (circle-filled charts.green) api  shop-api:dev · 3000 · up 2 h · healthy
      (color-mode charts.yellow) db  postgres:17 · up < 1 min · health: starting
      (circle-outline) migrate  busybox:1.37 · exited (0) · 1 h ago
    Other  1 of 2 running
      (debug-pause icon.foreground) jupyter  busybox:1.37 · paused
      (error charts.red) train  busybox:1.37 · exited (3) · 5 min ago"
  `);
});

test('does not group containers without projects; lists running ones first, then the newest', () => {
  const items = containerItems([
    container('old', { state: 'exited', exitCode: 0, status: 'Exited (0) 2 weeks ago' }),
    container('fresh', { state: 'created', status: 'Created' }),
    container('up'),
  ]);
  expect(items.map(({ label }) => label)).toEqual(['up', 'old', 'fresh']);
});

test('lists a project with an unhealthy container first', () => {
  const items = containerItems([
    container('a-web-1', { project: 'a', service: 'web' }),
    container('b-web-1', { project: 'b', service: 'web', health: 'unhealthy' }),
  ]);
  expect(items.map(({ id }) => id)).toEqual(['project/b', 'project/a']);
});

test('keeps the numbers of several containers of one service', () => {
  const [group] = containerItems([
    container('shop-web-1', { project: 'shop', service: 'web' }),
    container('shop-web-2', { project: 'shop', service: 'web' }),
  ]);
  expect(group?.children?.map(({ label }) => label)).toEqual(['web-1', 'web-2']);
});

test('shows out of memory only when inspect reports it', async () => {
  const killed = { state: 'exited', exitCode: 137, status: 'Exited (137) 5 minutes ago' } as const;
  const { engine } = fakeEngine({
    containers: [
      { ...container('train'), ...killed, inspect: { State: { OOMKilled: true } } },
      { ...container('stopped'), ...killed, inspect: { State: { OOMKilled: false } } },
    ],
  });
  const items = await readItems(
    containersView(() => defaultContainersOptions),
    engine,
  );
  expect(formatItems(items)).toMatchInlineSnapshot(`
    "(error charts.red) train  busybox:1.37 · out of memory (137) · 5 min ago
    (circle-outline) stopped  busybox:1.37 · killed (137) · 5 min ago"
  `);
});

test('escapes names from containers in a tooltip', () => {
  const [item] = containerItems([
    container('web', { command: '[x](command:evil) | <img src=x> `a`' }),
  ]);
  expect(item?.tooltip).not.toMatch(/\]\(command|<img/);
  expect(item?.accessibilityLabel).toBe('web, up 2 h, busybox:1.37');
});

test('lists only running containers when show is running', async () => {
  const { engine } = fakeEngine({
    containers: [container('up'), container('down', { state: 'exited', exitCode: 0 })],
  });
  const items = await readItems(
    containersView(() => ({ ...defaultContainersOptions, show: 'running' })),
    engine,
  );
  expect(items.map(({ label }) => label)).toEqual(['up']);
});

test('gives a group the traits of its containers only', () => {
  const items = containerItems([
    shop('web', { health: 'unhealthy' }),
    shop('db', { state: 'paused' }),
    container('alone', { state: 'exited', exitCode: 0 }),
  ]);
  expect(items.map(({ traits }) => traits?.join(' '))).toEqual([
    'project of-container running unhealthy paused',
    'other of-container exited',
  ]);
});

test('the tooltip of a container lists mounts, read-only flags and the restart policy', async () => {
  const anonymous = 'a'.repeat(64);
  const inspect = {
    HostConfig: { Tmpfs: { '/run': '' }, RestartPolicy: { Name: 'always' } },
    Mounts: [
      { Type: 'volume', Name: 'data', Source: '/var/lib/x', Destination: '/srv', RW: true },
      { Type: 'volume', Name: anonymous, Source: '/var/lib/y', Destination: '/cache', RW: true },
      { Type: 'bind', Source: '/home/ada/[x](command:y)', Destination: '/app', RW: false },
    ],
  };
  const { engine } = fakeEngine({ containers: [{ name: 'web', inspect }] });
  const view = containersView(() => defaultContainersOptions);
  const [item] = await readItems(view, engine);
  const text = (item && (await view.tooltip?.(item, engine))) ?? '';
  const rows = text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .split('\n')
    .filter((row) => /Bind mount|Volume|tmpfs|Restart policy/.test(row));
  expect(rows).toEqual([
    '| Bind mount | /home/ada/[x](command:y) → /app · read-only |',
    '| Volume | aaaaaaaaaaaa (anonymous) → /cache |',
    '| tmpfs | /run |',
    '| Volume | data → /srv |',
    '| Restart policy | always, including when the engine starts |',
  ]);
  expect(text).not.toContain('](command');
});
