/** Archives that a container can send to write outside the folder, to replace other files, or to never end. */
import { link, lstat, mkdir, mkdtemp, readFile, readdir, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { extendedHeader, inChunks, rawArchive, rawEntry, type RawEntry } from '../../../test/tar-archive.ts'; // prettier-ignore
import { copyAcross, copyOut } from './copy.ts';
import type { CopyOptions } from './copy-task.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'drydock-hostile-'));
  await mkdir(local('in'));
  await mkdir(local('outside'));
  await writeFile(local('secret'), 'secret', { mode: 0o600 });
});
afterEach(() => rm(home, { recursive: true }));

const local = (name: string) => join(home, name);
const options: CopyOptions = {
  signal: new AbortController().signal,
  report: () => undefined,
  confirmOverwrite: () => Promise.resolve(true),
};
const directory = { name: 'app/', type: '5', mode: 0o755 };
const linkTo = (name: string, link: string): RawEntry => ({ name, type: '2', link });
const hardLinkTo = (name: string, link: string): RawEntry => ({ name, type: '1', link });

type Archive = readonly (RawEntry | Buffer)[];

/** Copies an archive of `/app` to the folder `in`. */
function receive(bytes: AsyncIterable<Uint8Array>, path = '/app', more: Partial<CopyOptions> = {}) {
  const { engine } = fakeEngine({ containers: [{ name: 'web', files: { '/app/a': '' } }] });
  return copyOut(
    { ...engine, readArchive: () => bytes },
    { container: 'web', path, target: local('in') },
    { ...options, tarFrom: Infinity, ...more },
  );
}
const receiveEntries = (...entries: Archive) =>
  receive(inChunks(rawArchive(directory, ...entries)));

/** Everything that must stay as it is. */
async function expectUnchanged(): Promise<void> {
  expect((await readdir(home)).sort()).toEqual(['in', 'outside', 'secret']);
  expect(await readdir(local('outside'))).toEqual([]);
  expect(await readFile(local('secret'), 'utf8')).toBe('secret');
  const { mode, nlink } = await stat(local('secret'));
  expect([mode & 0o777, nlink]).toEqual([0o600, 1]);
  expect((await readdir(local('in'))).filter((name) => name.startsWith('.drydock'))).toEqual([]);
}

