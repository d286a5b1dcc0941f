import { expect, test } from 'vitest';
import { detailsOf } from './docker-api/inspect.ts';
import type { Engine } from './engine.ts';
import { bytesOnce, readImageLayers, sizesOnDisk } from './image-layers.ts';

/** An engine with these layers and sizes by image, and the images that were read. */
function engineWith(images: Readonly<Record<string, readonly (readonly [string, number])[]>>) {
  const read: string[] = [];
  const engine: Pick<Engine, 'inspect' | 'history'> = {
    inspect: (kind, id) => {
      read.push(id);
      const layers = images[id];
      if (layers === undefined) return Promise.reject(new Error('no such image'));
      return Promise.resolve(detailsOf(kind, { RootFS: { Layers: layers.map(([name]) => name) } }));
    },
    history: (id) =>
      Promise.resolve(
        (images[id] ?? [])
          .map(([name, size]) => ({
            createdBy: name,
            size,
            createdAt: new Date(0),
            tags: [],
            comment: '',
          }))
          .reverse(),
      ),
  };
  return { engine, read };
}

test('reads each image once, at most as many as requested, and leaves out those that are gone', async () => {
  const { engine, read } = engineWith({ one: [['x', 1]], two: [['y', 2]], three: [['z', 3]] });
  expect([...(await readImageLayers(engine, ['one', 'gone', 'two'], 2)).keys()]).toEqual(['one']);
  expect(read).toEqual(['one', 'gone']);
  const layers = await readImageLayers(engine, ['one', 'two', 'three']);
  expect([...layers.keys()]).toEqual(['one', 'two', 'three']);
  expect(read).toEqual(['one', 'gone', 'two', 'three']);
});

test('counts a layer once if all layers below it are the same too', async () => {
  const images = {
    a: [['base', 100], ['own', 10]] as const,
    b: [['base', 100], ['other', 20]] as const,
    // The same files on another base are stored again.
    c: [['slim', 50], ['own', 10]] as const,
  }; // prettier-ignore
  const { engine } = engineWith(images);
  const layers = await readImageLayers(engine, Object.keys(images));
  const sizes = { a: 110, b: 120, c: 60 };
  const bytes = (...ids: (keyof typeof sizes)[]) => bytesOnce(ids.map((id) => ({ id, size: sizes[id] })), layers); // prettier-ignore
  expect(bytes('a', 'b')).toBe(130);
  expect(bytes('a', 'b', 'c')).toBe(190);
  expect(bytesOnce([{ id: 'a', size: 110 }, { id: 'gone', size: 1 }], layers)).toBeUndefined(); // prettier-ignore
});

test('gives each layer its share of the compressed layers that containerd keeps as well', () => {
  const layers = { chain: [1, 2], sizes: [100, 300] };
  expect(sizesOnDisk({ id: 'a', size: 400 }, layers)).toEqual([100, 300]);
  expect(sizesOnDisk({ id: 'a', size: 600 }, layers)).toEqual([150, 450]);
  expect(sizesOnDisk({ id: 'a', size: 600 }, { chain: [1, 2] })).toEqual([]);
});
