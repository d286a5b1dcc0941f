import { expect, test } from 'vitest';
import { dockerArchive, layerTar, type LayerEntry } from '../../../test/image-archives.ts';
import { createRandom } from '../../../test/random.ts';
import { inChunks, type RawEntry } from '../../../test/tar-archive.ts';
import { analyze, type Analysis } from './analysis.ts';
import { readImageArchive } from './image-archive.ts';
import { biggestFiles, wastedPlaces } from './wasted-places.ts';

async function analysisOf(...layers: readonly (readonly LayerEntry[])[]): Promise<Analysis> {
  return analyze(await readImageArchive(inChunks(dockerArchive(layers.map(layerTar)))));
}

function link(name: string, target: string): RawEntry {
  return { name, type: '1', link: target };
}

/** One line for each layer: bytes, added, changed, removed, wasted. */
function countsOf({ counts }: Analysis): readonly string[] {
  return counts.map(({ bytes, added, changed, removed, wasted }) =>
    [bytes, added, changed, removed, wasted].join(' '),
  );
}

function placesOf(analysis: Analysis): readonly string[] {
  return wastedPlaces(analysis).map(
    ({ node, bytes, files, madeIn, lostIn, loss }) =>
      `${analysis.paths.display(node)} ${bytes} in ${files}: ${madeIn} → ${lostIn} ${loss}`,
  );
}

test('counts what each layer adds, changes and removes', async () => {
  const analysis = await analysisOf(
    ['etc/', 'etc/a=12345', 'etc/b=123', 'tmp/', 'tmp/x=1234567'],
    ['etc/', 'etc/a=123456', 'etc/.wh.b', 'new=1', { ...link('link', 'new'), type: '2' }],
    ['.wh.tmp'],
  );
  expect(countsOf(analysis)).toEqual(['15 3 0 0 15', '7 2 1 1 0', '0 0 0 1 0']);
  expect(placesOf(analysis)).toEqual([
    '/tmp 7 in 1: 0 → 2 removed',
    '/etc/a 5 in 1: 0 → 1 replaced',
    '/etc/b 3 in 1: 0 → 1 removed',
  ]);
});

test('groups files that were removed with their directory, and files that were stored again', async () => {
  const owner = { type: '0', content: 'abc', mode: 0o600 };
  const analysis = await analysisOf(
    ['a/b/c/1=x', 'a/b/c/2=yy', 'a/b/d/3=zzz', 'top=q', 'usr/lib/p=p', 'usr/bin/q=q'],
    ['app/x/1=abc', 'app/x/2=abc', 'app/y/3=abc'],
    ['a/.wh.b'],
    ['app/x/1', 'app/x/2', 'app/y/3'].map((name) => ({ name, ...owner })),
    ['top=r', 'usr/lib/p=2', 'usr/bin/q=2'],
  );
  expect(placesOf(analysis)).toEqual([
    '/a/b 6 in 3: 0 → 2 removed',
    '/app/x 6 in 2: 1 → 3 mode',
    '/app/y/3 3 in 1: 1 → 3 mode',
    '/top 1 in 1: 0 → 4 replaced',
    '/usr/lib/p 1 in 1: 0 → 4 replaced',
    '/usr/bin/q 1 in 1: 0 → 4 replaced',
  ]);
});

test('recognizes content that is stored again with another mode or none, and content that differs', async () => {
  const analysis = await analysisOf(
    ['same=abc', 'mode=abc', 'content=abc', 'size=abc'],
    ['same=abc', { name: 'mode', content: 'abc', mode: 0o600 }, 'content=abd', 'size=abcd'],
  );
  expect(wastedPlaces(analysis).map(({ loss }) => loss)).toEqual([
    'stored-again',
    'mode',
    'replaced',
    'replaced',
  ]);
});

test('hides what lower layers have in an opaque directory, wherever the mark is', async () => {
  const analysis = await analysisOf(
    ['d/', 'd/a=1', 'd/b=22', 'd/e/', 'd/e/f=333'],
    ['d/b=22', 'd/new=4', 'd/.wh..wh..opq'],
  );
  expect(countsOf(analysis)).toEqual(['6 3 0 0 6', '3 1 1 2 0']);
  expect(placesOf(analysis)).toEqual([
    '/d 4 in 2: 0 → 1 removed',
    '/d/b 2 in 1: 0 → 1 stored-again',
  ]);
});

