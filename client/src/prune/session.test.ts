import { expect, test } from 'vitest';
import { detailsOf } from '../engine/docker-api/inspect.ts';
import type { Engine } from '../engine/engine.ts';
import { recordingEditor, toolsFor } from '../../../test/recording-editor.ts';
import { fakeEngine, type FakeWorld } from '../../../test/fake-engine/fake-engine.ts';
import type { CacheRecord, Layer } from '../engine/objects.ts';
import { imageBytes, sizesOf } from './image-bytes.ts';
import { prune } from './session.ts';
import type { PruneKind } from './candidates.ts';

const old = new Date('2020-01-01T00:00:00Z');
const fresh = new Date();
const id = (letter: string) => `sha256:${letter.repeat(64)}`;
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
    { name: 'done', state: 'exited', imageId: id('a'), createdAt: old },
    { name: 'new', state: 'exited', imageId: id('a'), createdAt: fresh, labels: { keep: 'yes' } },
  ],
  images: [
    { id: id('a'), tags: ['used:1'], size: 10_000_000 },
    { id: id('b'), tags: ['unused:1'], size: 20_000_000, createdAt: old },
    { id: id('c'), tags: [], size: 30_000_000, createdAt: old },
  ],
  volumes: [
    { name: 'data' },
    { name: 'left', createdAt: old },
    { name: 'f'.repeat(64), anonymous: true },
  ],
  networks: [{ name: 'shop' }, { name: 'idle', createdAt: old }],
  usage: {
    buildCache: [
      record('r1'),
      record('r2', { shared: true }),
      record('r3', { inUse: true }),
      record('l1', { type: 'source.local' }),
    ],
  },
};
const everything: readonly PruneKind[] = ['container', 'network', 'volume', 'image', 'cache'];

async function pruned(kinds: readonly PruneKind[], answers: readonly (string | undefined)[]) {
  const { editor, seen } = recordingEditor(answers);
  const fake = fakeEngine(world);
  await prune(toolsFor(fake.engine, editor), kinds);
  return { seen, fake };
}

test('shows all unused objects, and preselects those that are safe to remove', async () => {
  const { seen, fake } = await pruned(everything, ['All unused objects', undefined]);
  expect(seen[2]).toBe(
    'pickMany: Prune [✓done, ✓new, ✓idle, left, ✓ffffffffffff, ✓cccccccccccc, unused:1, ✓Build cache: steps, ✓Build cache: build contexts] → frees 32 MB',
  );
  expect(fake.calls).toEqual([]);
});

test('removes the selected objects after confirmation, and reports the bytes freed', async () => {
  const { seen, fake } = await pruned(everything, [
    'All unused objects',
    'done|left|unused:1|cccccccccccc|Build cache: steps',
    'Remove',
  ]);
  expect(seen[3]).toBe(
    'confirm: Remove 1 container, 1 volume, 2 images and 2 build cache records and free 51 MB? (All files in left will be deleted. This cannot be undone. Files written inside done will be deleted. Images can be pulled or built again. The next build can reuse less of the build cache.) [Remove]',
  );
  expect(seen.at(-1)).toBe(
    'info: Freed 51 MB. Removed 1 container, 1 volume, 2 images and 2 build cache records.',
  );
  expect((await fake.engine.images()).map(({ tags }) => tags[0])).toEqual(['used:1']);
  expect((await fake.engine.volumes()).map(({ name }) => name)).not.toContain('left');
  expect((await fake.engine.containers()).map(({ name }) => name)).toEqual(['web', 'new']);
});

test('filters by age and by label', async () => {
  const week = await pruned(['container'], ['Older than a week', undefined]);
  expect(week.seen[2]).toBe('pickMany: Prune [✓done] → frees 500 B');
  const kept = await pruned(['container'], ['Without a label…', 'keep=yes', undefined]);
  expect(kept.seen.at(-1)).toBe('pickMany: Prune [✓done] → frees 500 B');
  const only = await pruned(['container'], ['With a label…', 'keep', undefined]);
  expect(only.seen.at(-1)).toBe('pickMany: Prune [✓new] → frees 500 B');
});

test('reports when there is nothing to prune', async () => {
  const { editor, seen } = recordingEditor();
  await prune(toolsFor(fakeEngine({}).engine, editor), ['image']);
  expect(seen.at(-1)).toBe('info: Nothing to prune.');
});

test('reports what could not be removed together with what was removed', async () => {
  const { editor, seen } = recordingEditor(['All unused objects', '✓', 'Remove']);
  const fake = fakeEngine(world);
  const tools = toolsFor(fake.engine, {
    ...editor,
    confirm: (...args) => {
      // The container is started between the preview and the confirmation.
      void fake.engine.start('new');
      return editor.confirm(...args);
    },
  });
  await prune(tools, ['container']);
  expect(seen.at(-1)).toBe(
    'warning: Freed 500 B. Removed 1 container. Could not remove new: cannot remove container "' +
      `${fake.container('new').id}": container is running`,
  );
});

const step = (createdBy: string, size: number): Layer => ({
  createdBy,
  size,
  createdAt: old,
  tags: [],
  comment: '',
});

test('ignores history steps without a layer, of both builders', () => {
  const classic = [
    step('/bin/sh -c #(nop)  CMD ["sh"]', 0),
    step('/bin/sh -c touch x', 0),
    step('/bin/sh -c #(nop) ADD file:1 in / ', 5),
  ];
  expect(sizesOf(classic, 2)).toEqual([5, 0]);
  const buildkit = [
    step('CMD ["sh"]', 0),
    step('RUN /bin/sh -c make # buildkit', 7),
    step('ENV A=b', 0),
    step('COPY . . # buildkit', 5),
  ];
  expect(sizesOf(buildkit, 2)).toEqual([5, 7]);
  expect(sizesOf([step('WORKDIR /x', 0), step('x', 5)], 1)).toEqual([5]);
  expect(sizesOf(buildkit, 9)).toBeUndefined();
  expect(sizesOf([step('RUN make', 0), step('COPY . .', 0)], 2)).toBeUndefined();
});

test('counts a shared layer once, with the last image that uses it', async () => {
  const layers: Record<string, readonly [string, number][]> = {
    a: [
      ['base', 100],
      ['one', 10],
    ],
    b: [
      ['base', 100],
      ['two', 20],
    ],
    c: [
      ['base', 100],
      ['two', 20],
      ['three', 30],
    ],
    d: [['other', 7]],
  };
  const images = Object.entries(layers).map(([name, own]) => ({
    id: name,
    tags: [],
    size: own.reduce((sum, [, size]) => sum + size, 0),
    shared: 0,
    createdAt: old,
    labels: {},
  }));
  const engine: Engine = {
    ...fakeEngine({}).engine,
    inspect: (about, image) =>
      Promise.resolve(
        detailsOf(about, { RootFS: { Layers: layers[image]?.map(([name]) => name) } }),
      ),
    history: (image: string) =>
      Promise.resolve((layers[image] ?? []).map(([name, size]) => step(name, size)).reverse()),
  };
  const all = new Set(['a', 'b', 'c', 'd']);
  const bytes = await imageBytes(engine, images, all);
  const freed = (...ids: string[]) => bytes.freed(new Set(ids));
  expect(freed('a')).toBe(10);
  expect(freed('b')).toBe(0);
  expect(freed('c')).toBe(30);
  expect(freed('b', 'c')).toBe(50);
  expect(freed('a', 'b', 'c')).toBe(160);
  expect(freed(...all)).toBe(167);
});
