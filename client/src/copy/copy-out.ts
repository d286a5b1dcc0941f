/** Copies files from a container to this machine, like `docker cp`. They are extracted into a staging directory, and moved when all have arrived. */
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, posix, resolve } from 'node:path';
import { t } from '@vscode/l10n';
import type { Engine, PathStat } from '../engine/engine.ts';
import { Slices } from '../engine/slices.ts';
import { unpackArchive } from '../engine/tar.ts';
import { followLinks } from '../engine/write-file.ts';
import { isSameForPrograms } from '../engine/files/hidden-files.ts';
import { isManySmall, isSlowEngine, manyEntries, readWithTar } from './container-tar.ts';
import {
  cancelledError,
  toCopyError,
  isContentsPath,
  isAborted,
  isDirectoryPath,
  copyError,
  sumOfResults,
  type CopyResult,
  type CopyOptions,
  type ExistingFile,
} from './copy-task.ts';
import { platformRules } from './name-rules.ts';
import { displayPath, isPossible, splitLinkTarget, splitName, type Name } from './names.ts';
import { StagingDirectory } from './staging-directory.ts';

export interface CopyOutRequest {
  readonly container: string;
  readonly path: string;
  /** An existing folder, or the new path. */
  readonly target: string;
  /** Copies what a link leads to, like `docker cp -L`. */
  readonly followLinks?: boolean;
}

/** Like `copyOutAll`, for one file or directory. */
export function copyOut(
  engine: Engine,
  request: CopyOutRequest,
  options: CopyOptions,
): Promise<CopyResult> {
  return copyOutAll(engine, [request], options);
}

/**
 * Copies several files and directories, with one question about all that they overwrite. Rejects with EngineError. Only staging
 * directories are changed until all files have arrived and overwriting was confirmed.
 */
export async function copyOutAll(
  engine: Engine,
  requests: readonly CopyOutRequest[],
  options: CopyOptions,
): Promise<CopyResult> {
  const arrived: Arrival[] = [];
  try {
    for (const request of requests) arrived.push(await receiveOne(engine, request, withSum(options, arrived))); // prettier-ignore
    return await moveAll(arrived, options);
  } catch (error) {
    throw options.signal.aborted ? cancelledError() : toCopyError(error);
  } finally {
    for (const { staging } of arrived) await staging.close();
  }
}

/** Something that was received completely, and where it will be. */
interface Arrival extends Received {
  readonly staging: StagingDirectory;
  readonly destination: Destination;
}

/** The progress of one of several, together with those before. */
function withSum(options: CopyOptions, before: readonly Arrival[]): CopyOptions {
  if (before.length === 0) return options;
  const bytes = before.reduce((sum, { staging }) => sum + staging.bytes, 0);
  const entries = before.reduce((sum, { staging }) => sum + staging.received, 0);
  return {
    ...options,
    report: (copied, _, count) =>
      options.report(bytes + copied, undefined, { copied: entries + (count?.copied ?? 0) }),
  };
}

async function receiveOne(
  engine: Engine,
  request: CopyOutRequest,
  options: CopyOptions,
): Promise<Arrival> {
  const { path } = request;
  const { source, realPath } = await readSource(engine, request);
  const contentsOnly = isContentsPath(path) || posix.resolve('/', path) === '/';
  const asDirectory = contentsOnly || isDirectoryPath(path);
  if (asDirectory && source.kind !== 'directory' && source.kind !== 'link') {
    throw copyError(t('{0} is not a directory in the container', path));
  }
  const destination = await resolveTarget(request, options, {
    isDirectory: asDirectory || source.kind === 'directory',
    contentsOnly,
  });
  const total = source.kind === 'file' ? source.size : undefined;
  const attempt = async (way: Way, mostByEngine = Infinity): Promise<Arrival> => {
    const staging = await StagingDirectory.open(destination.parent, options.nameRules);
    try {
      const transfer = { staging, options, asDirectory, total, way, mostByEngine };
      const received = await receive(engine, { ...request, path: realPath }, transfer);
      return { ...received, staging, destination };
    } catch (error) {
      await staging.close();
      throw error;
    }
  };
  // Asked before, because the engine answers nothing about the container while it sends an archive.
  const from = source.kind === 'directory' ? await tarFrom(engine, { ...request, path: realPath }, options) : Infinity; // prettier-ignore
  try {
    return await attempt('engine', from);
  } catch (error) {
    if (!(error instanceof ManySmallFiles)) throw error;
  }
  try {
    return await attempt('program');
  } catch (error) {
    if (isAborted(options.signal)) throw error;
    // The engine may still read what the program could not, or says why not.
    return await attempt('engine');
  }
}

/** With how many small files a program in the container packs them. */
async function tarFrom(
  engine: Engine,
  { container, path }: CopyOutRequest,
  options: CopyOptions,
): Promise<number> {
  try {
    const from = options.tarFrom ?? ((await isSlowEngine(engine)) ? manyEntries : Infinity);
    const isSame = from < Infinity && (await isSameForPrograms(engine, container, posix.resolve('/', path))); // prettier-ignore
    return isSame ? from : Infinity;
  } catch {
    return Infinity;
  }
}

/** Who packs the files. */
type Way = 'program' | 'engine';

/** Thrown when a program in the container is faster than the engine. */
class ManySmallFiles extends Error {}

