/** What the view of a build context says is what `COPY . /` of a real build gets. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readContext } from '../../client/src/build-context/read-context.ts';
import { isEngineError } from '../../client/src/engine/errors.ts';
import { textOf } from '../../client/src/build-context/text.ts';
import { contextNeeds } from '../../server/src/model/context-needs.ts';
import { document } from '../../server/src/model/document.ts';
import type { NewerEngine } from '../../scripts/setup/newer-engine.mts';
import { ignorePaths, randomIgnoreFile } from '../ignore-files.ts';
import { createRandom } from '../random.ts';
import { recordingEditor } from '../recording-editor.ts';
import { withNewerEngine } from './buildkit.ts';

const run = promisify(execFile);
let engine: NewerEngine | undefined;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'drydock-view-'));
  engine = await withNewerEngine((started) => Promise.resolve(started));
});
afterAll(async () => {
  await engine?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The files that the build copies, or undefined if it fails. */
async function built(
  context: string,
  { env }: NewerEngine,
): Promise<readonly string[] | undefined> {
  const output = `${context}-output`;
  try {
    await run('docker', ['buildx', 'build', '--output', output, context], { env });
  } catch {
    return undefined;
  }
  return filesIn(output);
}

async function filesIn(directory: string): Promise<readonly string[]> {
  const found = await readdir(directory, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
    .sort();
}

/** The files that the view shows as included, or undefined if it says that the build fails. */
async function shown(context: string): Promise<readonly string[] | undefined> {
  const { editor } = recordingEditor();
  try {
    const { tree, decisions } = await readContext({
      folder: context,
      dockerfile: path.join(context, 'Dockerfile'),
      needs: undefined,
      readText: (file) => textOf(editor, file),
      signal: new AbortController().signal,
      report: () => undefined,
    });
    return tree.entries
      .filter(({ kind }, i) => kind !== 'directory' && decisions[i]?.isExcluded !== true)
      .map((entry) => entry.path)
      .sort();
  } catch (error) {
    if (isEngineError(error)) return undefined;
    throw error;
  }
}

/** A context with files for all paths that are not directories of others. */
async function contextWith(name: string, ignoreFile: string): Promise<string> {
  const context = path.join(folder, name);
  const files = ignorePaths.filter(
    (one) => !ignorePaths.some((other) => other.startsWith(`${one}/`)) && !one.includes('\n'),
  );
  for (const file of files) {
    await mkdir(path.dirname(path.join(context, file)), { recursive: true });
    await writeFile(path.join(context, file), 'x');
  }
  await writeFile(path.join(context, 'Dockerfile'), 'FROM scratch\nCOPY . /\n');
  await writeFile(path.join(context, '.dockerignore'), ignoreFile);
  return context;
}

test('the view shows as included what a build copies, for ignore files made at random', async ({
  skip,
}) => {
  if (engine === undefined) return skip();
  const next = createRandom(11);
  for (let i = 0; i < 40; i++) {
    const text = randomIgnoreFile(next);
    const context = await contextWith(`c${i}`, text);
    const [expected, found] = [await built(context, engine), await shown(context)];
    expect(found, JSON.stringify(text)).toEqual(expected);
  }
});

test('a pattern that matches nothing copies nothing, and a missing path fails the build', async ({
  skip,
}) => {
  if (engine === undefined) return skip();
  const context = await contextWith('sources', '');
  const build = async (source: string): Promise<readonly string[] | undefined> => {
    await writeFile(path.join(context, 'Dockerfile'), `FROM scratch\nCOPY ${source} /to/\n`);
    await rm(`${context}-output`, { recursive: true, force: true });
    return built(context, engine!);
  };
  expect(await build('*.none')).toEqual([]);
  expect(await build('none')).toBeUndefined();
  expect(await build('../a.b')).toEqual(['to/a.b']);
  expect(await build('A.B')).toBeUndefined();
});

/** COPY instructions that are compared. */
const copies = Number(process.env.DRYDOCK_SEEDS ?? 20);

const folders = ['a', 'b', 'a/b', 'b/c', 'a/b/c', '.d'];

/** A tree whose files contain their paths, and whose names differ, so that no copy replaces another one. */
async function treeOfPaths(name: string): Promise<string> {
  const context = path.join(folder, name);
  for (const [i, directory] of ['', ...folders].entries())
    for (const extension of ['txt', 'md', 'log']) {
      const file = path.join(directory, `${extension[0] ?? ''}${i}.${extension}`);
      await mkdir(path.join(context, directory), { recursive: true });
      await writeFile(path.join(context, file), file);
    }
  await symlink('a/b', path.join(context, 'to-b'));
  await writeFile(path.join(context, '.dockerignore'), 'Dockerfile\n.dockerignore\n');
  return context;
}

function randomCopy(next: () => number): string {
  const pick = (list: readonly string[]): string => list[Math.floor(next() * list.length)] ?? '';
  const part = (): string => pick(['a', 'b', 'c', '*', '**', '*.txt', 't*', '?', '[a-b]', '.', '**/*.md', 'm2.md', 't4.txt']); // prettier-ignore
  const exclude = (): string =>
    `--exclude=${pick(['', '', '', '!', '/', './'])}${Array.from({ length: 1 + Math.floor(next() * 2) }, part).join('/')}`;
  const excludes = Array.from({ length: Math.floor(next() * 4) }, exclude);
  const sources = Array.from(
    { length: 1 + Math.floor(next() * 2) },
    () =>
    pick(['.', 'a', 'b', 'a/b', './a/', '*', '**', '[ab]', 'a/*', '*/b', 'm0.md', 't*.txt', 'to-b', '.d', 'a/**', '**/c']), // prettier-ignore
  );
  return ['COPY', ...excludes, ...sources, '/to/'].join(' ');
}

test('the view shows as used what COPY with --exclude copies', async ({ skip }) => {
  if (engine === undefined) return skip();
  const context = await treeOfPaths('exclude');
  const next = createRandom(5);
  for (let i = 0; i < copies; i++) {
    const text = `FROM scratch\n${randomCopy(next)}\n`;
    await writeFile(path.join(context, 'Dockerfile'), text);
    await rm(`${context}-output`, { recursive: true, force: true });
    const copied = await built(context, engine);
    if (copied === undefined) continue;
    const contents = await Promise.all(
      copied
        .filter((file) => !file.endsWith('to-b'))
        .map((file) => readFile(path.join(`${context}-output`, file), 'utf8')),
    );
    expect(await used(context, text), text).toEqual([...new Set(contents)].sort());
  }
});

/** The files that an instruction reads, as the view shows it. */
async function used(context: string, text: string): Promise<readonly string[]> {
  const { editor } = recordingEditor();
  const { needs, isComplete } = contextNeeds(document('Dockerfile', text).model);
  const { tree, readBy } = await readContext({
    folder: context,
    dockerfile: path.join(context, 'Dockerfile'),
    needs: { sources: needs.map((need) => ({ ...need, line: 1 })), isComplete },
    readText: (file) => textOf(editor, file),
    signal: new AbortController().signal,
    report: () => undefined,
  });
  return tree.entries
    .filter(({ kind }, i) => kind === 'file' && readBy[i] === 1)
    .map((entry) => entry.path)
    .sort();
}
