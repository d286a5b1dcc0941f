import { afterEach, expect, test, vi } from 'vitest';
import { fakeEngine, type FakeWorld } from '../../../test/fake-engine/fake-engine.ts';
import { recordingEditor, toolsFor } from '../../../test/recording-editor.ts';
import type { CacheRecord } from '../engine/objects.ts';
import type { PageListener } from '../ui/page.ts';
import { pruneKinds, type PruneKind } from './prunable.ts';
import { isFromPrune, type FromPrune, type ToPrune } from './page.ts';
import { showPrune } from './session.ts';

const old = new Date('2020-01-01T00:00:00Z');
const fresh = new Date();
const id = (letter: string) => `sha256:${letter.repeat(64)}`;
const anonymous = 'f'.repeat(64);
const record = (name: string, rest: Partial<CacheRecord> = {}): CacheRecord => ({
  id: name,
  type: 'regular',
  description: '',
  size: 1_000_000,
  inUse: false,
  shared: false,
  createdAt: old,
  ...rest,
});
const world: FakeWorld = {
  containers: [
    { name: 'web', imageId: id('a'), volumes: ['data'], networks: ['shop'] },
    { name: 'done', state: 'exited', exitCode: 1, imageId: id('a'), createdAt: old },
    {
      name: 'notebook',
      state: 'exited',
      imageId: id('d'),
      volumes: ['home'],
      networks: ['lab'],
      createdAt: fresh,
      labels: { keep: 'yes' },
    },
  ],
  images: [
    { id: id('a'), tags: ['used:1'], size: 10_000_000 },
    { id: id('b'), tags: ['unused:1', 'unused:2'], size: 20_000_000, createdAt: old },
    { id: id('c'), tags: [], size: 30_000_000, createdAt: old },
    { id: id('d'), tags: ['lab:1'], size: 5_000_000, createdAt: old },
  ],
  volumes: [
    { name: 'data' },
    { name: 'home' },
    { name: 'left', createdAt: old },
    { name: anonymous, anonymous: true },
  ],
  networks: [{ name: 'shop' }, { name: 'lab' }, { name: 'idle', createdAt: old }],
  usage: {
    buildCache: [
      record('r1'),
      record('r2', { inUse: true }),
      record('r3', { createdAt: fresh }),
      record('l1', { type: 'source.local' }),
    ],
  },
};

/** Waits as long as a busy machine may take. */
const waitFor = (check: () => void) => vi.waitFor(check, { timeout: 60_000, interval: 5 });

let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
  close = undefined;
});

type Kind<K extends ToPrune['kind']> = Extract<ToPrune, { kind: K }>;

/** The open page, measured, and what is on it. */
async function openPage(
  kinds: readonly PruneKind[],
  state: FakeWorld = world,
  answers: string[] = [],
) {
  // prettier-ignore
  const fake = fakeEngine(state);
  const posted: ToPrune[] = [];
  let listener: PageListener<FromPrune> | undefined;
  const { editor, seen } = recordingEditor(answers, {
    openPage: (_, __, given) => {
      listener = given as unknown as PageListener<FromPrune>;
      const post = (message: unknown) => void posted.push(message as ToPrune);
      return { post, reveal: () => undefined, setTitle: () => undefined, close: () => undefined };
    },
  });
  const tools = toolsFor(fake.engine, editor);
  const closed = showPrune(tools, kinds);
  const last = <K extends ToPrune['kind']>(kind: K) =>
    posted.findLast((message): message is Kind<K> => message.kind === kind);
  const send = (message: FromPrune) => listener?.onMessage(message);
  const measurement = () => last('rows')?.measurement ?? 0;
  const measured = async (after = 0) => {
    await waitFor(() => expect(measurement()).toBeGreaterThan(after));
  };
  const keyOf = (name: string) => {
    const rows = last('rows')?.groups.flatMap((group) => group.rows) ?? [];
    return rows.find((row) => row.name === name)?.key ?? `no row ${name}`;
  };
  const page = {
    fake,
    seen,
    tools,
    send,
    last,
    measured,
    keyOf,
    select: (name: string, on = true) =>
      send({ kind: 'select', measurement: measurement(), keys: [keyOf(name)], on }),
    filter: (filter: { search?: string; age?: string; words?: string }) =>
      send({ kind: 'filter', search: '', age: '', words: '', ...filter }),
    names: () => last('rows')?.groups.flatMap(({ rows }) => rows.map(({ name }) => name)) ?? [],
    chosen: () => {
      const keys = new Set(last('chosen')?.keys);
      const rows = last('rows')?.groups.flatMap((group) => group.rows) ?? [];
      return rows.filter(({ key }) => keys.has(key)).map(({ name }) => name);
    },
    /** Prunes, and resolves when the result is shown. */
    prune: async () => {
      const before = measurement();
      const results = posted.length;
      send({ kind: 'prune', measurement: before });
      await waitFor(() => {
        const ended = posted.slice(results).findLast((one) => one.kind === 'result');
        expect(ended?.lines.length).toBeGreaterThan(0);
      });
      return last('result')?.lines.map(({ level, text }) => `${level}: ${text}`) ?? [];
    },
  };
  close = async () => {
    listener?.onClosed();
    await closed;
  };
  send({ kind: 'ready' });
  await measured();
  return page;
}