describe('an archive is rejected, and nothing of it is written, if it contains', () => {
  const out = (): string => local('outside');
  test.each<[string, () => Archive]>([
    ['a name with ..', () => [{ name: 'app/../../secret', content: 'x' }]],
    ['a name that ends with ..', () => [{ name: 'app/x/..', type: '5' }]],
    ['a name with .. in the middle', () => [{ name: 'app/../app/x' }]],
    ['a name with .. in the prefix field', () => [{ name: 'secret', prefix: 'app/../..' }]],
    ['a name with .. in an extended header', () => [extendedHeader({ path: 'app/../../secret' }), { name: 'app/x' }]],
    ['a name with .. in a long name of GNU tar', () => [{ name: 'L', type: 'L', content: 'app/../../secret\0' }, { name: 'app/x' }]],
    ['an absolute name', () => [{ name: '/etc/passwd', content: 'x' }]],
    ['the absolute name of a file of this machine', () => [extendedHeader({ path: local('secret') }), { name: 'app/x' }]],
    ['a name beside the requested directory', () => [{ name: 'other/x', content: 'x' }]],
    ['a name that only begins like the directory', () => [{ name: 'app2/x', content: 'x' }]],
    ['a device with a name that leads outside', () => [{ name: 'app/../../tty', type: '3' }]],
    ['a file through a link to a folder', () => [linkTo('app/l', out()), { name: 'app/l/x', content: 'x' }]],
    ['a file through a relative link', () => [linkTo('app/l', '../../outside'), { name: 'app/l/x' }]],
    ['a file through two links', () => [linkTo('app/a', out()), linkTo('app/b', 'a'), { name: 'app/b/x' }]],
    ['a folder with the name of a link', () => [linkTo('app/l', out()), { name: 'app/l/', type: '5', mode: 0o777 }]],
    ['a link with the name of a folder', () => [{ name: 'app/l/', type: '5' }, linkTo('app/l', out())]],
    ['a link instead of the requested directory', () => [linkTo('app', out()), { name: 'app/x', content: 'x' }]],
    ['a hard link to a file outside', () => [hardLinkTo('app/h', '../../secret')]],
    ['a hard link to an absolute path', () => [hardLinkTo('app/h', '/etc/passwd')]],
    ['a hard link through a link', () => [linkTo('app/l', home), hardLinkTo('app/h', 'app/l/secret')]],
    ['a hard link to a directory', () => [{ name: 'app/d/', type: '5' }, hardLinkTo('app/h', 'app/d')]],
    ['a hard link to itself', () => [hardLinkTo('app/h', 'app/h')]],
    ['a hard link to a later file', () => [hardLinkTo('app/h', 'app/later'), { name: 'app/later', content: 'x' }]],
    ['a hard link with .. in an extended header', () => [extendedHeader({ linkpath: 'app/../../secret' }), hardLinkTo('app/h', 'app/x')]],
    ['a file that becomes a directory', () => [{ name: 'app/x' }, { name: 'app/x/y' }]],
    ['a directory that becomes a file', () => [{ name: 'app/x/y' }, { name: 'app/x' }]],
    ['a file that says that it has 10 GB', () => [{ name: 'app/x', size: 10 * 2 ** 30 }]],
    ['a file with a negative size', () => [{ name: 'app/x', size: '\xff'.repeat(12) }]],
    ['a name in an extended header of 2 MiB', () => [{ name: 'x', type: 'x', size: 2 ** 21 }]],
    ['a null character in a name', () => [extendedHeader({ path: 'app/a\0/../../b' }), { name: 'app/x' }]],
    ['a header that is damaged', () => [{ name: 'app/x', checksum: '000000\0 ' }]],
    ['a header that is damaged after a file', () => [{ name: 'app/x', content: 'x' }, Buffer.alloc(512, 'x')]],
  ])('%s', async (_, entries) => {
    await expect(receiveEntries(...entries())).rejects.toMatchObject({ name: 'EngineError' });
    expect(await readdir(local('in'))).toEqual([]);
    await expectUnchanged();
  }); // prettier-ignore

  test('fewer bytes than the file has, wherever it ends', async () => {
    const bytes = rawArchive(directory, { name: 'app/x', content: 'x'.repeat(700) });
    for (let length = 0; length < bytes.length - 1024; length += 100)
      await expect(receive(inChunks(bytes.subarray(0, length)))).rejects.toMatchObject({
        name: 'EngineError',
      });
    expect(await readdir(local('in'))).toEqual([]);
  });

  test('an error of the connection after some files', async () => {
    async function* cut() {
      yield rawEntry(directory);
      yield rawEntry({ name: 'app/x', content: 'x' });
      await Promise.reject(new Error('socket hang up'));
    }
    await expect(receive(cut())).rejects.toMatchObject({ name: 'EngineError' });
    expect(await readdir(local('in'))).toEqual([]);
  });

  test('a link instead of the requested file', async () => {
    const bytes = rawArchive(linkTo('app', local('secret')), { name: 'app', content: 'x' });
    await receive(inChunks(bytes)).catch(() => undefined);
    await expectUnchanged();
  });
});

