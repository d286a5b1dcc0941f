import { existsSync, fstatSync, openSync } from 'node:fs';
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

/** Milliseconds for a write: with the first, every system is quick; with the second, none is. */
const limits = [60_000, -1];

async function write(chunks: Iterable<Buffer>, longestWrite: number) {
  const file = new SparseFile(openSync(join(home, 'x'), 'wx'), { longestWrite });
  for (const chunk of chunks) file.write(chunk);
  const result = { size: 0, onDisk: 0 };
  await file.end((descriptor) => {
    const { size, blocks } = fstatSync(descriptor);
    Object.assign(result, { size, onDisk: blocks * 512 });
  });
  return result;
}

test.each(limits)('a large file of zeros needs no space on the disk (limit %i)', async (limit) => {
  const chunk = Buffer.alloc(1 << 20);
  const { size, onDisk } = await write(
    Array.from({ length: 10_240 }, () => chunk),
    limit,
  );
  expect(size).toBe(10 * 2 ** 30);
  expect(onDisk).toBeLessThan(1 << 20);
});

test.each<[string, readonly number[]]>([
  ['is empty', []],
  ['is short', [3]],
  ['is long', [-(5 << 20), -(40 << 20), -3]],
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
  for (const limit of limits) {
    const { size } = await write(chunks, limit);
    expect(size, String(limit)).toBe(whole.length);
    expect((await readFile(join(home, 'x'))).equals(whole), String(limit)).toBe(true);
    await rm(join(home, 'x'));
  }
});

test('reports that the disk is full when it writes at once or in the thread pool', async () => {
  if (!existsSync('/dev/full')) return;
  for (const longestWrite of limits) {
    const file = new SparseFile(openSync('/dev/full', 'w'), { longestWrite });
    const writing = async () => {
      file.write(Buffer.alloc(1 << 20, 'data'));
      file.write(Buffer.alloc(1 << 20, 'data'));
      await file.end(() => undefined);
    };
    await expect(writing()).rejects.toMatchObject({ code: 'ENOSPC' });
  }
});