test('shows everything that is unused in groups, and preselects what is safe to remove', async () => {
  const page = await openPage(pruneKinds);
  const groups = page.last('rows')?.groups.map(({ title, rows }) => [title, ...rows.map(({ name, reason, frees }) => `${name}: ${reason} (${frees})`)]); // prettier-ignore
  expect(groups).toMatchInlineSnapshot(`
    [
      [
        "Stopped containers",
        "done: exited (1) just now (500 B)",
        "notebook: exited just now (500 B)",
      ],
      [
        "Images",
        "<none> · cccccccccccc: dangling (30 MB)",
        "unused:1: no container uses it · 2 tags (20 MB)",
        "lab:1: used by stopped container notebook (5 MB)",
      ],
      [
        "Volumes",
        "ffffffffffff: anonymous · no container uses it (1 kB)",
        "home: named · used by stopped container notebook (1 kB)",
        "left: named · no container uses it (1 kB)",
      ],
      [
        "Networks",
        "idle: no container is connected · bridge ()",
        "lab: used by stopped container notebook · bridge ()",
      ],
      [
        "Build cache",
        "Build steps: 2 records (2 MB)",
        "Build contexts: 1 record (1 MB)",
      ],
    ]
  `);
  expect(page.last('chosen')).toMatchInlineSnapshot(`
    {
      "button": "Prune 7 Items",
      "canPrune": true,
      "detail": "2 containers, 1 image, 1 volume, 1 network and 3 build cache records",
      "disabled": [],
      "frees": "Frees 33 MB",
      "groups": [
        {
          "check": "all",
          "count": "2 of 2",
          "frees": "1 kB",
          "id": "container",
        },
        {
          "check": "some",
          "count": "1 of 3",
          "frees": "30 MB",
          "id": "image",
        },
        {
          "check": "some",
          "count": "1 of 3",
          "frees": "1 kB",
          "id": "volume",
        },
        {
          "check": "some",
          "count": "1 of 2",
          "frees": "",
          "id": "network",
        },
        {
          "check": "all",
          "count": "2 of 2",
          "frees": "3 MB",
          "id": "cache",
        },
      ],
      "keys": [
        "container 0000000000000000000000000000000000000000000000000000000000000008",
        "container 0000000000000000000000000000000000000000000000000000000000000009",
        "image sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
        "volume ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "network 0000000000000000000000000000000000000000000000000000000000000006",
        "cache regular",
        "cache source.local",
      ],
      "kind": "chosen",
    }
  `);
});

test.each([
  ['container', ['done', 'notebook']],
  ['image', [`<none> · ${'c'.repeat(12)}`]],
  ['volume', ['ffffffffffff']],
  ['network', ['idle']],
  ['cache', ['Build steps', 'Build contexts']],
] as const)('preselects only what the command for %s names', async (kind, names) => {
  const page = await openPage([kind]);
  expect(page.chosen()).toEqual(names);
});

test('lets objects of a stopped container be chosen only with it', async () => {
  const page = await openPage(['network']);
  const why = (name: string) =>
    page.last('chosen')?.disabled.find(({ key }) => key === page.keyOf(name))?.why;
  for (const name of ['lab', 'lab:1', 'home']) {
    expect(why(name)).toBe('Select notebook first');
    page.select(name);
  }
  expect(page.chosen()).toEqual(['idle']);
  page.select('notebook');
  for (const name of ['lab', 'lab:1', 'home']) page.select(name);
  expect(page.chosen()).toEqual(['notebook', 'lab:1', 'home', 'idle', 'lab']);
  page.select('notebook', false);
  expect(page.chosen()).toEqual(['idle']);
});