describe('an archive is written only inside the folder if it contains', () => {
  test('links to other places, which are created without following them', async () => {
    await receiveEntries(linkTo('app/l', '/etc/passwd'), linkTo('app/up', '../../secret'));
    expect(await readlink(local('in/app/l'))).toBe('/etc/passwd');
    expect(await readlink(local('in/app/up'))).toBe('../../secret');
    await expectUnchanged();
  });

  test('a link that replaces a file, or a file that replaces a link', async () => {
    await receiveEntries(
      { name: 'app/a', content: 'x' },
      linkTo('app/a', local('secret')),
      linkTo('app/b', local('secret')),
      { name: 'app/b', content: 'y' },
    );
    expect(await readlink(local('in/app/a'))).toBe(local('secret'));
    expect(await readFile(local('in/app/b'), 'utf8')).toBe('y');
    await expectUnchanged();
  });

  test('the same file several times, of which the last one is used', async () => {
    await receiveEntries(
      { name: 'app/a', content: 'long text' },
      { name: 'app/./a', content: 'x' },
    );
    expect(await readFile(local('in/app/a'), 'utf8')).toBe('x');
  });

  test('hard links to a file, to a link and to a hard link of the archive', async () => {
    await receiveEntries(
      { name: 'app/a', content: 'x' },
      hardLinkTo('app/b', 'app/a'),
      hardLinkTo('app/c', 'app/b'),
      linkTo('app/l', '/nowhere'),
      hardLinkTo('app/m', 'app/l'),
    );
    expect((await stat(local('in/app/c'))).nlink).toBe(3);
    expect(await readlink(local('in/app/m'))).toBe('/nowhere');
  });

  test('names with line breaks, control characters, other directions and quotes', async () => {
    const names = ['a\nb', '\x1b[2J', 'exe.\u202etxt', '"\'$(x)`', ' ', '-rf', '~', '…'];
    const entries = names.flatMap((name): Archive => {
      const path = Buffer.from(`app/${name}`).toString('latin1');
      return [extendedHeader({ path }), { name: 'app/x', content: 'x' }];
    });
    await receiveEntries(...entries);
    expect((await readdir(local('in/app'))).sort()).toEqual([...names].sort());
  });

  test('devices, pipes and unknown entries, which are skipped and shown without control characters', async () => {
    const { skipped } = await receiveEntries(
      { name: 'app/c', type: '3' },
      { name: 'app/b', type: '4' },
      { name: 'app/p\x1b[2J\n', type: '6' },
      { name: 'app/unknown', type: 'Z', content: 'x'.repeat(600) },
      { name: 'app/multi', type: 'M', content: 'x' },
      { name: 'app/sparse', type: 'S', content: 'x' },
      extendedHeader({ 'GNU.sparse.major': '1', 'GNU.sparse.realsize': '10737418240' }),
      { name: 'app/sparse2', content: '1\n0\n' },
      { name: 'app/a', content: 'x' },
    );
    expect(skipped).toEqual(['app/c', 'app/b', 'app/p\\u001b[2J\\n', 'app/unknown', 'app/multi', 'app/sparse', 'app/sparse2']); // prettier-ignore
    expect(await readdir(local('in/app'))).toEqual(['a']);
  });

  test('setuid, setgid and sticky bits, which are removed', async () => {
    await receiveEntries(
      { name: 'app/a', mode: 0o6755 },
      { name: 'app/d/', type: '5', mode: 0o3777 },
    );
    expect((await lstat(local('in/app/a'))).mode & 0o7777).toBe(0o755);
    expect((await lstat(local('in/app/d'))).mode & 0o7777).toBe(0o777);
  });

  test('directories without permissions, also above others', async () => {
    await receiveEntries(
      { name: 'app/d/', type: '5', mode: 0 },
      { name: 'app/d/e/', type: '5', mode: 0 },
      { name: 'app/d/e/x', content: 'x', mode: 0 },
    );
    expect((await stat(local('in/app/d/e/x'))).mode & 0o777).toBe(0);
  });

  test('files before their directories', async () => {
    await receiveEntries(
      { name: 'app/d/x', content: 'x' },
      { name: 'app/d/', type: '5', mode: 0o700 },
    );
    expect((await stat(local('in/app/d'))).mode & 0o777).toBe(0o700);
    expect(await readFile(local('in/app/d/x'), 'utf8')).toBe('x');
  });

  test('1,000 nested directories', async () => {
    const deep = 'd/'.repeat(1000);
    const levels = Array.from({ length: 1000 }, (_, index) => [
      extendedHeader({ path: `app/${'d/'.repeat(index + 1)}` }),
      { name: 'app/d/', type: '5', mode: 0o755 },
    ]);
    await receiveEntries(...levels.flat(), extendedHeader({ path: `app/${deep}x` }), { name: 'x', content: 'x' }); // prettier-ignore
    expect(await readFile(local(`in/app/${deep}x`), 'utf8')).toBe('x');
  });

  test('5,000 levels, of which those that the disk cannot have are not copied', async () => {
    const { refusedNames } = await receiveEntries(
      { name: 'app/a', content: 'x' },
      extendedHeader({ path: `app/${'d/'.repeat(5000)}x` }),
      { name: 'x', content: 'x' },
    );
    expect(refusedNames).toHaveLength(1);
    expect(await readFile(local('in/app/a'), 'utf8')).toBe('x');
  });

  test('a name of 300 bytes, which is reported and not copied', async () => {
    const { skipped, entries } = await receiveEntries(
      extendedHeader({ path: `app/${'n'.repeat(300)}` }),
      { name: 'x', content: 'x' },
      { name: 'app/a', content: 'x' },
    );
    expect(skipped).toEqual([`app/${'n'.repeat(300)}`]);
    expect(entries).toBe(2);
  });

  test('files through existing links of the folder, which are not followed', async () => {
    await mkdir(local('in/app'));
    await symlink(local('outside'), local('in/app/l'));
    await expect(receiveEntries({ name: 'app/l/x', content: 'x' })).rejects.toMatchObject({
      name: 'EngineError',
    });
    await expectUnchanged();
  });

  test('a file over an existing hard link, whose other name keeps its content', async () => {
    await mkdir(local('in/app'));
    await writeFile(local('in/other'), 'mine');
    await link(local('in/other'), local('in/app/h'));
    await receiveEntries({ name: 'app/h', content: 'new' });
    expect(await readFile(local('in/other'), 'utf8')).toBe('mine');
    expect(await readFile(local('in/app/h'), 'utf8')).toBe('new');
  });

  test('data after its end, which is not read as entries', async () => {
    const bytes = Buffer.concat([
      rawArchive(directory),
      rawEntry({ name: 'app/later', content: 'x' }),
    ]);
    await receive(inChunks(bytes));
    expect(await readdir(local('in/app'))).toEqual([]);
  });

  test('data after its end that never ends', async () => {
    async function* endless() {
      yield rawArchive(directory, { name: 'app/a', content: 'x' });
      for (;;) yield await Promise.resolve(Buffer.alloc(1 << 16));
    }
    await receive(endless());
    expect(await readdir(local('in/app'))).toEqual(['a']);
  });

  test('a file that never ends, until the copy is cancelled', async () => {
    const stop = new AbortController();
    async function* endless() {
      yield rawEntry(directory);
      yield rawEntry({ name: 'app/a', size: 2 ** 40 < 8 ** 11 ? 2 ** 40 : 8 ** 11 - 1 });
      for (;;) yield await Promise.resolve(Buffer.alloc(1 << 16));
    }
    const report = (bytes: number): void => {
      if (bytes > 1 << 20) stop.abort();
    };
    const cancelling = { signal: stop.signal, report };
    await expect(receive(endless(), '/app', cancelling)).rejects.toMatchObject({
      kind: 'cancelled',
    });
    expect(await readdir(local('in'))).toEqual([]);
  });
});

