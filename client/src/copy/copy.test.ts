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
import { copyIn, copyOut, type CopyOptions } from './copy.ts';

let home: string;
let fake: FakeEngine;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'drydock-copy-'));
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
afterEach(() => rm(home, { recursive: true }));

/** Options that answer every question with `confirmed`, and record the questions and reports. */
function recordingOptions(confirmed = true, signal = new AbortController().signal) {
  const asked: string[][] = [];
  const reports: [number, number?][] = [];
  const options: CopyOptions = {
    signal,
    report: (copied, total) => reports.push(total === undefined ? [copied] : [copied, total]),
    confirmOverwrite: (paths) => {
      asked.push([...paths]);
      return Promise.resolve(confirmed);
    },
  };
  return { ...options, asked, reports };
}

const local = (name: string) => join(home, name);
const text = (name: string) => readFile(local(name), 'utf8');

describe('into a container', () => {
  test('copies a file to a directory or a new name, with progress', async () => {
    await writeFile(local('x'), 'content');
    const options = recordingOptions();
    const into = { container: 'web', sources: [local('x')], target: '/app' };
    expect(await copyIn(fake.engine, into, options)).toEqual({ entries: 1, bytes: 7, skipped: [] });
    await copyIn(fake.engine, { ...into, target: '/app/y' }, options);
    expect(fake.files('web').text('/app/x')).toBe('content');
    expect(fake.files('web').text('/app/y')).toBe('content');
    expect(options.reports).toContainEqual([7, 7]);
    expect(options.asked).toEqual([]);
  });

  test('follows links in the container', async () => {
    await writeFile(local('x'), 'content');
    await copyIn(
      fake.engine,
      { container: 'web', sources: [local('x')], target: '/current' },
      recordingOptions(),
    );
    expect(fake.files('web').text('/app/x')).toBe('content');
  });

  test('does not overwrite files without confirmation', async () => {
    await mkdir(local('app/deep'), { recursive: true });
    await writeFile(local('app/a.txt'), 'new');
    await writeFile(local('app/deep/c.txt'), 'new');
    const into = { container: 'web', sources: [local('app')], target: '/' };
    const refusing = recordingOptions(false);
    await expect(copyIn(fake.engine, into, refusing)).rejects.toMatchObject({ kind: 'cancelled' });
    expect(refusing.asked).toEqual([['/app/a.txt']]);
    expect(fake.files('web').text('/app/a.txt')).toBe('a');
    expect(fake.files('web').text('/app/deep/c.txt')).toBeUndefined();
    await copyIn(fake.engine, into, recordingOptions());
    expect(fake.files('web').text('/app/a.txt')).toBe('new');
    expect(fake.files('web').text('/app/deep/c.txt')).toBe('new');
  });

  test('requires a directory for several sources', async () => {
    await writeFile(local('x'), '');
    await writeFile(local('y'), '');
    const into = { container: 'web', sources: [local('x'), local('y')], target: '/app/a.txt' };
    await expect(copyIn(fake.engine, into, recordingOptions())).rejects.toMatchObject({
      kind: 'failed',
    });
    await copyIn(fake.engine, { ...into, target: '/app' }, recordingOptions());
    expect(fake.files('web').names('/app')).toEqual(['a.txt', 'deep', 'link', 'x', 'y']);
  });

  test('rejects before sending when the source or the target directory is missing', async () => {
    await writeFile(local('x'), '');
    const missing = { container: 'web', sources: [local('gone')], target: '/app' };
    await expect(copyIn(fake.engine, missing, recordingOptions())).rejects.toMatchObject({
      kind: 'failed',
    });
    const nowhere = { container: 'web', sources: [local('x')], target: '/no/where' };
    await expect(copyIn(fake.engine, nowhere, recordingOptions())).rejects.toMatchObject({
      kind: 'missing',
    });
    expect(fake.calls).toEqual([]);
  });

  test('rejects as cancelled after an abort', async () => {
    await writeFile(local('x'), '');
    const into = { container: 'web', sources: [local('x')], target: '/app' };
    const options = recordingOptions(true, AbortSignal.abort());
    await expect(copyIn(fake.engine, into, options)).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('out of a container', () => {
  test('copies a file to a folder or a new name, with progress', async () => {
    const options = recordingOptions();
    const from = { container: 'web', path: '/app/a.txt', target: home };
    expect(await copyOut(fake.engine, from, options)).toEqual({
      entries: 1,
      bytes: 1,
      skipped: [],
    });
    await copyOut(fake.engine, { ...from, target: local('new') }, options);
    expect(await text('a.txt')).toBe('a');
    expect(await text('new')).toBe('a');
    expect(options.reports).toContainEqual([1, 1]);
    expect((await readdir(home)).sort()).toEqual(['a.txt', 'new']);
  });

  test('copies a directory with its links, or only its contents', async () => {
    await copyOut(
      fake.engine,
      { container: 'web', path: '/app', target: home },
      recordingOptions(),
    );
    expect(await text('app/deep/b.txt')).toBe('b');
    expect(await readlink(local('app/link'))).toBe('a.txt');
    await mkdir(local('inner'));
    await copyOut(
      fake.engine,
      { container: 'web', path: '/app/.', target: local('inner') },
      recordingOptions(),
    );
    expect((await readdir(local('inner'))).sort()).toEqual(['a.txt', 'deep', 'link']);
  });

  test('does not overwrite files without confirmation, and leaves no partial copy', async () => {
    await mkdir(local('app'));
    await writeFile(local('app/a.txt'), 'mine');
    const refusing = recordingOptions(false);
    const from = { container: 'web', path: '/app', target: home };
    await expect(copyOut(fake.engine, from, refusing)).rejects.toMatchObject({ kind: 'cancelled' });
    expect(refusing.asked).toEqual([[local('app/a.txt')]]);
    expect(await text('app/a.txt')).toBe('mine');
    expect(await readdir(local('app'))).toEqual(['a.txt']);
    await copyOut(fake.engine, from, recordingOptions());
    expect(await text('app/a.txt')).toBe('a');
    expect(await readdir(home)).toEqual(['app']);
  });

  test('leaves no files when cancelled during the transfer', async () => {
    const stop = new AbortController();
    fake.files('web').write('/app/large', 'x'.repeat(5_000_000));
    const options = { ...recordingOptions(true, stop.signal), report: () => stop.abort() };
    const from = { container: 'web', path: '/app', target: home };
    await expect(copyOut(fake.engine, from, options)).rejects.toMatchObject({ kind: 'cancelled' });
    expect(await readdir(home)).toEqual([]);
  });

  test('does not replace a file with a directory or a directory with a file', async () => {
    await writeFile(local('app'), '');
    await mkdir(local('a.txt'));
    const folder = { container: 'web', path: '/app', target: home };
    await expect(copyOut(fake.engine, folder, recordingOptions())).rejects.toMatchObject({
      kind: 'failed',
    });
    const file = { container: 'web', path: '/app/a.txt', target: home };
    await expect(copyOut(fake.engine, file, recordingOptions())).rejects.toMatchObject({
      kind: 'failed',
    });
    expect((await readdir(home)).sort()).toEqual(['a.txt', 'app']);
  });
});

describe('a hostile tar archive', () => {
  /** An engine whose container sends these entries below `app`. */
  const sending = (...entries: readonly TarEntry[]): Engine => ({
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
    return copyOut(sending(...entries), from, recordingOptions());
  };

  test.each<[string, () => readonly TarEntry[]]>([
    ['a name with ..', () => [fileEntry('app/../../escaped', 'x')]],
    ['a name outside the requested directory', () => [fileEntry('other/x', 'x')]],
    ['an absolute name', () => [fileEntry('/etc/x', 'x')]],
    ['a file through a link', () => [link('app/l', home), fileEntry('app/l/escaped', 'x')]],
    ['a hard link to a file outside', () => [link('app/h', '../../secret', 'hardlink')]],
    ['a hard link to an absolute path', () => [link('app/h', '/etc/passwd', 'hardlink')]],
    [
      'a hard link through a link',
      () => [link('app/l', home), link('app/h', 'app/l/secret', 'hardlink')],
    ],
    ['a file that becomes a directory', () => [fileEntry('app/x', ''), fileEntry('app/x/y', '')]],
  ])('is rejected completely if it contains %s', async (_, entries) => {
    await writeFile(local('secret'), 'secret');
    await expect(out(...entries())).rejects.toMatchObject({ name: 'EngineError' });
    expect((await readdir(home)).sort()).toEqual(['in', 'secret']);
    expect(await readdir(local('in'))).toEqual([]);
  });

  test('is not written through an existing link', async () => {
    await mkdir(local('outside'));
    await mkdir(local('in/app'), { recursive: true });
    await symlink(local('outside'), local('in/app/l'));
    await expect(out(fileEntry('app/l/x', 'x'))).rejects.toMatchObject({ kind: 'failed' });
    expect(await readdir(local('outside'))).toEqual([]);
  });

  test('replaces an existing link and not its target', async () => {
    await mkdir(local('in/app'), { recursive: true });
    await writeFile(local('original'), 'original');
    await symlink(local('original'), local('in/app/f'));
    await out(fileEntry('app/f', 'new'));
    expect(await text('original')).toBe('original');
    expect(await text('in/app/f')).toBe('new');
  });

  test('creates links without changing their targets', async () => {
    await out(link('app/l', '/etc/alternatives/x'));
    expect(await readlink(local('in/app/l'))).toBe('/etc/alternatives/x');
  });

  test('does not create devices or set special permission bits', async () => {
    const { skipped } = await out(
      { name: 'app/pipe', kind: 'other', mode: 0o644, size: 0 },
      fileEntry('app/tool', 'x', 0o4755),
    );
    expect(skipped).toEqual(['app/pipe']);
    expect((await lstat(local('in/app/tool'))).mode & 0o7777).toBe(0o755);
  });

  test('can contain a directory without permissions', async () => {
    await out(
      { name: 'app/closed', kind: 'directory', mode: 0, size: 0 },
      fileEntry('app/closed/x', 'x'),
    );
    expect((await lstat(local('in/app/closed'))).mode & 0o777).toBe(0);
    await chmod(local('in/app/closed'), 0o755);
  });

  test('is rejected completely if it is truncated', async () => {
    const cut: Engine = {
      ...fake.engine,
      readArchive: async function* () {
        for await (const chunk of packTar([fileEntry('app', 'x'.repeat(5000))])) {
          yield chunk.subarray(0, 700);
          return;
        }
      },
    };
    const from = { container: 'web', path: '/app/a.txt', target: home };
    await expect(copyOut(cut, from, recordingOptions())).rejects.toMatchObject({
      name: 'EngineError',
    });
    expect(await readdir(home)).toEqual([]);
  });
});