async function moveAll(arrived: readonly Arrival[], options: CopyOptions): Promise<CopyResult> {
  refuseSameTargets(arrived);
  const conflicts: (readonly ExistingFile[])[] = [];
  for (const { staging, destination } of arrived)
    conflicts.push(await staging.conflicts(destination.root));
  const existing = conflicts.flat();
  const paths = existing.map((one) => one.path);
  const details = () => Promise.resolve(existing);
  if (paths.length > 0 && !(await options.confirmOverwrite(paths, details))) throw cancelledError();
  options.signal.throwIfAborted();
  for (const { staging, destination } of arrived) {
    // Like in `docker cp`, the mode of an existing directory changes only if it is a directory of the container itself.
    const keepsMode = destination.root === destination.parent;
    if (staging.entries > 0) await staging.moveTo(destination.root, { keepsMode });
    options.placed?.(destination.root, staging.isDirectory);
  }
  return sumOfResults(arrived.map(resultOf));
}

/** The later one would replace the earlier one. */
function refuseSameTargets(arrived: readonly Arrival[]): void {
  const roots = new Set<string>();
  for (const { destination } of arrived) {
    const { root, parent } = destination;
    if (root !== parent && roots.has(root)) throw copyError(t('Two sources have the same name: {0}', displayPath([basename(root)]))); // prettier-ignore
    roots.add(root);
  }
}

function resultOf({ staging, skipped, prefix }: Arrival): CopyResult {
  const refusedNames = staging.refused.map((parts) => displayPath([...prefix, ...parts]));
  return {
    entries: staging.entries,
    bytes: staging.bytes,
    skipped: [...skipped, ...staging.skipped, ...refusedNames],
    ...(refusedNames.length > 0 && { refusedNames }),
  };
}

/** Follows a link at the end of the path if that is requested. */
async function readSource(
  engine: Engine,
  { container, path, followLinks = false }: CopyOutRequest,
): Promise<{ readonly source: PathStat; readonly realPath: string }> {
  const source = await engine.stat(container, path);
  if (!followLinks || source.linkTarget === undefined) return { source, realPath: path };
  const realPath = posix.resolve(posix.dirname(posix.resolve('/', path)), source.linkTarget);
  return { source: await engine.stat(container, realPath), realPath };
}

interface Destination {
  /** An existing folder, with links resolved; the staging directory is created in it. */
  readonly parent: string;
  /** The path that the root of the archive becomes. */
  readonly root: string;
}

async function resolveTarget(
  { path, target }: CopyOutRequest,
  options: CopyOptions,
  { isDirectory, contentsOnly }: { readonly isDirectory: boolean; readonly contentsOnly: boolean },
): Promise<Destination> {
  const resolved = await followLinks(target);
  const existing = await stat(resolved).catch(ignoreMissing);
  if (existing?.isDirectory()) {
    const parent = await realpath(resolved);
    return { parent, root: contentsOnly ? parent : join(parent, localName(path, options)) };
  }
  if (existing && isDirectory)
    throw copyError(t('{0} is a file and cannot be replaced by a folder', target));
  if (isDirectoryPath(target) && (existing || !isDirectory))
    throw copyError(t('{0} is not a folder', target));
  const parent = await realpath(dirname(resolve(resolved)));
  return { parent, root: join(parent, basename(resolved)) };
}

/** Rejects with EngineError if this machine cannot have a file with the name in the container. */
function localName(path: string, { nameRules = platformRules() }: CopyOptions): string {
  const name = posix.basename(posix.resolve('/', path));
  if (isPossible(name, nameRules)) return name;
  throw copyError(t('{0} is not a valid file name on this machine', displayPath([name])));
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
  readonly way: Way;
  /** With so many small files, a program is faster. */
  readonly mostByEngine: number;
}

interface Received {
  /** The names of special files. */
  readonly skipped: readonly string[];
  /** The name of the root in the archive, if it has one. */
  readonly prefix: readonly Name[];
}

/** Extracts the archive into the staging directory. */
async function receive(
  engine: Engine,
  { container, path }: CopyOutRequest,
  { staging, options, asDirectory, total, way, mostByEngine }: Transfer,
): Promise<Received> {
  const skipped: string[] = [];
  const absolute = posix.resolve('/', path);
  // With a trailing dot the engine follows a link to a directory, and entry names are relative to it.
  const archivePath = asDirectory ? posix.join(absolute, '/') + '.' : absolute;
  const archive =
    way === 'program'
      ? readWithTar(engine, container, archivePath, { signal: options.signal, highestCode: 0 })
      : engine.readArchive(container, archivePath, options.signal);
  let root: Name | undefined;
  const belowRoot = (parts: readonly Name[]): readonly Name[] => {
    if (asDirectory) return parts;
    root ??= parts[0];
    if (parts.length > 0 && parts[0] === root) return parts.slice(1);
    throw copyError(t('The container sent a file that was not requested: {0}', displayPath(parts)));
  };
  const slices = new Slices();
  await unpackArchive(archive, {
    entry: (entry) => {
      const names = splitName(entry);
      if (entry.kind === 'other') {
        skipped.push(displayPath(names));
        return;
      }
      const parts = belowRoot(names);
      const linkParts = entry.kind === 'hardlink' ? belowRoot(splitLinkTarget(entry)) : [];
      staging.add({ entry, parts, linkParts });
    },
    content: (bytes, isLast) => staging.addContent(bytes, isLast),
    chunkDone: () => {
      options.signal.throwIfAborted();
      options.report(staging.bytes, total, { copied: staging.received });
      if (isManySmall(staging.received, staging.bytes, mostByEngine)) throw new ManySmallFiles();
      return staging.isBusy ? staging.ready() : slices.isOver ? slices.turn() : undefined;
    },
  });
  options.signal.throwIfAborted();
  return { skipped, prefix: root === undefined ? [] : [root] };
}