test('removes what was shown and chosen, and says what was freed in each group', async () => {
  const page = await openPage(['container', 'image', 'cache'], world, ['Remove']);
  page.select('unused:1');
  page.select('left');
  page.select('notebook', false);
  expect(page.last('chosen')).toMatchObject({ frees: 'Frees 53 MB', button: 'Prune 6 Items' });
  const lines = await page.prune();
  expect(page.seen.find((line) => line.startsWith('confirm'))).toBe(
    'confirm: Remove 1 container, 2 images, 1 volume and 3 build cache records? (All files in left will be deleted. This cannot be undone.) [Remove]',
  );
  expect(lines).toEqual([
    'good: Removed 1 container, freed 500 B.',
    'good: Removed 1 volume, freed 1 kB.',
    'good: Removed 2 images, freed 50 MB.',
    'good: Removed 3 build cache records, freed 3 MB.',
  ]);
  expect((await page.fake.engine.images()).map(({ tags }) => tags[0])).toEqual(['used:1', 'lab:1']);
  expect((await page.fake.engine.containers()).map(({ name }) => name)).toEqual(['web', 'notebook']); // prettier-ignore
});

test('removes nothing when the question about named volumes is not answered', async () => {
  const page = await openPage([]);
  page.select('left');
  page.send({ kind: 'prune', measurement: 1 });
  await waitFor(() => expect(page.seen.at(-1)).toMatch(/^confirm: Remove 1 volume\?/));
  // It measures again only after the removal has ended.
  await waitFor(() => {
    page.send({ kind: 'measure' });
    expect(page.last('rows')?.measurement).toBeGreaterThan(1);
  });
  expect(page.fake.calls).toEqual([]);
});

test('keeps what was created, tagged, used or started after it was listed', async () => {
  const page = await openPage(pruneKinds, world, ['Remove']);
  const { engine } = page.fake;
  for (const name of ['unused:1', 'left']) page.select(name);
  await engine.start('done');
  await engine.tag(id('b'), 'release:1');
  await engine.tag(id('c'), 'rescued:1');
  await engine.removeVolume('left');
  await engine.createVolume({ name: 'new-volume' });
  await engine.createNetwork({ name: 'new-network' });
  await engine.connectNetwork(page.keyOf('idle').replace('network ', ''), 'web');
  const lines = await page.prune();
  expect(lines.filter((line) => line.startsWith('error'))).toEqual([
    'error: Could not remove done: it is running now.',
    'error: Could not remove idle: container web uses it.',
    `error: Could not remove <none> · ${'c'.repeat(12)}: it has a new tag, rescued:1.`,
    'error: Could not remove unused:1: it has a new tag, release:1.',
  ]);
  const volumes = (await engine.volumes()).map(({ name }) => name);
  expect(volumes).toContain('new-volume');
  const networks = (await engine.networks()).map(({ name }) => name);
  expect(networks).toEqual(expect.arrayContaining(['new-network', 'idle']));
  const tags = (await engine.images()).flatMap((image) => image.tags);
  expect(tags).toEqual(expect.arrayContaining(['unused:1', 'unused:2', 'release:1', 'rescued:1']));
});

test('ignores actions on a list that is no longer shown', async () => {
  const page = await openPage(['container']);
  page.send({ kind: 'measure' });
  await page.measured(1);
  const done = page.keyOf('done');
  page.send({ kind: 'prune', measurement: 1 });
  page.send({ kind: 'select', measurement: 1, keys: [done], on: false });
  expect(page.chosen()).toContain('done');
  page.send({ kind: 'measure' });
  await page.measured(2);
  expect(page.fake.calls).toEqual([]);
});

test('does not select what is new when it measures again', async () => {
  const page = await openPage(pruneKinds);
  page.select('done', false);
  await page.fake.engine.createNetwork({ name: 'later' });
  page.send({ kind: 'measure' });
  await page.measured(1);
  expect(page.names()).toContain('later');
  expect(page.chosen()).not.toContain('later');
  expect(page.chosen()).not.toContain('done');
  expect(page.chosen()).toContain('idle');
});

test('filters by age, by label and by name, and keeps what the filters hide', async () => {
  const page = await openPage(pruneKinds);
  page.filter({ age: '168h' });
  expect(page.names()).not.toContain('notebook');
  const cache = page.last('rows')?.groups.at(-1)?.rows ?? [];
  expect(cache.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
    'Build contexts: 1 record',
    'Build steps: 1 record',
  ]);
  page.filter({ words: 'label=keep' });
  expect(page.names()).toEqual(['notebook']);
  page.filter({ words: 'label!=keep=yes until=24h' });
  expect(page.names()).not.toContain('notebook');
  expect(page.names()).toContain('done');
  page.filter({ search: 'don' });
  expect(page.names()).toEqual(['done']);
  expect(page.last('chosen')?.detail).toContain(
    'selected items are hidden by the filters and stay',
  );
  expect(await page.prune()).toEqual(['good: Removed 1 container, freed 500 B.']);
  expect(page.fake.calls.filter((call) => call.startsWith('remove'))).toHaveLength(1);
});

