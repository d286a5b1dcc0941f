/** The folder that a build may copy from, as the tar that the engine takes. */
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readFile, readdir, readlink } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import ignore from '@balena/dockerignore';
import { t } from '@vscode/l10n';
import { EngineError } from '../engine/errors.ts';
import { fileEntry, packTar, type TarEntry } from '../engine/tar.ts';

export interface Context {
  /** What the engine is told: the Dockerfile's path in the tar. */
  readonly dockerfile: string;
  /** Read as the engine takes it; once. */
  readonly tar: AsyncIterable<Uint8Array>;
}

/** Both are absolute paths of this machine. */
export async function contextOf(folder: string, dockerfile: string): Promise<Context> {
  const text = await readFile(dockerfile).catch((error: unknown) => {
    throw unreadable(dockerfile, error);
  });
  const inside = slashes(relative(folder, dockerfile));
  const outside = inside.startsWith('../') || isAbsolute(inside);
  // A name that no file of the folder has.
  const name = outside ? `.dockerfile.${randomBytes(10).toString('hex')}` : inside;
  const isIgnored = await ignored(folder, dockerfile, name);
  const own = outside ? [fileEntry(name, text)] : [];
  return { dockerfile: name, tar: packTar(entries(resolve(folder), isIgnored, own)) };
}

/** By `<Dockerfile>.dockerignore` beside the Dockerfile, else by the folder's `.dockerignore`. */
async function ignored(
  folder: string,
  dockerfile: string,
  name: string,
): Promise<Ignored | undefined> {
  const own = await readText(`${dockerfile}.dockerignore`);
  const text = own ?? (await readText(join(folder, '.dockerignore')));
  if (text === undefined) return undefined;
  const patterns = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const lines = patterns
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .filter((line) => line !== '');
  // The builder needs them even where they are ignored.
  const needed = [name, '.dockerignore', `${name}.dockerignore`].map((file) => `!${file}`);
  const rules = ignore().add([...lines, ...needed]);
  return {
    ignores: (path) => rules.ignores(path),
    mayHoldMore: (path) => [...lines, ...needed].some((line) => reaches(line, path)),
  };
}

interface Ignored {
  ignores(path: string): boolean;
  /** Whether something below an ignored folder may be taken in again. */
  mayHoldMore(folder: string): boolean;
}

/** An exception with a wildcard among its first words may reach anywhere. */
function reaches(line: string, folder: string): boolean {
  if (!line.startsWith('!')) return false;
  const words = line
    .slice(1)
    .trim()
    .replace(/^\.?\//, '')
    .split('/');
  const at = folder.split('/');
  for (const [index, word] of at.entries()) {
    if (words[index] === undefined) return false;
    if (/[*?[\\]/.test(words[index])) return true;
    if (words[index] !== word) return false;
  }
  return words.length > at.length;
}

async function* entries(
  folder: string,
  isIgnored: Ignored | undefined,
  own: readonly TarEntry[],
): AsyncGenerator<TarEntry, void, undefined> {
  yield* own;
  yield* walk(folder, '', isIgnored);
}

async function* walk(
  root: string,
  path: string,
  isIgnored: Ignored | undefined,
): AsyncGenerator<TarEntry, void, undefined> {
  const here = join(root, path);
  const names = await readdir(here).catch((error: unknown) => {
    throw unreadable(here, error);
  });
  for (const name of names.sort()) {
    const inner = path === '' ? name : `${path}/${name}`;
    const out = isIgnored?.ignores(inner) === true;
    const entry = await entryOf(join(root, inner), inner);
    if (entry === undefined) continue;
    if (!out) yield entry;
    if (entry.kind === 'directory' && (!out || isIgnored.mayHoldMore(inner))) {
      yield* walk(root, inner, isIgnored);
    }
  }
}

/** Undefined for sockets and devices, which no build can copy, and for what is gone already. */
async function entryOf(file: string, name: string): Promise<TarEntry | undefined> {
  const stats = await lstat(file).catch(() => undefined);
  if (stats === undefined) return undefined;
  const mode = process.platform === 'win32' ? 0o755 : stats.mode & 0o7777;
  // As the docker command line does: who owns a file here must not change the build's cache.
  const common = { name, mode, modified: stats.mtime, user: 0, group: 0 };
  if (stats.isDirectory()) return { ...common, kind: 'directory', size: 0 };
  if (stats.isSymbolicLink()) {
    return { ...common, kind: 'link', size: 0, linkTarget: slashes(await readlink(file)) };
  }
  if (!stats.isFile()) return undefined;
  return { ...common, kind: 'file', size: stats.size, content: () => content(file, stats.size) };
}

/** A file that grows while it is read ends where it ended when it was measured. */
async function* content(file: string, size: number): AsyncGenerator<Uint8Array, void, undefined> {
  if (size === 0) return;
  let read = 0;
  const options = { end: size - 1, highWaterMark: 1 << 20 };
  try {
    for await (const chunk of createReadStream(file, options) as AsyncIterable<Buffer>) {
      read += chunk.length;
      yield chunk;
    }
  } catch (error) {
    throw unreadable(file, error);
  }
  if (read < size) throw new EngineError('failed', t('{0} changed while it was read', file));
}

function unreadable(file: string, error: unknown): EngineError {
  const { code } = error as { readonly code?: unknown };
  const reason = code === 'ENOENT' ? t('it does not exist') : (error as Error).message;
  return new EngineError('failed', t('{0} cannot be read: {1}', file, reason), error);
}

function slashes(path: string): string {
  return sep === '\\' ? path.replaceAll('\\', '/') : path;
}

function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}
