/** Reads one file of a container, through links, and what identifies its version. */
import { t } from '@vscode/l10n';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { unpackTar, type TarEntry } from '../tar.ts';
import type { FileEntry, FileOptions } from './entry.ts';
import { isHiddenFromArchive } from './hidden-files.ts';
import { statFile } from './list.ts';
import {
  displayName,
  isPlainText,
  joinPath,
  normalizePath,
  parentOf,
  textOfBytes,
} from './names.ts';
import { argument, runScript } from './program.ts';

export interface ReadOptions extends FileOptions {
  /** Bytes; longer files are refused. */
  readonly limit: number;
}

/** The content of a file. Rejects with EngineError, also for devices, pipes and directories. */
export async function readFile(
  engine: Engine,
  container: string,
  path: string,
  options: ReadOptions,
): Promise<Buffer> {
  const full = normalizePath(path);
  const { limit, signal, programs } = options;
  if (programs !== false && (await isHiddenFromArchive(engine, container, full))) {
    const read = await readByProgram(engine, container, full, options);
    if (read !== undefined) return read;
  }
  const resolved = await resolveLinks(engine, container, full);
  for await (const entry of archiveEntry(engine, container, resolved, signal)) {
    if (entry.kind !== 'file') throw notAFile(full);
    if (entry.size > limit) throw tooLarge(full);
    const parts: Uint8Array[] = [];
    for await (const part of entry.content?.() ?? []) parts.push(part);
    return Buffer.concat(parts);
  }
  throw notAFile(full);
}

/**
 * The entry of the path in the engine's archive of it. Engine 20.10 sends an empty archive for a name that is not UTF-8; it is
 * then searched in the archive of the nearest directory whose path is.
 */
async function* archiveEntry(
  engine: Engine,
  container: string,
  path: string,
  signal?: AbortSignal,
): AsyncGenerator<TarEntry> {
  for await (const entry of unpackTar(engine.readArchive(container, path, signal))) {
    yield entry;
    return;
  }
  let directory = path;
  while (!isPlainText(directory)) directory = parentOf(directory);
  const rest = path.slice(directory === '/' ? 1 : directory.length + 1);
  const archive = engine.readArchive(container, joinPath(directory, '.'), signal);
  for await (const entry of unpackTar(archive)) {
    const name = textOfBytes(entry.nameBytes ?? Buffer.from(entry.name));
    if (name.replace(/^(?:\.\/)+/, '') !== rest) continue;
    yield entry;
    return;
  }
}

/** Files of the kernel have no size, so that they are read up to the limit. */
async function readByProgram(
  engine: Engine,
  container: string,
  path: string,
  options: ReadOptions,
): Promise<Buffer | undefined> {
  const entry = await statFile(engine, container, path, options);
  const isLinkToFile = entry.kind === 'link' && entry.leadsTo === 'file';
  if (entry.kind !== 'file' && !isLinkToFile) throw notAFile(path);
  const script = `${argument('f', 1)}[ -r "$f" ] || exit 4; exec cat -- "$f" 2>/dev/null`;
  const { limit, signal } = options;
  const result = await runScript(engine, container, script, [path], { limit, signal });
  if (result?.isCut === true) throw tooLarge(path);
  if (result?.code === 4)
    throw new EngineError('failed', t('{0} cannot be read: permission denied', displayName(path)));
  return result?.output;
}

/** The path that links lead to; it need not exist. */
export async function resolveLinks(
  engine: Engine,
  container: string,
  path: string,
): Promise<string> {
  const stat = await engine.stat(container, path);
  return stat.kind === 'link' ? (stat.linkTarget ?? path) : path;
}

/** The properties of the file that a save must keep; undefined if it does not exist. */
export async function readHeader(
  engine: Engine,
  container: string,
  path: string,
): Promise<TarEntry | undefined> {
  for await (const entry of archiveEntry(engine, container, path)) {
    const { content, ...header } = entry;
    return content === undefined ? entry : header;
  }
  return undefined;
}

/** Text that changes whenever the file does: its time and its size, as exactly as they are known. */
export async function versionOf(
  engine: Engine,
  container: string,
  path: string,
  options: FileOptions = {},
): Promise<string> {
  const full = normalizePath(path);
  const { size = 0, modified } =
    options.programs !== false && (await isHiddenFromArchive(engine, container, full))
      ? await hiddenVersion(engine, container, full, options)
      : await engine.stat(container, await resolveLinks(engine, container, full));
  return `${modified ?? ''} ${String(size)}`;
}

async function hiddenVersion(
  engine: Engine,
  container: string,
  path: string,
  options: FileOptions,
): Promise<{ readonly size?: number; readonly modified?: string | undefined }> {
  const { size = 0, modified } = await statFile(engine, container, path, options);
  return { size, modified: modified?.toISOString() };
}

function notAFile(path: string): EngineError {
  return new EngineError('failed', t('{0} is not a regular file', displayName(path)));
}

export function tooLarge(path: string): EngineError {
  return new EngineError(
    'failed',
    t(
      '{0} is too large to open in an editor; open it from the Containers view to copy it',
      displayName(path),
    ),
  );
}

/** Whether it can be opened like a directory. */
export function isDirectory({ kind, leadsTo }: FileEntry): boolean {
  return kind === 'directory' || leadsTo === 'directory';
}