test.each([
  ['keep', 'keep is not a filter; use label=KEY, label!=KEY=VALUE or until=24h'],
  ['until!=24h', 'until!=24h is not a filter; use label=KEY, label!=KEY=VALUE or until=24h'],
  ['until=yesterday', 'yesterday is not an age or a time; use 24h or 2026-01-31'],
])('says what is wrong with the filter %s, and removes nothing', async (words, error) => {
  const page = await openPage(pruneKinds);
  page.filter({ words });
  expect(page.last('rows')).toMatchObject({ filterError: error, groups: [], empty: '' });
  expect(page.last('chosen')?.canPrune).toBe(false);
});

test('says that layers stay while the build cache shares them', async () => {
  const shared = { ...world, usage: { buildCache: [record('r1', { shared: true, size: 9 })] } };
  const page = await openPage(['image'], shared);
  expect(page.last('chosen')).toMatchObject({
    frees: 'Frees up to 30 MB',
    detail: '1 image · layers that the build cache shares are freed with it',
  });
  page.select('Build steps');
  expect(page.last('chosen')?.frees).toBe('Frees 30 MB');
});

test('copies the commands that remove what is chosen', async () => {
  const page = await openPage(pruneKinds);
  page.select('unused:1');
  page.select('Build contexts', false);
  page.send({ kind: 'copy' });
  await waitFor(() => expect(page.seen.at(-1)).toMatch(/^copied/));
  const network = page.keyOf('idle');
  expect(network).toMatch(/^network \w+$/);
  expect(page.seen.at(-1)).toBe(
    [
      'copied: docker rm done notebook',
      'docker network rm idle',
      `docker volume rm ${anonymous}`,
      `docker rmi ${id('c')} unused:1 unused:2`,
      'docker builder prune --all --filter type=regular',
    ].join('\n'),
  );
});

test('offers to bring back the containers that it removed', async () => {
  const page = await openPage(['container']);
  page.select('notebook', false);
  await page.prune();
  expect(page.seen).toContain('info: Removed done. [Bring Back]');
  const { chooseRemoved } = await import('../recreate/session.ts');
  await chooseRemoved(page.tools);
  expect(page.seen.at(-1)).toBe('pickSome: Bring Back Removed Containers, without Their Files [done]'); // prettier-ignore
});

test('stops when it is cancelled, and says what stays', async () => {
  const page = await openPage(['container', 'network']);
  const { engine } = page.fake;
  const remove = engine.remove.bind(engine);
  engine.remove = async (name, options) => {
    page.send({ kind: 'cancel' });
    await remove(name, options);
  };
  expect(await page.prune()).toEqual([
    'good: Removed 1 container, freed 500 B.',
    'info: Cancelled. Not removed: 1 container and 1 network.',
  ]);
});

test('shows why it cannot measure, and measures again', async () => {
  const page = await openPage(['container']);
  const { engine } = page.fake;
  const diskUsage = engine.diskUsage.bind(engine);
  engine.diskUsage = () => Promise.reject(new Error('no answer'));
  page.send({ kind: 'measure' });
  await waitFor(() => expect(page.last('error')?.message).toBe('no answer'));
  engine.diskUsage = diskUsage;
  page.send({ kind: 'measure' });
  await waitFor(() => expect(page.last('error')?.message).toBe(''));
});

test('brings the open page to the front with what another command preselects', async () => {
  const page = await openPage(['container']);
  await showPrune(page.tools, ['network']);
  await page.measured(1);
  expect(page.chosen()).toEqual(['idle']);
});

test('shows that nothing is unused', async () => {
  const page = await openPage(pruneKinds, {});
  expect(page.last('rows')).toMatchObject({ groups: [], empty: 'Nothing is unused.' });
});

test.each([
  undefined,
  'ready',
  {},
  { kind: 'prune' },
  { kind: 'select', measurement: 1, keys: [1], on: true },
  { kind: 'select', measurement: 1, keys: ['a'], on: 1 },
  { kind: 'filter', search: 'x'.repeat(20_000), age: '', words: '' },
  { kind: 'sort', by: 'size' },
  { kind: 'x' },
])('refuses %j from the page', (message) => expect(isFromPrune(message)).toBe(false));
