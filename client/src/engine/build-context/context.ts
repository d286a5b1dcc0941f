/** Creates the build context as a tar stream. */
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readFile, readdir, readlink } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { t } from '@vscode/l10n';
import {
  ignoreFilter,
  type IgnoreFilter,
  type Verdict,
} from '../../../../server/src/ignore/ignore-filter.ts';
import { ignorePatterns } from '../../../../server/src/ignore/ignore-lines.ts';
import { EngineError } from '../errors.ts';
import { fileEntry, packTar, type TarEntry } from '../tar.ts';

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
  const filter = await filterOf(directory, dockerfile, name);
  const extraEntries = outside ? [fileEntry(name, text)] : [];
  return { dockerfile: name, tar: packTar(entries(resolve(directory), filter, extraEntries)) };
}

/** `<Dockerfile>.dockerignore` next to the Dockerfile, otherwise the context's `.dockerignore`. */
async function filterOf(
  directory: string,
  dockerfile: string,
  name: string,
): Promise<IgnoreFilter | undefined> {
  const own = `${dockerfile}.dockerignore`;
  const shared = join(directory, '.dockerignore');
  const ownText = await readText(own);
  const text = ownText ?? (await readText(shared));
  if (text === undefined) return undefined;
  const patterns = ignorePatterns(text);
  // BuildKit needs these files even if they are excluded.
  const needed = [name, '.dockerignore', `${name}.dockerignore`].map((file) => `!${escaped(file)}`);
  const filter = patterns && ignoreFilter([...patterns, ...needed]);
  const file = ownText === undefined ? shared : own;
  if (filter === undefined)
    throw new EngineError('failed', t('{0} contains a pattern that is not valid', file));
  return filter;
}

/** The name of a file as a pattern. */
function escaped(name: string): string {
  return name.replace(/[*?[\]\\]/g, '\\$&');
}

async function* entries(
  directory: string,
  filter: IgnoreFilter | undefined,
  extraEntries: readonly TarEntry[],
): AsyncGenerator<TarEntry, void, undefined> {
  yield* extraEntries;
  yield* walk(directory, { path: '', verdict: undefined }, filter);
}

interface Directory {
  /** In the context, with slashes. */
  readonly path: string;
  readonly verdict: Verdict | undefined;
}

async function* walk(
  root: string,
  { path, verdict: above }: Directory,
  filter: IgnoreFilter | undefined,
): AsyncGenerator<TarEntry, void, undefined> {
  const here = join(root, path);
  const names = await readdir(here).catch((error: unknown) => {
    throw readError(here, error);
  });
  for (const name of names.sort()) {
    const inner = path === '' ? name : `${path}/${name}`;
    const verdict = filter?.verdictOn(inner, above);
    if (verdict?.invalid !== undefined)
      throw new EngineError(
        'failed',
        t('`{0}` in the .dockerignore file is not a valid pattern', verdict.invalid),
      );
    const isExcluded = verdict?.isExcluded === true;
    const entry = await entryOf(join(root, inner), inner);
    if (entry === undefined) continue;
    if (!isExcluded) yield entry;
    if (entry.kind === 'directory' && (!isExcluded || filter?.mayInclude(inner) === true)) {
      yield* walk(root, { path: inner, verdict }, filter);
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
