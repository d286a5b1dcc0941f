import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  readlink,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '../engine/engine.ts';
import { fakeEngine, type FakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { fileEntry, packTar, type TarEntry } from '../engine/tar.ts';
import { copyIn, copyOut, type Copying } from './copy.ts';

let here: string;
let fake: FakeEngine;
beforeEach(async () => {
  here = await mkdtemp(join(tmpdir(), 'drydock-copy-'));
  fake = fakeEngine({
    containers: [
      {
        name: 'web',
        files: {
          '/app/a.txt': 'a',
          '/app/deep/b.txt': 'b',
          '/app/link': { linkTarget: 'a.txt' },
          '/current': { linkTarget: 'app' },
        },
      },
    ],
  });
});
afterEach(() => rm(here, { recursive: true }));

/** Answers every question so, and remembers them. */
function copying(agrees = true, signal = new AbortController().signal) {
  const asked: string[][] = [];
  const reports: [number, number?][] = [];
  const given: Copying = {
    signal,
    report: (copied, total) => reports.push(total === undefined ? [copied] : [copied, total]),
    mayOverwrite: (paths) => {
      asked.push([...paths]);
      return Promise.resolve(agrees);
    },
  };
  return { ...given, asked, reports };
}

const local = (name: string) => join(here, name);
const text = (name: string) => readFile(local(name), 'utf8');

describe('into a container', () => {
  test('a file goes into a folder or under a new name, with progress', async () => {
    await writeFile(local('x'), 'content');
    const talk = copying();
    const into = { container: 'web', sources: [local('x')], target: '/app' };
    expect(await copyIn(fake.engine, into, talk)).toEqual({ entries: 1, bytes: 7, skipped: [] });
    await copyIn(fake.engine, { ...into, target: '/app/y' }, talk);
    expect(fake.files('web').text('/app/x')).toBe('content');
    expect(fake.files('web').text('/app/y')).toBe('content');
    expect(talk.reports).toContainEqual([7, 7]);
    expect(talk.asked).toEqual([]);
  });

  test('links in the container are followed', async () => {
    await writeFile(local('x'), 'content');
    await copyIn(
      fake.engine,
      { container: 'web', sources: [local('x')], target: '/current' },
      copying(),
    );
    expect(fake.files('web').text('/app/x')).toBe('content');
  });

  test('nothing is overwritten without consent', async () => {
    await mkdir(local('app/deep'), { recursive: true });
    await writeFile(local('app/a.txt'), 'new');
    await writeFile(local('app/deep/c.txt'), 'new');
    const into = { container: 'web', sources: [local('app')], target: '/' };
    const no = copying(false);
    await expect(copyIn(fake.engine, into, no)).rejects.toMatchObject({ kind: 'cancelled' });
    expect(no.asked).toEqual([['/app/a.txt']]);
    expect(fake.files('web').text('/app/a.txt')).toBe('a');
    expect(fake.files('web').text('/app/deep/c.txt')).toBeUndefined();
    await copyIn(fake.engine, into, copying());
    expect(fake.files('web').text('/app/a.txt')).toBe('new');
    expect(fake.files('web').text('/app/deep/c.txt')).toBe('new');
  });

  test('several sources need a folder', async () => {
    await writeFile(local('x'), '');
    await writeFile(local('y'), '');
    const into = { container: 'web', sources: [local('x'), local('y')], target: '/app/a.txt' };
    await expect(copyIn(fake.engine, into, copying())).rejects.toMatchObject({ kind: 'failed' });
    await copyIn(fake.engine, { ...into, target: '/app' }, copying());
    expect(fake.files('web').names('/app')).toEqual(['a.txt', 'deep', 'link', 'x', 'y']);
  });

  test('what is missing on either side is told before anything is sent', async () => {
    await writeFile(local('x'), '');
    const missing = { container: 'web', sources: [local('gone')], target: '/app' };
    await expect(copyIn(fake.engine, missing, copying())).rejects.toMatchObject({ kind: 'failed' });
    const nowhere = { container: 'web', sources: [local('x')], target: '/no/where' };
    await expect(copyIn(fake.engine, nowhere, copying())).rejects.toMatchObject({
      kind: 'missing',
    });
    expect(fake.calls).toEqual([]);
  });

  test('cancelled is cancelled', async () => {
    await writeFile(local('x'), '');
    const into = { container: 'web', sources: [local('x')], target: '/app' };
    const talk = copying(true, AbortSignal.abort());
    await expect(copyIn(fake.engine, into, talk)).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('out of a container', () => {
  test('a file goes into a folder or under a new name, with progress', async () => {
    const talk = copying();
    const from = { container: 'web', path: '/app/a.txt', target: here };
    expect(await copyOut(fake.engine, from, talk)).toEqual({ entries: 1, bytes: 1, skipped: [] });
    await copyOut(fake.engine, { ...from, target: local('new') }, talk);
    expect(await text('a.txt')).toBe('a');
    expect(await text('new')).toBe('a');
    expect(talk.reports).toContainEqual([1, 1]);
    expect((await readdir(here)).sort()).toEqual(['a.txt', 'new']);
  });

  test('a folder comes with its links, or only what is in it', async () => {
    await copyOut(fake.engine, { container: 'web', path: '/app', target: here }, copying());
    expect(await text('app/deep/b.txt')).toBe('b');
    expect(await readlink(local('app/link'))).toBe('a.txt');
    await mkdir(local('inner'));
    await copyOut(
      fake.engine,
      { container: 'web', path: '/app/.', target: local('inner') },
      copying(),
    );
    expect((await readdir(local('inner'))).sort()).toEqual(['a.txt', 'deep', 'link']);
  });

  test('nothing is overwritten without consent, and no half copy stays', async () => {
    await mkdir(local('app'));
    await writeFile(local('app/a.txt'), 'mine');
    const no = copying(false);
    const from = { container: 'web', path: '/app', target: here };
    await expect(copyOut(fake.engine, from, no)).rejects.toMatchObject({ kind: 'cancelled' });
    expect(no.asked).toEqual([[local('app/a.txt')]]);
    expect(await text('app/a.txt')).toBe('mine');
    expect(await readdir(local('app'))).toEqual(['a.txt']);
    await copyOut(fake.engine, from, copying());
    expect(await text('app/a.txt')).toBe('a');
    expect(await readdir(here)).toEqual(['app']);
  });

  test('cancel on the way leaves nothing', async () => {
    const stop = new AbortController();
    fake.files('web').write('/app/large', 'x'.repeat(5_000_000));
    const talk = { ...copying(true, stop.signal), report: () => stop.abort() };
    const from = { container: 'web', path: '/app', target: here };
    await expect(copyOut(fake.engine, from, talk)).rejects.toMatchObject({ kind: 'cancelled' });
    expect(await readdir(here)).toEqual([]);
  });

  test('a folder does not replace a file, nor a file a folder', async () => {
    await writeFile(local('app'), '');
    await mkdir(local('a.txt'));
    const folder = { container: 'web', path: '/app', target: here };
    await expect(copyOut(fake.engine, folder, copying())).rejects.toMatchObject({ kind: 'failed' });
    const file = { container: 'web', path: '/app/a.txt', target: here };
    await expect(copyOut(fake.engine, file, copying())).rejects.toMatchObject({ kind: 'failed' });
    expect((await readdir(here)).sort()).toEqual(['a.txt', 'app']);
  });
});

describe('a hostile tar', () => {
  /** An engine whose container answers with these entries under `app`. */
  const offering = (...entries: readonly TarEntry[]): Engine => ({
    ...fake.engine,
    readArchive: () =>
      packTar([{ name: 'app', kind: 'directory', mode: 0o755, size: 0 }, ...entries]),
  });
  const link = (
    name: string,
    linkTarget: string,
    kind: 'link' | 'hardlink' = 'link',
  ): TarEntry => ({
    name,
    kind,
    mode: 0o777,
    size: 0,
    linkTarget,
  });
  const out = async (...entries: readonly TarEntry[]) => {
    await mkdir(local('in'), { recursive: true });
    const from = { container: 'web', path: '/app', target: local('in') };
    return copyOut(offering(...entries), from, copying());
  };

  test.each<[string, () => readonly TarEntry[]]>([
    ['a name with ..', () => [fileEntry('app/../../escaped', 'x')]],
    ['a name outside of what was asked for', () => [fileEntry('other/x', 'x')]],
    ['an absolute name', () => [fileEntry('/etc/x', 'x')]],
    ['a file through a link', () => [link('app/l', here), fileEntry('app/l/escaped', 'x')]],
    ['a hard link outside', () => [link('app/h', '../../secret', 'hardlink')]],
    ['a hard link to an absolute path', () => [link('app/h', '/etc/passwd', 'hardlink')]],
    [
      'a hard link through a link',
      () => [link('app/l', here), link('app/h', 'app/l/secret', 'hardlink')],
    ],
    ['a file that becomes a folder', () => [fileEntry('app/x', ''), fileEntry('app/x/y', '')]],
  ])('with %s is refused whole', async (_, entries) => {
    await writeFile(local('secret'), 'secret');
    await expect(out(...entries())).rejects.toMatchObject({ name: 'EngineError' });
    expect((await readdir(here)).sort()).toEqual(['in', 'secret']);
    expect(await readdir(local('in'))).toEqual([]);
  });

  test('writes through no link that is here already', async () => {
    await mkdir(local('outside'));
    await mkdir(local('in/app'), { recursive: true });
    await symlink(local('outside'), local('in/app/l'));
    await expect(out(fileEntry('app/l/x', 'x'))).rejects.toMatchObject({ kind: 'failed' });
    expect(await readdir(local('outside'))).toEqual([]);
  });

  test('replaces a link that is here already, and not what it names', async () => {
    await mkdir(local('in/app'), { recursive: true });
    await writeFile(local('precious'), 'precious');
    await symlink(local('precious'), local('in/app/f'));
    await out(fileEntry('app/f', 'new'));
    expect(await text('precious')).toBe('precious');
    expect(await text('in/app/f')).toBe('new');
  });

  test('makes links as they are, but nothing of it goes through them', async () => {
    await out(link('app/l', '/etc/alternatives/x'));
    expect(await readlink(local('in/app/l'))).toBe('/etc/alternatives/x');
  });

  test('makes no device and sets no special bits', async () => {
    const { skipped } = await out(
      { name: 'app/pipe', kind: 'other', mode: 0o644, size: 0 },
      fileEntry('app/tool', 'x', 0o4755),
    );
    expect(skipped).toEqual(['app/pipe']);
    expect((await lstat(local('in/app/tool'))).mode & 0o7777).toBe(0o755);
  });

  test('with a folder that may not be entered can still be moved and removed', async () => {
    await out(
      { name: 'app/closed', kind: 'directory', mode: 0, size: 0 },
      fileEntry('app/closed/x', 'x'),
    );
    expect((await lstat(local('in/app/closed'))).mode & 0o777).toBe(0);
    await chmod(local('in/app/closed'), 0o755);
  });

  test('that ends too early is refused whole', async () => {
    const cut: Engine = {
      ...fake.engine,
      readArchive: async function* () {
        for await (const chunk of packTar([fileEntry('app', 'x'.repeat(5000))])) {
          yield chunk.subarray(0, 700);
          return;
        }
      },
    };
    const from = { container: 'web', path: '/app/a.txt', target: here };
    await expect(copyOut(cut, from, copying())).rejects.toMatchObject({ name: 'EngineError' });
    expect(await readdir(here)).toEqual([]);
  });
});
