import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fakeEngine, type FakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import { copyAcrossAll, copyOutAll, type CopyOptions } from './copy.ts';

let home: string;
let fake: FakeEngine;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'drydock-several-'));
  fake = fakeEngine({
    containers: [
      { name: 'web', files: { '/app/a': 'new a', '/app/b': 'new b', '/app/c': 'new c', '/other/a': '' } },
      { name: 'api', files: { '/srv/a': 'old a', '/srv/b': 'old b', '/srv/own': 'own' } },
    ],
  }); // prettier-ignore
});
afterEach(() => rm(home, { recursive: true }));

/** Options that answer every question with `confirmed`, and record what was asked and where copies are. */
function recordingOptions(confirmed = true) {
  const asked: (readonly string[])[] = [];
  const sizes: (number | undefined)[] = [];
  const places: string[] = [];
  const reports: [bytes: number, entries: number | undefined][] = [];
  const options: CopyOptions = {
    signal: new AbortController().signal,
    report: (bytes, _, count) => reports.push([bytes, count?.copied]),
    confirmOverwrite: async (paths, details) => {
      asked.push([...paths]);
      sizes.push(...(await details()).map(({ size }) => size));
      return confirmed;
    },
    placed: (path) => places.push(path),
  };
  return { ...options, asked, sizes, places, reports };
}

describe('several files out of a container', () => {
  const requests = (...paths: string[]) => paths.map((path) => ({ container: 'web', path, target: home })); // prettier-ignore
  const text = (name: string) => readFile(join(home, name), 'utf8');

  test('are copied after one question about all that exist', async () => {
    await writeFile(join(home, 'a'), 'old');
    await writeFile(join(home, 'c'), 'older');
    const options = recordingOptions();
    const result = await copyOutAll(fake.engine, requests('/app/a', '/app/b', '/app/c'), options);
    expect(result).toEqual({ entries: 3, bytes: 15, skipped: [] });
    expect(options.asked).toEqual([[join(home, 'a'), join(home, 'c')]]);
    expect(options.sizes).toEqual([3, 5]);
    expect(options.places).toEqual(['a', 'b', 'c'].map((name) => join(home, name)));
    expect(options.reports.at(-1)).toEqual([15, 3]);
    expect([await text('a'), await text('b'), await text('c')]).toEqual(['new a', 'new b', 'new c']); // prettier-ignore
    expect((await readdir(home)).sort()).toEqual(['a', 'b', 'c']);
  });

  test.each([
    ['overwriting one of them is refused', ['/app/b', '/app/a'], 'cancelled'],
    ['one of them does not exist', ['/app/b', '/app/none'], 'missing'],
    ['two have the same name', ['/app/b', '/app/c', '/app/a', '/other/a'], 'failed'],
  ])('change nothing if %s', async (_, paths, kind) => {
    await writeFile(join(home, 'a'), 'old');
    const copying = copyOutAll(fake.engine, requests(...paths), recordingOptions(false));
    await expect(copying).rejects.toMatchObject({ name: 'EngineError', kind });
    expect(await readdir(home)).toEqual(['a']);
    expect(await text('a')).toBe('old');
  });
});

describe('several files to another container', () => {
  const requests = (target: string, ...paths: string[]) => paths.map((path) => ({ from: { container: 'web', path }, to: { container: 'api', target } })); // prettier-ignore

  test('are copied after one question about all that exist', async () => {
    const options = recordingOptions();
    const all = requests('/srv', '/app/a', '/app/c', '/app/b');
    expect(await copyAcrossAll(fake.engine, all, options)).toMatchObject({ entries: 3, bytes: 15 });
    expect(options.asked).toEqual([['/srv/a', '/srv/b']]);
    expect(options.sizes).toEqual([5, 5]);
    expect(options.places).toEqual(['/srv/a', '/srv/c', '/srv/b']);
    expect(options.reports.at(-1)).toEqual([15, 3]);
    expect(fake.files('api').names('/srv')).toEqual(['a', 'b', 'c', 'own']);
    expect(fake.files('api').text('/srv/a')).toBe('new a');
  });

  test.each([
    ['overwriting one of them is refused', '/srv', ['/app/c', '/app/a'], 'cancelled'],
    ['one of them does not exist', '/srv', ['/app/c', '/app/none'], 'missing'],
    ['two have the same name', '/srv', ['/app/c', '/app/a', '/other/a'], 'failed'],
    ['the target is not a directory', '/srv/new', ['/app/b', '/app/c'], 'failed'],
  ])('change nothing if %s', async (_, target, paths, kind) => {
    const copying = copyAcrossAll(fake.engine, requests(target, ...paths), recordingOptions(false));
    await expect(copying).rejects.toMatchObject({ name: 'EngineError', kind });
    expect(fake.files('api').names('/srv')).toEqual(['a', 'b', 'own']);
    expect(fake.files('api').text('/srv/a')).toBe('old a');
  });
});
