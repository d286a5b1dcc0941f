import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeSparse } from './sparse-file.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'drydock-sparse-'));
});
afterEach(() => rm(home, { recursive: true }));

async function write(chunks: Iterable<Uint8Array>) {
  const handle = await open(join(home, 'x'), 'wx');
  let reported = 0;
  await writeSparse(handle, chunks, (bytes) => (reported += bytes));
  const { size, blocks } = await handle.stat();
  await handle.close();
  return { size, reported, onDisk: blocks * 512 };
}

test('a large file of zeros needs no space on the disk', async () => {
  const chunk = Buffer.alloc(1 << 20);
  const { size, reported, onDisk } = await write(Array.from({ length: 10_240 }, () => chunk));
  expect([size, reported]).toEqual([10 * 2 ** 30, 10 * 2 ** 30]);
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
  const { size, reported } = await write(chunks);
  expect([size, reported]).toEqual([whole.length, whole.length]);
  expect((await readFile(join(home, 'x'))).equals(whole)).toBe(true);
});
