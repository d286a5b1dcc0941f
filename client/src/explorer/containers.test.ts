import { expect, test } from 'vitest';
import { readItems, formatItems } from '../../../test/outline.ts';
import type { Container } from '../engine/engine.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { containerItems, containersView, defaultContainersOptions } from './containers.ts';
import { tooltipText } from './item.ts';

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
    "(group-by-ref-type) shop  3 of 4 running
      (circle-filled charts.green) web  running · 8080→80 · nginx:1.27 · 2 h
      (circle-filled charts.green) api  running · healthy · 3000 · shop-api:dev · 2 h
      (color-mode charts.yellow) db  running · health: starting · postgres:17 · < 1 min
      (circle-outline) migrate  exited (0) 1 h ago · busybox:1.37
    (folder) Other  0 of 2 running
      (debug-pause icon.foreground) jupyter  paused · busybox:1.37
      (error charts.red) train  exited (3) 5 min ago · busybox:1.37"
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

test('creates only the rows in sight of a long list without groups, in the same order', () => {
  const many = Array.from({ length: 250 }, (_, at) => container(`web-${String(at)}`));
  const ids = (list: readonly Container[], inSight: boolean) =>
    containerItems(list, { inSight }).map(({ id }) => id);
  expect(ids(many, false)).toHaveLength(250);
  expect(ids(many, true)).toEqual(ids(many, false).slice(0, 100));
  expect(ids(many.slice(0, 200), true)).toHaveLength(200);
  const projects = many.map((one) => ({ ...one, project: one.name }));
  expect(ids(projects, true)).toHaveLength(250);
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
    "(error charts.red) train  exited (137) out of memory, 5 min ago · busybox:1.37
    (error charts.red) stopped  exited (137) killed, 5 min ago · busybox:1.37"
  `);
});

test.each([
  ['an exit code other than 0', { state: 'exited', exitCode: 1 }, true],
  ['SIGKILL', { state: 'exited', exitCode: 137 }, true],
  ['exit code 0', { state: 'exited', exitCode: 0 }, undefined],
  ['an unhealthy container', { state: 'running', health: 'unhealthy' }, undefined],
] as const)('colors a row after it has failed: %s', (_, state, failed) => {
  const [item] = containerItems([container('one', state)]);
  expect(item?.failed).toBe(failed);
});

test('sorts containers of the same second by name, in each order by time', () => {
  const createdAt = new Date('2026-01-01T00:00:00Z');
  const all = ['b', 'c', 'a'].map((name) => container(name, { createdAt }));
  for (const sortBy of ['state', 'created'] as const) {
    const items = containerItems(all, { options: { ...defaultContainersOptions, sortBy } });
    expect(items.map(({ label }) => label)).toEqual(['a', 'b', 'c']);
  }
});

test('does not repeat the image in groups by image', () => {
  const options = { ...defaultContainersOptions, groupBy: 'image' } as const;
  expect(formatItems(containerItems([container('one')], { options }))).toBe(
    '(package) busybox:1.37  1 of 1 running\n  (circle-filled charts.green) one  running · 2 h',
  );
});

test('expands projects that run or are being started, not those that have ended', () => {
  const ended = { state: 'exited', exitCode: 0, status: 'Exited (0) 2 hours ago' } as const;
  const isExpanded = (...members: readonly Container[]) => containerItems(members)[0]?.expanded;
  expect(isExpanded(shop('web', ended), shop('db', { state: 'created' }))).toBe(true);
  expect(isExpanded(shop('web', ended), shop('db', { state: 'paused' }))).toBe(true);
  expect(isExpanded(shop('web', ended), shop('db', { ...ended, exitCode: 3 }))).toBe(true);
  expect(isExpanded(shop('web', ended), shop('db', ended))).toBe(false);
});

test('a filter expands the groups with matches, and does not change the badge', async () => {
  const down = { state: 'exited', exitCode: 0 } as const;
  const { engine } = fakeEngine({
    containers: [
      { name: 'db', project: 'shop', ...down },
      { name: 'web', status: 'Up 2 hours (unhealthy)', health: 'unhealthy' },
    ],
  });
  let filter = '';
  const view = containersView(() => ({ ...defaultContainersOptions, filter }));
  const rows = await view.read(engine);
  const group = () => rows(new Date()).find(({ label }) => label === 'shop');
  expect(group()?.expanded).toBe(false);
  const id = group()?.id;
  filter = 'db';
  const filtered = rows(new Date());
  expect(group()).toMatchObject({ expanded: true });
  // The tree keeps the state of rows by their ids.
  expect(group()?.id).not.toBe(id);
  expect(view.badge?.(filtered)?.value).toBe(1);
});

test('escapes names from containers in a tooltip', () => {
  const [item] = containerItems([
    container('web', { command: '[x](command:evil) | <img src=x> `a`' }),
  ]);
  expect(tooltipText(item!)).not.toMatch(/\]\(command|<img/);
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
    'project of-container running unhealthy composed paused',
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

test('keeps the row of a container until something in it changes', async () => {
  const fake = fakeEngine({ containers: [{ name: 'web', status: 'Up 5 minutes' }] });
  let columns = defaultContainersOptions.columns;
  const view = containersView(() => ({ ...defaultContainersOptions, columns }));
  const start = Date.now();
  const rows = await view.read(fake.engine);
  const row = (minutes: number) => rows(new Date(start + minutes * 60_000))[0];
  const first = row(0);
  expect(row(0.5)).toBe(first);
  expect(row(3)?.description).not.toBe(first?.description);
  expect(row(0)?.description).toBe(first?.description);
  columns = ['id'];
  expect(row(0)?.description).not.toBe(first?.description);
  columns = defaultContainersOptions.columns;
  await fake.engine.rename('web', 'front');
  expect((await view.read(fake.engine))(new Date(start))[0]?.label).toBe('front');
});
