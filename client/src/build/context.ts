/** The folder that a build may copy from, as the tar that the engine takes. */
import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readFile, readdir, readlink } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { t } from '@vscode/l10n';
import {
  ignoreFilter,
  type IgnoreFilter,
  type Verdict,
} from '../../../server/src/ignore/ignore-filter.ts';
import { ignorePatterns } from '../../../server/src/ignore/ignore-lines.ts';
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
  const filter = await filterOf(folder, dockerfile, name);
  const own = outside ? [fileEntry(name, text)] : [];
  return { dockerfile: name, tar: packTar(entries(resolve(folder), filter, own)) };
}

/** `<Dockerfile>.dockerignore` next to the Dockerfile, otherwise the context's `.dockerignore`. */
async function filterOf(
  folder: string,
  dockerfile: string,
  name: string,
): Promise<IgnoreFilter | undefined> {
  const own = `${dockerfile}.dockerignore`;
  const shared = join(folder, '.dockerignore');
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
  folder: string,
  filter: IgnoreFilter | undefined,
  own: readonly TarEntry[],
): AsyncGenerator<TarEntry, void, undefined> {
  yield* own;
  yield* walk(folder, { path: '', verdict: undefined }, filter);
}

interface Folder {
  /** In the context, with slashes. */
  readonly path: string;
  readonly verdict: Verdict | undefined;
}

async function* walk(
  root: string,
  { path, verdict: above }: Folder,
  filter: IgnoreFilter | undefined,
): AsyncGenerator<TarEntry, void, undefined> {
  const here = join(root, path);
  const names = await readdir(here).catch((error: unknown) => {
    throw unreadable(here, error);
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
