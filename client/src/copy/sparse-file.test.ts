import { fstatSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SparseFile } from './sparse-file.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'drydock-sparse-'));
});
afterEach(() => rm(home, { recursive: true }));

async function write(chunks: Iterable<Buffer>) {
  const file = new SparseFile(openSync(join(home, 'x'), 'wx'));
  for (const chunk of chunks) file.write(chunk);
  const result = { size: 0, onDisk: 0 };
  await file.end((descriptor) => {
    const { size, blocks } = fstatSync(descriptor);
    Object.assign(result, { size, onDisk: blocks * 512 });
  });
  return result;
}

test('a large file of zeros needs no space on the disk', async () => {
  const chunk = Buffer.alloc(1 << 20);
  const { size, onDisk } = await write(Array.from({ length: 10_240 }, () => chunk));
  expect(size).toBe(10 * 2 ** 30);
  expect(onDisk).toBeLessThan(1 << 20);
});

test.each<[string, readonly number[]]>([
  ['is empty', []],
  ['is short', [3]],
  ['consists of many small chunks', Array.from({ length: 5000 }, (_, index) => index % 700)],
  ['has zeros between data', [3 << 20, -1, 1 << 20, -5, 5000]],
  ['starts with zeros', [2 << 20, -3]],
  ['ends with zeros', [-3, 1 << 20, 1 << 20, 4096]],
])('the content is unchanged if it %s', async (_, lengths) => {
  // A negative length is data, a positive one of at least a block is zeros.
  const chunks = lengths.map((length) =>
    Buffer.alloc(Math.abs(length), length < 4096 ? 'data' : '\0'),
  );
  const whole = Buffer.concat(chunks);
  const { size } = await write(chunks);
  expect(size).toBe(whole.length);
  expect((await readFile(join(home, 'x'))).equals(whole)).toBe(true);
});
