import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ContentStore } from './content-store.ts';

let folder: string;
let store: ContentStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-store-'));
  store = new ContentStore(join(folder, 'cache'), true);
});
afterEach(() => rm(folder, { recursive: true }));

const data = Buffer.from('content of a layer');
const digest = `sha256:${createHash('sha256').update(data).digest('hex')}`;
const other = `sha256:${'0'.repeat(64)}`;

async function write(expected: string, total = data.length): Promise<void> {
  const writer = await store.write(expected);
  try {
    await writer.write(data.subarray(0, 7), 0);
    await writer.write(data.subarray(7), 7);
    await writer.commit(total, expected);
  } finally {
    await writer.discard();
  }
}

const blobs = () => readdir(join(folder, 'cache/blobs/sha256')).catch(() => []);
const drafts = () => readdir(join(folder, 'cache/ingest'));

test('stores a blob under its digest, and nothing else', async () => {
  await write(digest);
  const handle = await store.open(digest);
  expect((await handle.readFile()).toString()).toBe(data.toString());
  await handle.close();
  expect((await store.stats(digest)).size).toBe(data.length);
  expect([await blobs(), await drafts()]).toEqual([[digest.slice(7)], []]);
});

test.each([
  ['another content', other, data.length, /unexpected digest/],
  ['another size', digest, 5, /unexpected size/],
])('does not store a blob with %s', async (_, expected, total, message) => {
  await expect(write(expected, total)).rejects.toThrow(message);
  expect([await blobs(), await drafts()]).toEqual([[], []]);
});

test('refuses parts that do not follow each other, and begins again at the start', async () => {
  const writer = await store.write('');
  await writer.write(Buffer.from('wrong'), 0);
  await expect(writer.write(data, 4)).rejects.toThrow('write at 4, expected 5');
  await writer.write(data, 0);
  await writer.commit(0, digest);
  await writer.discard();
  expect((await readFile(join(folder, 'cache/blobs/sha256', digest.slice(7)))).equals(data)).toBe(
    true,
  );
});

test('refuses to write a blob that it has', async () => {
  await write(digest);
  await expect(store.write(digest)).rejects.toMatchObject({ code: 6 });
  await expect(write('')).rejects.toMatchObject({ code: 6 });
});

test('writes nothing into a cache that is only read', async () => {
  const readOnly = new ContentStore(join(folder, 'other'), false);
  await expect(readOnly.write('')).rejects.toMatchObject({ code: 7 });
  expect(existsSync(join(folder, 'other'))).toBe(false);
});

test.each([
  '../../../etc/passwd',
  'sha256:../../../outside',
  `sha256:${'0'.repeat(63)}/`,
  `sha512:${'0'.repeat(64)}`,
  `SHA256:${'A'.repeat(64)}`,
  '',
])('refuses the digest %j', async (name) => {
  await writeFile(join(folder, 'outside'), 'secret');
  await expect(store.open(name)).rejects.toMatchObject({ code: 3 });
  await expect(store.stats(name)).rejects.toMatchObject({ code: 3 });
});

test.skipIf(process.platform === 'win32')('reads no links and no directories', async () => {
  await mkdir(join(folder, 'cache/blobs/sha256'), { recursive: true });
  await writeFile(join(folder, 'outside'), 'secret');
  await symlink(join(folder, 'outside'), join(folder, 'cache/blobs/sha256', '1'.repeat(64)));
  await mkdir(join(folder, 'cache/blobs/sha256', '2'.repeat(64)));
  for (const digit of ['0', '1', '2'])
    await expect(store.open(`sha256:${digit.repeat(64)}`)).rejects.toMatchObject({ code: 5 });
});
