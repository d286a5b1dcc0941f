import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { contextOf } from './context.ts';
import { foldersOf } from './folders.ts';
import { localFiles } from './local-files.ts';

const contextFor = (roots: readonly string[]) =>
  contextOf(
    localFiles(),
    foldersOf({ workspaceFolders: roots.map((uri) => ({ uri, name: uri })), rootUri: null }),
  );

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-context-'));
  made.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Entries as text: directories end with a slash, ignored entries with a cross. */
async function listed(
  root: string,
  file: string,
  folder = '',
  sources: readonly string[] = [],
): Promise<readonly string[]> {
  const context = contextFor([pathToFileURL(root).href]);
  const entries = await context.list(pathToFileURL(join(root, file)).href, folder, sources);
  return entries
    .map((entry) => `${entry.name}${entry.folder ? '/' : ''}${entry.ignored ? ' x' : ''}`)
    .sort();
}

test('lists the directory of the Dockerfile with ignored entries, and links to directories as directories', async () => {
  const root = folderWith({
    Dockerfile: '',
    '.dockerignore': '# no\nlogs\n**/*.md\n!docs/keep.md\n',
    'logs/a': '',
    'docs/keep.md': '',
    'docs/other.md': '',
    'a b': '',
  });
  symlinkSync('docs', join(root, 'link'));
  expect(await listed(root, 'Dockerfile')).toEqual([
    '.dockerignore',
    'Dockerfile',
    'a b',
    'docs/',
    'link/',
    'logs/ x',
  ]);
  expect(await listed(root, 'Dockerfile', 'docs')).toEqual(['keep.md', 'other.md x']);
  expect(await listed(root, 'Dockerfile', 'nowhere')).toEqual([]);
});

test("uses the Dockerfile's own ignore file instead of the shared one", async () => {
  const root = folderWith({ 'a.Dockerfile': '', 'a.Dockerfile.dockerignore': 'x', '.dockerignore': 'y', x: '', y: '' }); // prettier-ignore
  const found = await listed(root, 'a.Dockerfile');
  expect(found).toContain('x x');
  expect(found).toContain('y');
});

test('uses a parent directory as the context if the paths of the file exist there', async () => {
  const root = folderWith({ 'docker/Dockerfile': '', 'docker/entry.sh': '', 'src/main.ts': '', 'package.json': '' }); // prettier-ignore
  const file = 'docker/Dockerfile';
  expect(await listed(root, file)).toEqual(['Dockerfile', 'entry.sh']);
  expect(await listed(root, file, '', ['package.json'])).toEqual([
    'docker/',
    'package.json',
    'src/',
  ]);
  expect(await listed(root, file, 'src', ['package.json'])).toEqual(['main.ts']);
  expect(await listed(root, file, '', ['entry.sh'])).toEqual(['Dockerfile', 'entry.sh']);
});

test('notices changes in directories and in the ignore file', async () => {
  const root = folderWith({ Dockerfile: '', '.dockerignore': 'a' });
  const context = contextFor([]);
  const uri = pathToFileURL(join(root, 'Dockerfile')).href;
  const names = async (): Promise<readonly string[]> =>
    (await context.list(uri, '', []))
      .flatMap(({ name, ignored }) => (ignored ? [] : [name]))
      .sort();
  expect(await names()).toEqual(['.dockerignore', 'Dockerfile']);
  writeFileSync(join(root, 'a'), '');
  writeFileSync(join(root, 'b'), '');
  writeFileSync(join(root, '.dockerignore'), 'b');
  // Times of file systems are coarse, so set another one.
  const later = new Date(Date.now() + 5000);
  utimesSync(root, later, later);
  utimesSync(join(root, '.dockerignore'), later, later);
  expect(await names()).toEqual(['.dockerignore', 'Dockerfile', 'a']);
});

test('has no context for a URI that is not a file', async () => {
  expect(await contextFor([]).list('untitled:Dockerfile', '', [])).toEqual([]);
  expect(await contextFor([]).list('file://%00/Dockerfile', '', [])).toEqual([]);
});

test('finds files by path, and not directories or paths outside the context', async () => {
  const root = folderWith({ 'docker/Dockerfile': '', 'a b.txt': '', 'src/main.ts': '' });
  const context = contextFor([pathToFileURL(root).href]);
  const uri = pathToFileURL(join(root, 'docker/Dockerfile')).href;
  const find = (path: string): Promise<string | undefined> => context.find(uri, path, ['src']);
  expect(await find('./a b.txt')).toBe(pathToFileURL(join(root, 'a b.txt')).href);
  expect(await find('/src/main.ts')).toBe(pathToFileURL(join(root, 'src/main.ts')).href);
  expect(await find('src')).toBeUndefined();
  expect(await find('none')).toBeUndefined();
  expect(await context.find('untitled:Dockerfile', 'src/main.ts', [])).toBeUndefined();
});

test('finds the directory of the build context once for all files of a request', async () => {
  const root = folderWith({ 'docker/Dockerfile': '', a: '', b: '', c: '' });
  const files = localFiles();
  const listed: string[] = [];
  const uri = pathToFileURL(root).href;
  const context = contextOf(
    { ...files, list: (folder) => (listed.push(folder), files.list(folder)) },
    foldersOf({ workspaceFolders: [{ uri, name: 'a' }], rootUri: null }),
  );
  const sources = ['a', 'b', 'c'];
  const found = await Promise.all(
    sources.map((path) => context.find(`${uri}/docker/Dockerfile`, path, sources)),
  );
  expect(found).toEqual(sources.map((path) => `${uri}/${path}`));
  expect(listed.filter((folder) => folder.endsWith('/docker'))).toHaveLength(1);
});
