import { expect, test } from 'vitest';
import { detailsOf } from '../engine/docker-api/inspect.ts';
import type { Engine } from '../engine/engine.ts';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import type { Layer } from '../engine/objects.ts';
import { sizesOf } from '../engine/image-layers.ts';
import { imageBytes } from './image-bytes.ts';

const old = new Date('2020-01-01T00:00:00Z');

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
  const bytes = await imageBytes(engine, images);
  const freed = (...ids: string[]) => bytes.freed(new Set(ids));
  expect(freed('a')).toBe(10);
  expect(freed('b')).toBe(0);
  expect(freed('c')).toBe(30);
  expect(freed('b', 'c')).toBe(50);
  expect(freed('a', 'b', 'c')).toBe(160);
  expect(freed(...all)).toBe(167);
});
