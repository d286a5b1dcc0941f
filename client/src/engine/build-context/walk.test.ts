import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ignoreFilter } from '../../../../server/src/ignore/ignore-filter.ts';
import type { ContextEntry } from './entry.ts';
import { walkContext, walkInParts, type WalkOptions } from './walk.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'drydock-walk-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function entries(options?: WalkOptions): Promise<readonly ContextEntry[]> {
  const found: ContextEntry[] = [];
  for await (const entry of walkContext(root, options)) found.push(entry);
  return found;
}

const pathsOf = (found: readonly ContextEntry[]) => found.map(({ path }) => path);

test('lists names in the order of their bytes, and a directory before its content', async () => {
  for (const name of ['b', 'a.b', 'a', 'Z', '\uffee', '🐳']) await writeFile(join(root, name), '');
  await mkdir(join(root, 'a-'));
  await writeFile(join(root, 'a-/x'), '');
  expect(pathsOf(await entries())).toEqual(['Z', 'a', 'a-', 'a-/x', 'a.b', 'b', '\uffee', '🐳']);
});

test.skipIf(process.platform !== 'linux')(
  'keeps the bytes of names that are not UTF-8, also of directories',
  async () => {
    // prettier-ignore
    const raw = (path: string) => Buffer.concat([Buffer.from(`${root}/`), Buffer.from(path, 'latin1')]); // prettier-ignore
    mkdirSync(raw('d\xff'));
    writeFileSync(raw('d\xff/plain'), 'content');
    writeFileSync(raw('d\xff/\xfe'), '');
    writeFileSync(raw('ok'), '');
    const found = await entries();
    expect(found.map(({ path, rawPath }) => [path, rawPath?.toString('latin1')])).toEqual([
      ['d\ufffd', 'd\xff'],
      ['d\ufffd/plain', 'd\xff/plain'],
      ['d\ufffd/\ufffd', 'd\xff/\xfe'],
      ['ok', undefined],
    ]);
    expect(found[1]?.stats.size).toBe(7n);
  },
);

test('lists links with their target, and nothing below them', async () => {
  await mkdir(join(root, 'a'));
  await writeFile(join(root, 'a/x'), '');
  await symlink('a', join(root, 'link'));
  const found = await entries();
  expect(pathsOf(found)).toEqual(['a', 'a/x', 'link']);
  expect(found[2]).toMatchObject({ kind: 'link', target: Buffer.from('a') });
});

test.skipIf(process.platform === 'win32')('reports the kinds of entries', async () => {
  execFileSync('mkfifo', [join(root, 'pipe')]);
  await mkdir(join(root, 'directory'));
  await writeFile(join(root, 'file'), '');
  expect((await entries()).map(({ kind }) => kind)).toEqual(['directory', 'file', 'fifo']);
});

test('lists the directories above what is included, and only those', async () => {
  for (const name of ['a/b/c', 'a/d/e', 'f/g']) {
    await mkdir(join(root, name), { recursive: true });
    await writeFile(join(root, name, 'x'), '');
  }
  const include = ignoreFilter(['**/c'])!;
  expect(pathsOf(await entries({ include }))).toEqual(['a', 'a/b', 'a/b/c', 'a/b/c/x']);
  const exclude = ignoreFilter(['a', '!a/d/e'])!;
  expect(pathsOf(await entries({ exclude }))).toEqual(['a', 'a/d', 'a/d/e', 'a/d/e/x', 'f', 'f/g', 'f/g/x']); // prettier-ignore
});

test('lists each of many files once, in parts', async () => {
  await mkdir(join(root, 'large'));
  for (let i = 0; i < 1000; i++) writeFileSync(join(root, 'large', `f${i}`), '');
  for (let i = 0; i < 50; i++) await mkdir(join(root, `d${i}`));
  let parts = 0;
  const found: string[] = [];
  for await (const part of walkInParts(root)) {
    parts++;
    expect(part.length).toBeGreaterThan(0);
    found.push(...pathsOf(part));
  }
  expect(parts).toBeGreaterThan(1);
  expect(found).toHaveLength(1051);
  expect(new Set(found).size).toBe(1051);
});

test('reports a directory that does not exist', async () => {
  await rm(root, { recursive: true });
  await expect(entries()).rejects.toMatchObject({
    name: 'EngineError',
    message: expect.stringMatching(/Could not read .*: the file does not exist/) as string,
  });
});
