import { expect, test } from 'vitest';
import { cpuTime } from '../../../test/cpu-time.ts';
import { formatItems } from '../../../test/outline.ts';
import type { Container, Image } from '../engine/engine.ts';
import { supportStatus } from './bundled-images.ts';
import { imageItems, defaultImagesOptions } from './images.ts';
import { tooltipText } from './item.ts';

const now = new Date('2026-06-15T12:00:00Z');

function image(id: string, tags: readonly string[], rest: Partial<Image> = {}): Image {
  const createdAt = new Date('2026-06-01T12:00:00Z');
  return {
    id: `sha256:${id.repeat(64)}`,
    tags,
    digests: [],
    size: 128_000_000,
    createdAt,
    labels: {},
    ...rest,
  };
}

function uses(name: string, of: Image, reference: string): Container {
  return {
    id: name,
    name,
    image: reference,
    imageId: of.id,
    state: 'running',
    status: 'Up',
    ports: [],
    createdAt: now,
    command: '',
    labels: {},
    volumes: [],
    networks: [],
  };
}

test('groups tags by repository, with size, age and users, and lists dangling images last', () => {
  const slim = image('a', ['python:3.13-slim']);
  const buster = image('b', ['python:3.8-buster', 'localhost:5000/py:old'], {
    size: 1_130_000_000,
  });
  const items = imageItems(
    [
      image('c', [], { size: 2_300_000_000 }),
      slim,
      buster,
      image('d', [], {
        digests: ['redis@sha256:1234'],
        createdAt: new Date('2026-06-15T11:00:00Z'),
      }),
    ],
    [
      uses('api', slim, 'python:3.13-slim'),
      uses('worker', slim, 'sha256:aaaa'),
      uses('old', buster, 'localhost:5000/py:old'),
    ],
    { now },
  );
  expect(formatItems(items)).toMatchInlineSnapshot(`
    "(layers) redis  1 image, 128 MB
      (package) dddddddddddd  128 MB · 1 h ago
    (package) localhost:5000/py:old  1.1 GB · 2 weeks ago · used by old
    (layers) python  2 tags, up to 1.3 GB
      (package) 3.8-buster  1.1 GB · 2 weeks ago
      (package) 3.13-slim  128 MB · 2 weeks ago · used by api, worker
    (layers) <none>  1 dangling, 2.3 GB
      (package) cccccccccccc  2.3 GB · 2 weeks ago"
  `);
});

test('treats a name without a tag as latest', () => {
  const both = image('a', ['nginx:latest', 'web:dev']);
  const items = imageItems([both], [uses('w', both, 'nginx')], { now });
  expect(items.map(({ description }) => description)).toEqual([
    '128 MB · 2 weeks ago · used by w',
    '128 MB · 2 weeks ago',
  ]);
});

test('lists hundreds of tags of an image with a thousand containers quickly', () => {
  const tags = Array.from({ length: 500 }, (_, at) => `shop-${String(at)}:dev`);
  const many = image('a', tags);
  const containers = Array.from({ length: 1000 }, (_, at) =>
    uses(`web-${String(at)}`, many, tags.at(-1) ?? ''),
  );
  let items: ReturnType<typeof imageItems> = [];
  const took = cpuTime(() => (items = imageItems([many], containers, { now })));
  // Searching the whole list for each tag took twenty seconds.
  expect(took).toBeLessThan(1000);
  expect(items.filter(({ traits }) => traits?.includes('used'))).toHaveLength(1);
});

test('shows end of life in the row, the group, the accessibility label and the filter', () => {
  const images = [image('a', ['python:3.7', 'app:1']), image('b', ['python:3.14'])];
  const shown = (filter = '') =>
    imageItems(images, [], { now, supportStatus, options: { ...defaultImagesOptions, filter } });
  const items = shown();
  expect(formatItems(items)).toMatchInlineSnapshot(`
    "(package) app:1  128 MB · 2 weeks ago
    (layers) python  2 tags, up to 256 MB, 1 at end of life
      (package) 3.7  128 MB · end of life · 2 weeks ago
      (package) 3.14  128 MB · 2 weeks ago"
  `);
  const [ended, supported] = ['3.7', '3.14'].map((label) =>
    items.flatMap(({ children = [] }) => children).find((item) => item.label === label),
  );
  expect(ended?.accessibilityLabel).toBe('python:3.7, 128 MB, end of life, 2 weeks ago');
  expect(ended && tooltipText(ended)).toContain('reached end of life on 27 June 2023');
  expect(supported && tooltipText(supported)).toContain('is supported until');
  expect(formatItems(shown('end of life'))).not.toContain('3.14');
});

test('counts layers that images of a group share once', () => {
  const one = image('a', ['app:1'], { size: 130 });
  const two = image('b', ['app:2'], { size: 120 });
  const layers = new Map([
    [one.id, { chain: [1, 2], sizes: [100, 30] }],
    [two.id, { chain: [1, 3], sizes: [100, 20] }],
  ]);
  const describe = (known: typeof layers) =>
    imageItems([one, two], [], { now, layers: known })[0]?.description;
  expect(describe(layers)).toBe('2 tags, 150 B');
  expect(describe(new Map())).toBe('2 tags, up to 250 B');
});
