import * as zlib from 'node:zlib';
import { expect, test } from 'vitest';
import { dockerArchive, gzipped, layerTar, ociArchive } from '../../../test/image-archives.ts';
import { inChunks, rawArchive, type RawEntry } from '../../../test/tar-archive.ts';
import { readImageArchive } from './image-archive.ts';
import { kinds } from './layer-files.ts';

function link(name: string, target: string): RawEntry {
  return { name, type: '1', link: target };
}

const layers = [
  layerTar(['bin/', 'bin/sh=12345', link('bin/ash', 'bin/sh')]),
  layerTar([]),
  layerTar(['bin/.wh.ash', 'etc/.wh..wh..opq', 'etc/passwd=root']),
  layerTar([]),
];
const steps = ['ADD file:1 in /', '-ENV A=b', 'RUN true', 'RUN x', 'RUN true'];

function read(archive: Buffer, chunk = 65_536) {
  return readImageArchive(inChunks(archive, chunk));
}

const { zstdCompressSync } = zlib as { zstdCompressSync?: (data: Buffer) => Buffer };

test.each([
  ['docker archive', dockerArchive(layers, { steps })],
  ['docker archive with its manifest first', dockerArchive(layers, { steps, manifestFirst: true })],
  ['OCI layout', ociArchive(layers, { steps })],
  ['OCI layout with its index first', ociArchive(layers, { steps, manifestFirst: true })],
  ['OCI layout with an index of indexes only', ociArchive(layers, { steps, withoutList: true })],
  ['OCI layout with gzip', ociArchive(layers, { steps, compress: gzipped })],
])('reads layers and steps of a %s', async (_, archive) => {
  for (const chunk of [77, 65_536]) {
    const saved = await read(archive, chunk);
    expect(saved.layers.map(({ count }) => count)).toEqual([3, 0, 1, 0]);
    expect(saved.layers[1]).toBe(saved.layers[3]);
    const [base, , changes] = saved.layers;
    const names = [...base!.nodes].map((node) => saved.paths.display(node));
    expect(names).toEqual(['/bin', '/bin/sh', '/bin/ash']);
    expect([...base!.kinds].map((kind) => kinds[kind])).toEqual(['directory', 'file', 'hardlink']);
    expect([...base!.sizes]).toEqual([0, 5, 0]);
    expect([...base!.contents]).toEqual([0, 1, 1]);
    expect(changes!.whiteouts.map((node) => saved.paths.display(node))).toEqual(['/bin/ash']);
    expect(changes!.opaque.map((node) => saved.paths.display(node))).toEqual(['/etc']);
    expect(saved.steps.map(({ createdBy, isEmpty }) => (isEmpty ? '-' : '') + createdBy)).toEqual(steps); // prettier-ignore
  }
});

test('reads zstd if Node.js supports it, and otherwise names the reason', async () => {
  // A frame with an empty raw block; only its first bytes matter where zstd is not supported.
  const compress = (layer: Buffer) =>
    zstdCompressSync?.(layer) ?? Buffer.from('28b52ffd2000010000', 'hex');
  const reading = read(ociArchive(layers, { compress }));
  if (zstdCompressSync) expect((await reading).layers).toHaveLength(4);
  else await expect(reading).rejects.toThrow('The layers are compressed with zstd, which requires');
});

test('reads on after a layer with a long end', async () => {
  const long = Buffer.concat([layerTar(['a=1']), Buffer.alloc(5_000_000)]);
  const compress = (layer: Buffer) => (layer === long ? zlib.gzipSync(layer, { level: 0 }) : layer);
  for (const options of [{ compress }, {}]) {
    const saved = await read(ociArchive([long, layerTar(['b=2'])], options));
    expect(saved.layers.map(({ count }) => count)).toEqual([1, 1]);
  }
});

test('reports the bytes that were read', async () => {
  const archive = ociArchive(layers);
  const seen: number[] = [];
  await readImageArchive(inChunks(archive, 1000), { onBytes: (bytes) => seen.push(bytes) });
  expect(seen[0]).toBe(1000);
  expect(seen.at(-1)).toBe(archive.length);
});

test.each([
  ['is not an archive', Buffer.from('no'), 'incomplete'],
  ['ends early', ociArchive(layers).subarray(0, 2000), 'incomplete'],
  ['has no manifest', rawArchive({ name: 'a', content: 'b' }), 'unknown format'],
  ['has a manifest that is not JSON', rawArchive({ name: 'manifest.json', content: '{' }), 'unknown format'], // prettier-ignore
  ['lacks a layer', rawArchive({ name: 'manifest.json', content: '[{"Config":"c","Layers":["x"]}]' }), 'without all of its layers'], // prettier-ignore
  ['has a damaged layer', ociArchive([layerTar(['a=b']).fill(0xff, 700, 1200)]), 'damaged'],
  ['has damaged compressed data', ociArchive(layers, { compress: (layer) => gzipped(layer).fill(0x55, 12) }), 'damaged'], // prettier-ignore
])('rejects an archive that %s', async (_, archive, message) => {
  await expect(read(archive)).rejects.toThrow(message);
});

test('rejects an image with more files, paths or names than the limits', async () => {
  const many = layerTar(Array.from({ length: 50 }, (_, index) => `file${index}`));
  const limits = { entries: 49, characters: 1e6 };
  const reading = readImageArchive(inChunks(dockerArchive([many])), { limits });
  await expect(reading).rejects.toThrow('The image has more files than can be analyzed (49)');
  const long = { entries: 1000, characters: 100 };
  await expect(readImageArchive(inChunks(dockerArchive([many])), { limits: long })).rejects.toThrow(
    'more files',
  );
  const deep = layerTar([0, 1, 2].map((index) => `${`${index}/`.repeat(45)}x`));
  const shallow = { entries: 60, characters: 1e6 };
  const reads = readImageArchive(inChunks(dockerArchive([deep, layerTar(['x'])])), {
    limits: shallow,
  });
  await expect(reads).rejects.toThrow('more files');
});

test('keeps unusual names inside the image, and ignores those that lead out of it', async () => {
  const names = [
    '/abs',
    './a/./b',
    'a/../c',
    '../out',
    'a/../../out',
    'new\nline',
    '\xff\xfe',
    'é',
  ];
  const hostile = layerTar([
    ...names.map((name) => ({ name })),
    { name: 'long', type: 'L', content: `${'n'.repeat(3000)}/${'d/'.repeat(3000)}x\0` },
    { name: 'cut' },
    { name: 'device', type: '3' },
    { name: '.wh.' },
    { name: '.wh..wh.plnk' },
    link('link', '../../etc/passwd'),
  ]);
  const { layers: [layer], paths } = await read(dockerArchive([hostile])); // prettier-ignore
  const shown = [...layer!.nodes].map((node) => paths.display(node));
  expect(shown).toEqual(['/abs', '/a/b', '/c', '/new\\nline', '/\\xff\\xfe', '/\\xe9', '/device', '/link']); // prettier-ignore
  expect(layer!.ignored).toBe(3);
  expect(layer!.whiteouts).toEqual([]);
});
