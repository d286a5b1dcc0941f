import { expect, test } from 'vitest';
import { remembered } from './files.ts';
import { LimitedMap } from './limited-map.ts';
import { documentSurroundings } from './surroundings.ts';

test('holds no more entries than its limit', () => {
  const map = new LimitedMap<number, number>(10);
  for (let key = 0; key < 1000; key++) {
    map.set(key, key);
    expect(map.size).toBeLessThanOrEqual(10);
    expect(map.get(key)).toBe(key);
  }
});

test('keeps the other entries when a known one changes', () => {
  const map = new LimitedMap<number, number>(2);
  map.set(1, 1).set(2, 2).set(2, 3);
  expect([...map]).toEqual([
    [1, 1],
    [2, 3],
  ]);
});

test('reads a file again after very many others', async () => {
  const reads: string[] = [];
  const files = remembered({
    read: (uri) => {
      reads.push(uri);
      return Promise.resolve(uri);
    },
  });
  const first = 'file:///first';
  await files.read(first);
  await files.read(first);
  expect(reads).toEqual([first]);
  for (let at = 0; at < 100_000; at++) await files.read(`file:///${at}`);
  expect(await files.read(first)).toBe(first);
  expect(reads.filter((uri) => uri === first)).toHaveLength(2);
});

test('reads the ignore files of a document again after very many other documents', async () => {
  let reads = 0;
  const first = 'file:///first/.dockerignore';
  const surroundings = documentSurroundings({
    read: (uri) => {
      if (uri === first) reads++;
      return Promise.resolve(undefined);
    },
  });
  const document = 'file:///first/Dockerfile';
  await surroundings.of(document);
  const before = reads;
  await surroundings.of(document);
  expect(reads).toBe(before);
  for (let at = 0; at < 20_000; at++) await surroundings.of(`file:///${at}/Dockerfile`);
  await surroundings.of(document);
  expect(reads).toBe(2 * before);
});
