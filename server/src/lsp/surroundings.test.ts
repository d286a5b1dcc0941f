import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { localFiles } from './local-files.ts';
import { documentSurroundings } from './surroundings.ts';

const root = mkdtempSync(path.join(tmpdir(), 'drydock-surroundings-'));
afterAll(() => rmSync(root, { recursive: true }));

function uriIn(folder: string, name: string): string {
  return pathToFileURL(path.join(root, folder, name)).href;
}

/** Which ignore file is found, with or without asking whether a directory lacks some names. */
async function foundIgnoreFile(uri: string, asks: boolean): Promise<string | undefined> {
  const local = localFiles();
  const files = asks ? local : { read: (place: string) => local.read(place) };
  const found = (await documentSurroundings(files).of(uri))?.ignoreFile;
  return typeof found === 'object' ? found.name : found;
}

const cases: readonly (readonly [
  name: string,
  files: readonly string[],
  dockerfile: string,
  expected: string,
])[] = [
  ['nothing', [], 'a/Dockerfile', 'none'],
  ['one beside it', ['a/.dockerignore'], 'a/Dockerfile', '.dockerignore'],
  ['its own', ['a/b.dockerignore', 'a/.dockerignore'], 'a/b', 'b.dockerignore'],
  ['its own, encoded', ['a/b é#%41.dockerignore'], 'a/b é#%41', 'b é#%41.dockerignore'],
  ['one above', ['.dockerignore', 'a/b/x'], 'a/b/Dockerfile', 'elsewhere'],
  ['one above the repository', ['.dockerignore', 'a/.git/HEAD'], 'a/b/Dockerfile', 'none'],
  ['one above a worktree', ['.dockerignore', 'a/b/.git'], 'a/b/Dockerfile', 'none'],
  [
    'one in the root of the repository',
    ['a/.dockerignore', 'a/.git'],
    'a/b/Dockerfile',
    'elsewhere',
  ],
  ['a directory with the name', ['a/.dockerignore/x'], 'a/Dockerfile', 'none'],
  ['an empty .git', ['.dockerignore', 'a/.git/x'], 'a/Dockerfile', 'elsewhere'],
];

test.each(cases)('finds %s', async (name, files, dockerfile, expected) => {
  const folder = `${name.replaceAll(' ', '-')}/x`;
  for (const file of files) {
    mkdirSync(path.dirname(path.join(root, folder, file)), { recursive: true });
    writeFileSync(path.join(root, folder, file), '');
  }
  const uri = uriIn(folder, dockerfile);
  expect(await foundIgnoreFile(uri, true)).toBe(expected);
  expect(await foundIgnoreFile(uri, false)).toBe(expected);
});

test.skipIf(process.platform === 'win32')('follows links, of which some lead nowhere', async () => {
  for (const name of ['good', 'bad'])
    mkdirSync(path.join(root, 'links', name), { recursive: true });
  writeFileSync(path.join(root, 'links/target'), '');
  symlinkSync('../target', path.join(root, 'links/good/.dockerignore'));
  symlinkSync('../nothing', path.join(root, 'links/bad/.dockerignore'));
  for (const asks of [true, false]) {
    expect(await foundIgnoreFile(uriIn('links/good', 'Dockerfile'), asks)).toBe('.dockerignore');
    expect(await foundIgnoreFile(uriIn('links/bad', 'Dockerfile'), asks)).toBe('none');
  }
});
