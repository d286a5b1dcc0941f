/** Creates the build context as a tar stream. */
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readFile, readdir, readlink } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import ignore from '@balena/dockerignore';
import { t } from '@vscode/l10n';
import { EngineError } from '../engine/errors.ts';
import { fileEntry, packTar, type TarEntry } from '../engine/tar.ts';

export interface BuildContext {
  /** The path of the Dockerfile in the tar stream. */
  readonly dockerfile: string;
  /** Read as fast as the engine accepts it. Can be read once. */
  readonly tar: AsyncIterable<Uint8Array>;
}

/** Creates the context from the absolute paths of its directory and of the Dockerfile. */
export async function createContext(directory: string, dockerfile: string): Promise<BuildContext> {
  const text = await readFile(dockerfile).catch((error: unknown) => {
    throw readError(dockerfile, error);
  });
  const inside = toSlashes(relative(directory, dockerfile));
  const outside = inside.startsWith('../') || isAbsolute(inside);
  // A random name, so that it does not conflict with a file of the context.
  const name = outside ? `.dockerfile.${randomBytes(10).toString('hex')}` : inside;
  const rules = await readIgnoreRules(directory, dockerfile, name);
  const extraEntries = outside ? [fileEntry(name, text)] : [];
  return { dockerfile: name, tar: packTar(entries(resolve(directory), rules, extraEntries)) };
}

/** Reads `<Dockerfile>.dockerignore` next to the Dockerfile, else `.dockerignore` in the context directory. */
async function readIgnoreRules(
  directory: string,
  dockerfile: string,
  name: string,
): Promise<IgnoreRules | undefined> {
  const own = await readText(`${dockerfile}.dockerignore`);
  const text = own ?? (await readText(join(directory, '.dockerignore')));
  if (text === undefined) return undefined;
  const patterns = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const lines = patterns
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .filter((line) => line !== '');
  // The builder needs these files even if they are ignored.
  const needed = [name, '.dockerignore', `${name}.dockerignore`].map((file) => `!${file}`);
  const rules = ignore().add([...lines, ...needed]);
  return {
    ignores: (path) => rules.ignores(path),
    mayIncludeBelow: (path) => [...lines, ...needed].some((line) => mayMatchBelow(line, path)),
  };
}

interface IgnoreRules {
  ignores(path: string): boolean;
  /** Whether an exception may include files below an ignored directory. */
  mayIncludeBelow(directory: string): boolean;
}

/** Whether an exception may match a path below the directory; one with a wildcard in its first parts may match anywhere. */
function mayMatchBelow(line: string, directory: string): boolean {
  if (!line.startsWith('!')) return false;
  const parts = line
    .slice(1)
    .trim()
    .replace(/^\.?\//, '')
    .split('/');
  const directoryParts = directory.split('/');
  for (const [index, part] of directoryParts.entries()) {
    if (parts[index] === undefined) return false;
    if (/[*?[\\]/.test(parts[index])) return true;
    if (parts[index] !== part) return false;
  }
  return parts.length > directoryParts.length;
}

async function* entries(
  directory: string,
  rules: IgnoreRules | undefined,
  extraEntries: readonly TarEntry[],
): AsyncGenerator<TarEntry, void, undefined> {
  yield* extraEntries;
  yield* walk(directory, '', rules);
}

async function* walk(
  root: string,
  path: string,
  rules: IgnoreRules | undefined,
): AsyncGenerator<TarEntry, void, undefined> {
  const here = join(root, path);
  const names = await readdir(here).catch((error: unknown) => {
    throw readError(here, error);
  });
  for (const name of names.sort()) {
    const inner = path === '' ? name : `${path}/${name}`;
    const isExcluded = rules?.ignores(inner) === true;
    const entry = await entryOf(join(root, inner), inner);
    if (entry === undefined) continue;
    if (!isExcluded) yield entry;
    if (entry.kind === 'directory' && (!isExcluded || rules.mayIncludeBelow(inner))) {
      yield* walk(root, inner, rules);
    }
  }
}

/** Undefined for sockets and devices, which cannot be part of a build context, and for files that were deleted meanwhile. */
async function entryOf(file: string, name: string): Promise<TarEntry | undefined> {
  const stats = await lstat(file).catch(() => undefined);
  if (stats === undefined) return undefined;
  const mode = process.platform === 'win32' ? 0o755 : stats.mode & 0o7777;
  // Like in the docker CLI: the owner of a local file must not affect the build cache.
  const common = { name, mode, modified: stats.mtime, user: 0, group: 0 };
  if (stats.isDirectory()) return { ...common, kind: 'directory', size: 0 };
  if (stats.isSymbolicLink()) {
    return { ...common, kind: 'link', size: 0, linkTarget: toSlashes(await readlink(file)) };
  }
  if (!stats.isFile()) return undefined;
  return { ...common, kind: 'file', size: stats.size, content: () => content(file, stats.size) };
}

/** Reads no more than `size` bytes, even if the file grows. */
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
    throw readError(file, error);
  }
  if (read < size) throw new EngineError('failed', t('{0} changed while it was being read', file));
}

function readError(file: string, error: unknown): EngineError {
  const { code } = error as { readonly code?: unknown };
  const reason = code === 'ENOENT' ? t('the file does not exist') : (error as Error).message;
  return new EngineError('failed', t('Could not read {0}: {1}', file, reason), error);
}

function toSlashes(path: string): string {
  return sep === '\\' ? path.replaceAll('\\', '/') : path;
}

function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}