describe('an archive on its way to another container is rejected if it contains', () => {
  test.each<[string, () => Archive]>([
    ['a name with ..', () => [{ name: 'app/../../x', content: 'x' }]],
    ['a hard link with ..', () => [hardLinkTo('app/h', '../../x')]],
    ['a header that is damaged', () => [{ name: 'app/x', checksum: '000000\0 ' }]],
  ])('%s', async (_, entries) => {
    const fake = fakeEngine({
      containers: [
        { name: 'web', files: { '/app/a': '' } },
        { name: 'api', files: { '/srv/own': 'own' } },
      ],
    });
    const readArchive = () => inChunks(rawArchive(directory, ...entries()));
    const request = { from: { container: 'web', path: '/app' }, to: { container: 'api', target: '/srv' } };
    await expect(copyAcross({ ...fake.engine, readArchive }, request, options)).rejects.toMatchObject({
      name: 'EngineError',
    });
    expect(fake.files('api').names('/')).toEqual(['srv']);
    expect(fake.files('api').text('/srv/own')).toBe('own');
  }); // prettier-ignore

  test('files under other names than the requested one, which get the requested name', async () => {
    const fake = fakeEngine({
      containers: [
        { name: 'web', files: { '/app/a': '' } },
        { name: 'api', files: { '/srv/': '' } },
      ],
    });
    const entries = [{ name: '/etc/passwd', content: 'x' }, { name: 'other/y', content: 'y' }];
    const readArchive = () => inChunks(rawArchive(directory, ...entries));
    const request = { from: { container: 'web', path: '/app' }, to: { container: 'api', target: '/srv' } };
    await copyAcross({ ...fake.engine, readArchive }, request, options);
    expect(fake.files('api').names('/')).toEqual(['srv']);
    expect(fake.files('api').names('/srv')).toEqual(['app']);
  }); // prettier-ignore
});