test('counts content with several hard links once, and as wasted only without its last name', async () => {
  const [kept, lost] = await Promise.all([
    analysisOf(['a=12345', link('b', 'a'), link('c', 'b')], ['.wh.a']),
    analysisOf(['a=12345', link('b', 'a')], ['.wh.a'], ['.wh.b']),
  ]);
  expect(countsOf(kept)).toEqual(['5 3 0 0 0', '0 0 0 1 0']);
  expect(countsOf(lost)).toEqual(['5 2 0 0 5', '0 0 0 1 0', '0 0 0 1 0']);
  expect(placesOf(lost)).toEqual(['/b 5 in 1: 0 → 2 removed']);
});

test('uses the last of several entries with one name, and keeps the content of its hard links', async () => {
  const analysis = await analysisOf(
    ['a=1', 'a=22', 'a=333', 'b=4444', link('c', 'b'), 'b=55555'],
    ['.wh.a', '.wh.a', '.wh.none'],
  );
  expect(countsOf(analysis)).toEqual(['12 3 0 0 3', '0 0 0 1 0']);
});

test('a file in the place of a directory loses everything in it, and the other way round', async () => {
  const analysis = await analysisOf(['d/', 'd/a=1', 'f=22'], ['d=333', 'f/', 'f/b=4444']);
  expect(countsOf(analysis)).toEqual(['3 2 0 0 3', '7 1 1 1 0']);
});

test('lists the biggest files', async () => {
  const analysis = await analysisOf(['a=1', 'b=4444', 'c=22'], ['.wh.b', 'd=333']);
  const files = biggestFiles(analysis, 3).map(({ node, bytes, layer, lostIn }) => [
    analysis.paths.display(node),
    bytes,
    layer,
    lostIn,
  ]);
  expect(files).toEqual([
    ['/b', 4, 0, 1],
    ['/d', 3, 1, undefined],
    ['/c', 2, 0, undefined],
  ]);
});

/** The files of an image as a plain map from path to layer and size, changed by one layer after the other. */
function simulate(layers: readonly (readonly string[])[]): readonly number[] {
  const files = new Map<string, { readonly layer: number; readonly size: number }>();
  const stored = layers.map(() => 0);
  layers.forEach((entries, layer) => {
    const below = [...files];
    const hide = (path: string, withItself: boolean) => {
      for (const [name] of below)
        if (name.startsWith(`${path}/`) || (withItself && name === path)) files.delete(name);
    };
    for (const entry of entries) {
      const path = entry.replace(/=.*/, '');
      const folder = path.replace(/\/[^/]*$/, '');
      const name = path.slice(folder.length + 1);
      if (name === '.wh..wh..opq') hide(folder, false);
      else if (name.startsWith('.wh.')) hide(`${folder}/${name.slice(4)}`, true);
    }
    for (const entry of entries) {
      const [path = '', content = ''] = entry.split('=');
      if (path.includes('.wh.')) continue;
      files.set(path, { layer, size: content.length });
      stored[layer]! += content.length;
    }
  });
  for (const { layer, size } of files.values()) stored[layer]! -= size;
  return stored;
}

test('wastes as many bytes as a simulation of random layers', async () => {
  const next = createRandom(14);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)]!;
  for (let round = 0; round < 200; round++) {
    const layers = Array.from({ length: 2 + Math.floor(next() * 5) }, () => {
      const entries = new Map<string, string>();
      const count = Math.floor(next() * 12);
      for (let at = 0; at < count; at++) {
        const folder = Array.from({ length: 1 + Math.floor(next() * 3) }, () =>
          pick(['a', 'b']),
        ).join('/');
        const name = pick(['f', 'g', 'h', 'f', 'g', '.wh.f', '.wh.a', '.wh.b', '.wh..wh..opq']);
        const path = `${folder}/${name}`;
        entries.set(
          path,
          name.startsWith('.') ? path : `${path}=${'x'.repeat(Math.floor(next() * 9))}`,
        );
      }
      return [...entries.values()];
    });
    const { counts } = await analysisOf(...layers);
    expect({ layers, wasted: counts.map(({ wasted }) => wasted) }).toEqual({
      layers,
      wasted: simulate(layers),
    });
  }
});
