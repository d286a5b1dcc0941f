/** Results of a build whose paths lead out of their directory. */
import { EventEmitter } from 'node:events';
import type { ServerHttp2Stream } from 'node:http2';
import { lstat, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encode, type Packet, type Stat } from '../messages.ts';
import { goModes, packets } from './packets.ts';
import { receiveDirectory } from './receive-directory.ts';

let folder: string;
let root: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-receive-'));
  root = join(folder, 'out');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const entry = (path: string, more: Omit<Stat, 'path'> = {}): Packet => ({
  type: packets.stat,
  stat: { path: Buffer.from(path), mode: 0o644, ...more },
});
const directory = (path: string) => entry(path, { mode: goModes.directory + 0o755 });
const link = (path: string, target: string) =>
  entry(path, { mode: goModes.link + 0o777, linkname: Buffer.from(target) });
const content = (ID: number, text: string): readonly Packet[] => [
  { type: packets.data, ID, data: Buffer.from(text) },
  { type: packets.data, ID },
];
const listed: Packet = { type: packets.stat };
const end: Packet = { type: packets.end };

async function receive(...messages: readonly Packet[]): Promise<void> {
  // Only what is written matters here.
  const stream = Object.assign(new EventEmitter(), { write: () => true });
  async function* bytes(): AsyncGenerator<Buffer> {
    for (const message of messages) {
      await Promise.resolve();
      yield encode('Packet', message);
    }
  }
  await receiveDirectory(root, bytes(), stream as unknown as ServerHttp2Stream);
}

test('writes files, directories and links', async () => {
  await receive(
    directory('a'),
    entry('a/f'),
    link('a/l', '../../anywhere'),
    entry('a/same', { linkname: Buffer.from('a/f') }),
    listed,
    ...content(1, 'text'),
    end,
  );
  expect(await readFile(join(root, 'a/f'), 'utf8')).toBe('text');
  expect((await lstat(join(root, 'a/same'))).ino).toBe((await lstat(join(root, 'a/f'))).ino);
  expect((await lstat(join(root, 'a/l'))).isSymbolicLink()).toBe(true);
});

test.each(['../x', '/x', 'a/../../x', './x', 'a//x', '', '.', '..', 'missing/x', 'a/./x', 'a\0b'])(
  'refuses the path %j',
  async (path) => {
    await expect(receive(directory('a'), entry(path))).rejects.toThrow('path that is not allowed');
    expect((await readdir(folder)).sort()).toEqual(['out']);
  },
);

test('refuses a file below a link, and a hard link to a file that is not part of the result', async () => {
  await writeFile(join(folder, 'private'), 'private');
  await expect(receive(link('l', '..'), entry('l/x'))).rejects.toThrow('not allowed');
  const outside = entry('x', { linkname: Buffer.from('../private') });
  await expect(receive(outside, listed, end)).rejects.toThrow('not allowed');
  await mkdir(root, { recursive: true });
  await symlink('../private', join(root, 'existing'));
  const existing = entry('x', { linkname: Buffer.from('existing') });
  await expect(receive(existing, listed, end)).rejects.toThrow('not allowed');
});

test('replaces what exists and does not follow it', async () => {
  await mkdir(root);
  await mkdir(join(folder, 'other'));
  await writeFile(join(folder, 'private'), 'private');
  await symlink('../private', join(root, 'file'));
  await symlink('../other', join(root, 'sub'));
  const messages = [entry('file'), directory('sub'), entry('sub/x'), listed];
  await receive(...messages, ...content(0, 'new'), ...content(2, 'x'), end);
  expect(await readFile(join(folder, 'private'), 'utf8')).toBe('private');
  expect(await readFile(join(root, 'file'), 'utf8')).toBe('new');
  expect(await readdir(join(folder, 'other'))).toEqual([]);
});

test('keeps no part of a file if the result is incomplete', async () => {
  const [first] = content(0, 'part');
  await expect(receive(entry('file'), listed, first!)).rejects.toThrow('closed before the end');
  expect(await readdir(root)).toEqual([]);
});

test('refuses data that it has not requested, and devices', async () => {
  await expect(receive(listed, ...content(7, 'x'))).rejects.toThrow('not requested');
  const device = entry('null', { mode: goModes.device + 0o666 });
  await expect(receive(device)).rejects.toThrow('Devices and pipes');
});
