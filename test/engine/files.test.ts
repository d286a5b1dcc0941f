/** Files in containers of every state, on the installed engine and on a newer one. */
import { afterAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../client/src/engine/engine.ts';
import {
  copyFile,
  createDirectory,
  deleteFile,
  displayName,
  listDirectory,
  readFile,
  renameFile,
  statFile,
  textOfBytes,
  versionOf,
  writeFile,
  type FileEntry,
} from '../../client/src/engine/files/files.ts';
import { fileEntry, packTar, type TarEntry } from '../../client/src/engine/tar.ts';
import { engineErrorOf } from './contract.ts';
import { bytesOf, directory, distrolessFiles, importImage, link, shellFiles } from './file-images.ts'; // prettier-ignore
import { startEngines } from './two-engines.ts';

const engines = await startEngines();

afterAll(async () => {
  await Promise.all(engines.map((one) => one.stop()));
});

test('an engine is available', () => {
  expect(engines.length).toBeGreaterThan(0);
});

const hostile = ['a\nb', 'tab\t', '\u202egnp.exe', "it's", '-rf', ' x ', '%41', '\\x', '名字'];

const tree = [
  directory('data'),
  ...hostile.map((name) => fileEntry(`data/${name}`, name)),
  { ...fileEntry('data/x', 'not UTF-8'), name: 'data/?', nameBytes: bytesOf('data/\xff\xfe') },
  { ...fileEntry('data/owned', 'text', 0o4750), user: 1000, group: 1000 },
  link('data/to-file', 'owned'),
  link('data/to-directory', '/etc'),
  link('data/out', '../../../../etc/passwd'),
  link('data/loop', 'loop'),
  link('data/nowhere', '/no/such/file'),
];

function* many(): Generator<TarEntry> {
  yield directory('many');
  for (let number = 0; number < 100_000; number++) yield fileEntry(`many/f${String(number)}`, '');
}

const byName = (entries: readonly FileEntry[]): ReadonlyMap<string, FileEntry> =>
  new Map(entries.map((entry) => [entry.name, entry]));

const namesIn = async (engine: Engine, id: string, path: string): Promise<readonly string[]> =>
  (await listDirectory(engine, id, path)).entries.map(({ name }) => name).sort();

describe.each(engines)('$version', ({ engine, docker }) => {
  const create = async (image: string, ...args: string[]): Promise<string> => {
    const { stdout } = (await docker('create', ...args.slice(0, -1), image, ...args.slice(-1).join('').split(' '))); // prettier-ignore
    return stdout.trim();
  };
  const started = async (...args: Parameters<typeof create>): Promise<string> => {
    const id = await create(...args);
    await engine.start(id);
    return id;
  };

  test('imports images', async () => {
    await importImage(docker, 'shell', [...(await shellFiles()), ...tree]);
    await importImage(docker, 'distroless', [...(await distrolessFiles()), ...tree]);
    await importImage(docker, 'empty', [fileEntry('hello', 'world'), ...tree]);
  });

  test.each([
    ['running with a shell', 'shell', 'sleep 1000', 'program'],
    ['running without a shell', 'distroless', '/app/busybox sleep 1000', 'archive'],
    ['created from an image without programs', 'empty', '/none', 'archive'],
  ])('lists a container that is %s', async (_, image, command, source) => {
    const id = await create(image, command);
    if (image !== 'empty') await engine.start(id);
    const listing = await listDirectory(engine, id, '/data');
    expect(listing).toMatchObject({ source, isComplete: true });
    const found = byName(listing.entries);
    const broken = textOfBytes(bytesOf('\xff\xfe'));
    expect([...found.keys()].sort()).toEqual(
      [...hostile, broken, 'owned', 'to-file', 'to-directory', 'out', 'loop', 'nowhere'].sort(),
    );
    expect(displayName(broken)).toBe('\\xff\\xfe');
    expect(found.get('owned')).toMatchObject({
      kind: 'file',
      size: 4,
      mode: 0o4750,
      user: 1000,
      group: 1000,
      ...(image !== 'empty' && { userName: 'web' }),
    });
    expect(found.get('to-file')).toMatchObject({ linkTarget: 'owned', leadsTo: 'file' });
    expect(found.get('to-directory')).toMatchObject({
      linkTarget: '/etc',
      // The engine creates it in every container.
      leadsTo: 'directory',
    });
    expect(found.get('out')).toMatchObject({
      linkTarget: '../../../../etc/passwd',
      leadsTo: image === 'empty' ? 'nothing' : 'file',
    });
    expect(found.get('loop')).toMatchObject({ leadsTo: 'nothing' });
    expect(found.get('nowhere')).toMatchObject({ leadsTo: 'nothing' });
    for (const name of found.keys()) {
      const stat = await statFile(engine, id, `/data/${name}`);
      expect(stat).toMatchObject({
        name,
        kind: found.get(name)?.kind,
        mode: found.get(name)?.mode,
      });
      expect(Math.floor((stat.modified?.getTime() ?? 0) / 1000)).toBe(
        Math.floor((found.get(name)?.modified?.getTime() ?? 1) / 1000),
      );
    }
    if (image !== 'empty') {
      await engine.kill(id);
      const stopped = await listDirectory(engine, id, '/data');
      expect(stopped.source).toBe('archive');
      expect(stopped.entries.map(({ name }) => name).sort()).toEqual([...found.keys()].sort());
    }
    expect(await engineErrorOf(listDirectory(engine, id, '/none'))).toMatchObject({
      kind: 'missing',
    });
    expect(await engineErrorOf(statFile(engine, id, '/none'))).toMatchObject({ kind: 'missing' });
    await engine.remove(id, { force: true });
  });

  test.each([
    ['running with a shell', 'shell', 'sleep 1000'],
    ['running without a shell', 'distroless', '/app/busybox sleep 1000'],
    ['created from an image without programs', 'empty', '/none'],
  ])('saves files of a container that is %s with owner and mode', async (_, image, command) => {
    const id = await create(image, command);
    if (image !== 'empty') await engine.start(id);
    const read = async (path: string): Promise<string> =>
      (await readFile(engine, id, path, { limit: 1 << 20 })).toString();
    const before = await versionOf(engine, id, '/data/owned');
    await writeFile(engine, id, '/data/owned', bytesOf('first'));
    const after = await versionOf(engine, id, '/data/owned');
    expect(after).not.toBe(before);
    await writeFile(engine, id, '/data/owned', bytesOf('other'));
    expect(await versionOf(engine, id, '/data/owned')).not.toBe(after);
    // Through a link, which stays.
    await writeFile(engine, id, '/data/to-file', bytesOf('second'));
    expect(await read('/data/owned')).toBe('second');
    const found = byName((await listDirectory(engine, id, '/data')).entries);
    expect(found.get('owned')).toMatchObject({ mode: 0o4750, user: 1000, group: 1000, size: 6 });
    expect(found.get('to-file')).toMatchObject({ kind: 'link', linkTarget: 'owned' });
    expect([...found.keys()].filter((name) => name.startsWith('.drydock'))).toEqual([]);
    for (const name of [...hostile, textOfBytes(bytesOf('\xff\xfe'))]) {
      await writeFile(engine, id, `/data/${name}`, Buffer.from(`${name}!`));
      expect(await read(`/data/${name}`)).toBe(`${name}!`);
    }
    await createDirectory(engine, id, '/data/new');
    await writeFile(engine, id, '/data/new/a', bytesOf('a'));
    await copyFile(engine, id, '/data/new', '/data/copied');
    expect(await read('/data/copied/a')).toBe('a');
    await copyFile(engine, id, '/data/owned', '/data/copied/owned');
    const copied = await listDirectory(engine, id, '/data/copied');
    expect(byName(copied.entries).get('owned')).toMatchObject({
      mode: 0o4750,
      user: 1000,
      size: 6,
    });
    for (const path of ['/data', '/data/nowhere'])
      expect(await engineErrorOf(readFile(engine, id, path, { limit: 1 }))).toBeDefined();
    expect(
      (await engineErrorOf(readFile(engine, id, '/data/owned', { limit: 5 }))).message,
    ).toMatch(/too large/);
    if (image === 'shell') {
      await renameFile(engine, id, '/data/new', '/data/\n');
      expect(await read('/data/\n/a')).toBe('a');
      expect(await engineErrorOf(renameFile(engine, id, '/data/\n', '/data/copied'))).toMatchObject(
        { kind: 'conflict' },
      );
      await renameFile(engine, id, '/data/\n', '/data/copied', { overwrite: true });
      await deleteFile(engine, id, '/data/copied', { recursive: true });
      expect(await engineErrorOf(deleteFile(engine, id, '/data/copied'))).toMatchObject({
        kind: 'missing',
      });
      const broken = textOfBytes(bytesOf('\xff\xfe'));
      await deleteFile(engine, id, `/data/${broken}`);
      expect(await namesIn(engine, id, '/data')).not.toContain(broken);
    } else {
      const refused = await engineErrorOf(deleteFile(engine, id, '/data/owned'));
      expect(refused.message).toMatch(/only while the container runs and has a shell/);
    }
    await engine.remove(id, { force: true });
  });

  test('writes mounted files, hard links and tmpfs, and says why a read-only file system refuses', async () => {
    const id = await started('shell', '--tmpfs', '/t', 'sleep 1000');
    await docker('exec', id, 'sh', '-c', 'echo a > /data/one; ln /data/one /data/two; echo t > /t/file; chmod 600 /t/file'); // prettier-ignore
    const read = async (path: string): Promise<string> =>
      (await readFile(engine, id, path, { limit: 1 << 20 })).toString();
    await writeFile(engine, id, '/etc/hosts', bytesOf('127.0.0.1 here\n'));
    expect(await read('/etc/hosts')).toBe('127.0.0.1 here\n');
    await writeFile(engine, id, '/data/one', bytesOf('both'));
    expect(await read('/data/two')).toBe('both');
    await writeFile(engine, id, '/t/file', bytesOf('in memory'));
    expect(await read('/t/file')).toBe('in memory');
    await createDirectory(engine, id, '/t/new');
    expect(await namesIn(engine, id, '/t')).toEqual(['file', 'new']);
    expect(await read('/proc/1/comm')).toBe('sleep\n');
    await engine.remove(id, { force: true });
    const readOnly = await started('shell', '--read-only', 'sleep 1000');
    const refused = await engineErrorOf(writeFile(engine, readOnly, '/data/owned', bytesOf('x')));
    expect(refused.message).toMatch(/the file system is read-only/);
    await engine.remove(readOnly, { force: true });
    expect(await engineErrorOf(listDirectory(engine, readOnly, '/'))).toMatchObject({
      kind: 'missing',
    });
  });

  test('lists /proc, / and tmpfs of a running container as its processes see them', async () => {
    const id = await started('shell', '--tmpfs', '/t', 'sleep 1000');
    expect(await namesIn(engine, id, '/proc')).toContain('1');
    expect(await namesIn(engine, id, '/')).toEqual(
      expect.arrayContaining(['bin', 'data', 'dev', 'etc', 'proc', 'sys', 't', 'tmp']),
    );
    expect(await statFile(engine, id, '/proc/1/status')).toMatchObject({ kind: 'file', size: 0 });
    expect(await statFile(engine, id, '/')).toMatchObject({ kind: 'directory', name: '' });
    await engine.remove(id, { force: true });
  });

  test('lists 100,000 files completely with a program, and within the limits without one', async () => {
    const id = await started('shell', 'sleep 1000');
    await engine.writeArchive(id, '/', packTar(many()));
    const listing = await listDirectory(engine, id, '/many');
    expect([listing.entries.length, listing.isComplete]).toEqual([100_000, true]);
    await engine.kill(id);
    const limits = { entries: 1000, bytes: 1 << 20, milliseconds: 60_000 };
    const cut = await listDirectory(engine, id, '/many', { limits });
    expect([cut.entries.length, cut.isComplete]).toEqual([1000, false]);
    // The large directory comes before these in the archive of the root.
    const root = await listDirectory(engine, id, '/', { limits });
    expect(root.isComplete).toBe(false);
    expect(byName(root.entries).get('tmp')).toMatchObject({ kind: 'directory', mode: 0o1777 });
    await engine.remove(id, { force: true });
  });
});
