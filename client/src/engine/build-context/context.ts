/** Creates the build context as a tar stream. */
import { randomBytes } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { t } from '@vscode/l10n';
import { ignoreFilter, type IgnoreFilter } from '../../../../server/src/ignore/ignore-filter.ts';
import { ignorePatterns } from '../../../../server/src/ignore/ignore-lines.ts';
import { EngineError } from '../errors.ts';
import { fileEntry, type TarEntry } from '../tar-entry.ts';
import { packTar } from '../tar-writer.ts';
import type { ContextEntry } from './entry.ts';
import { openMeasured } from './open-file.ts';
import { fileOf, readError } from './disk.ts';
import { walkContext } from './walk.ts';

export interface BuildContext {
  /** The path of the Dockerfile in the tar stream. */
  readonly dockerfile: string;
  /** Read as fast as the engine accepts it. Can be read once. */
  readonly tar: AsyncIterable<Uint8Array>;
}

/**
 * Creates the context from the absolute paths of its directory and of the Dockerfile, whose content can be given. Rejects with
 * EngineError if a file cannot be read.
 */
export async function createContext(
  directory: string,
  dockerfile: string,
  dockerfileText?: Uint8Array,
): Promise<BuildContext> {
  const text =
    dockerfileText ??
    (await readFile(dockerfile).catch((error: unknown) => {
      throw readError(dockerfile, error);
    }));
  const inside = toSlashes(relative(directory, dockerfile));
  // A given content is not that of the file in the context.
  const outside = dockerfileText !== undefined || inside.startsWith('../') || isAbsolute(inside);
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
  exclude: IgnoreFilter | undefined,
  extraEntries: readonly TarEntry[],
): AsyncGenerator<TarEntry, void, undefined> {
  yield* extraEntries;
  for await (const entry of walkContext(directory, { exclude })) {
    const packed = toTarEntry(directory, entry);
    if (packed) yield packed;
  }
}

/** Undefined for pipes, sockets and devices, which the classic builder does not copy. */
function toTarEntry(root: string, { path, rawPath, kind, stats, target }: ContextEntry) {
  const file = fileOf(root, rawPath ?? path);
  const mode = process.platform === 'win32' ? 0o755 : Number(stats.mode) & 0o7777;
  // Like in the docker CLI: the owner of a local file must not affect the build cache.
  const common = { name: path, mode, modified: stats.mtime, user: 0, group: 0 };
  if (kind === 'directory') return { ...common, kind, size: 0 } satisfies TarEntry;
  if (kind === 'link')
    return { ...common, kind, size: 0, linkTarget: target?.toString() ?? '' } satisfies TarEntry;
  if (kind !== 'file') return undefined;
  return {
    ...common,
    kind,
    size: Number(stats.size),
    content: () => content(file, stats),
  } satisfies TarEntry;
}

const chunkBytes = 1 << 20;

/** Reads no more than the measured size, even if the file grows. */
async function* content(
  file: string | Buffer,
  stats: BigIntStats,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (stats.size === 0n) return;
  const opened = await openMeasured(file, stats);
  try {
    for (let left = Number(stats.size); left > 0;) {
      const chunk = Buffer.allocUnsafe(Math.min(chunkBytes, left));
      const length = await opened.read(chunk, 0, chunk.length);
      left -= length;
      yield chunk.subarray(0, length);
    }
  } finally {
    opened.close();
  }
}

function toSlashes(path: string): string {
  return sep === '\\' ? path.replaceAll('\\', '/') : path;
}

function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}
