/** Copies files from a container to this machine, like `docker cp`. They are extracted into a staging directory, and moved when all have arrived. */
import { lstat, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, posix, resolve } from 'node:path';
import { t } from '@vscode/l10n';
import type { Engine } from '../engine/engine.ts';
import { unpackTar } from '../engine/tar.ts';
import {
  cancelledError,
  toCopyError,
  isContentsPath,
  isDirectoryPath,
  copyError,
  type CopyResult,
  type CopyOptions,
} from './copy-task.ts';
import { StagingDirectory } from './staging-directory.ts';
import { splitName } from './tar-entries.ts';

export interface CopyOutRequest {
  readonly container: string;
  readonly path: string;
  /** An existing folder, or the new path. */
  readonly target: string;
}

/** Rejects with EngineError. Only the staging directory is changed until all files have arrived and overwriting was confirmed. */
export async function copyOut(
  engine: Engine,
  request: CopyOutRequest,
  options: CopyOptions,
): Promise<CopyResult> {
  try {
    return await copy(engine, request, options);
  } catch (error) {
    throw options.signal.aborted ? cancelledError() : toCopyError(error);
  }
}

async function copy(
  engine: Engine,
  request: CopyOutRequest,
  options: CopyOptions,
): Promise<CopyResult> {
  const { container, path } = request;
  const source = await engine.stat(container, path);
  const contentsOnly = isContentsPath(path) || posix.resolve('/', path) === '/';
  const asDirectory = contentsOnly || isDirectoryPath(path);
  if (asDirectory && source.kind !== 'directory' && source.kind !== 'link') {
    throw copyError(t('{0} is not a directory in the container', path));
  }
  const destination = await resolveTarget(
    request,
    asDirectory || source.kind === 'directory',
    contentsOnly,
  );
  const staging = await StagingDirectory.open(destination.parent);
  try {
    const total = source.kind === 'file' ? source.size : undefined;
    const skipped = await receive(engine, request, { staging, options, asDirectory, total });
    const existing = await staging.conflicts(destination.root);
    if (existing.length > 0 && !(await options.confirmOverwrite(existing))) throw cancelledError();
    options.signal.throwIfAborted();
    await staging.moveTo(destination.root);
    return {
      entries: staging.entries,
      bytes: staging.bytes,
      skipped: [...skipped, ...staging.skipped],
    };
  } finally {
    await staging.close();
  }
}

interface Destination {
  /** An existing folder, with links resolved; the staging directory is created in it. */
  readonly parent: string;
  /** The path that the root of the archive becomes. */
  readonly root: string;
}

async function resolveTarget(
  { path, target }: CopyOutRequest,
  isDirectory: boolean,
  contentsOnly: boolean,
): Promise<Destination> {
  const resolved = await resolveLinks(target);
  const existing = await stat(resolved).catch(ignoreMissing);
  if (existing?.isDirectory()) {
    const parent = await realpath(resolved);
    return { parent, root: contentsOnly ? parent : join(parent, localName(path)) };
  }
  if (existing && isDirectory)
    throw copyError(t('{0} is a file and cannot be replaced by a folder', target));
  if (isDirectoryPath(target) && (existing || !isDirectory))
    throw copyError(t('{0} is not a folder', target));
  const parent = await realpath(dirname(resolve(resolved)));
  return { parent, root: join(parent, basename(resolved)) };
}

function localName(path: string): string {
  const name = posix.basename(posix.resolve('/', path));
  return splitName(name)[0] ?? '';
}

/** Follows symbolic links, also to a file that does not exist yet. */
async function resolveLinks(target: string): Promise<string> {
  let path = resolve(target);
  for (let turns = 0; turns < 40; turns++) {
    const stats = await lstat(path).catch(ignoreMissing);
    if (!stats?.isSymbolicLink()) return path;
    path = resolve(dirname(path), await readlink(path));
  }
  return path;
}

function ignoreMissing(error: unknown): undefined {
  const { code } = error as { readonly code?: unknown };
  if (code !== 'ENOENT') throw error;
}

interface Transfer {
  readonly staging: StagingDirectory;
  readonly options: CopyOptions;
  readonly asDirectory: boolean;
  readonly total: number | undefined;
}

/** Extracts the archive into the staging directory; resolves to the names of skipped entries. */
async function receive(
  engine: Engine,
  { container, path }: CopyOutRequest,
  { staging, options, asDirectory, total }: Transfer,
): Promise<readonly string[]> {
  const skipped: string[] = [];
  const absolute = posix.resolve('/', path);
  // With a trailing dot the engine follows a link to a directory, and entry names are relative to it.
  const archivePath = asDirectory ? posix.join(absolute, '/') + '.' : absolute;
  const archive = engine.readArchive(container, archivePath, options.signal);
  let root: string | undefined;
  const partsBelowRoot = (name: string): readonly string[] => {
    const parts = splitName(name);
    if (asDirectory) return parts;
    root ??= parts[0];
    if (parts.length === 0 || parts[0] !== root) {
      throw copyError(
        t('The container sent a file that was not requested: {0}', JSON.stringify(name)),
      );
    }
    return parts.slice(1);
  };
  for await (const entry of unpackTar(archive)) {
    const added = await staging.add(entry, partsBelowRoot, (bytes) => options.report(bytes, total));
    if (!added) skipped.push(entry.name);
  }
  if (options.signal.aborted) throw cancelledError();
  return skipped;
}
