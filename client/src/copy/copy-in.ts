/** Copies files from this machine into a container, like `docker cp`. */
import { lstat, stat } from 'node:fs/promises';
import { basename, posix, resolve } from 'node:path';
import { t } from '@vscode/l10n';
import type { Duplex, Engine, PathStat } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { packTar, type TarEntry } from '../engine/tar.ts';
import {
  cancelledError,
  toCopyError,
  isContentsPath,
  isDirectoryPath,
  copyError,
  statIfExists,
  type CopyResult,
  type CopyOptions,
} from './copy-task.ts';
import { displayPath, isText } from './names.ts';
import { localEntries, tarEntry, type LocalEntry } from './tar-entries.ts';

export interface CopyInRequest {
  readonly container: string;
  /** Absolute paths; several sources require a directory as target. */
  readonly sources: readonly string[];
  /** An existing directory, or the new path of a single source. */
  readonly target: string;
}

interface Plan {
  /** The directory in the container where the tar archive is extracted. */
  readonly directory: string;
  readonly entries: readonly LocalEntry[];
}

/** Rejects with EngineError. Sends nothing before all sources were read and overwriting was confirmed. */
export async function copyIn(
  engine: Engine,
  request: CopyInRequest,
  options: CopyOptions,
): Promise<CopyResult> {
  const skipped: string[] = [];
  const plans = await createPlans(engine, request, options, skipped).catch((error: unknown) => {
    throw options.signal.aborted ? cancelledError() : toCopyError(error);
  });
  const existing = (
    await Promise.all(plans.map((plan) => findConflicts(engine, request, plan)))
  ).flat();
  if (existing.length > 0 && !(await options.confirmOverwrite(existing))) throw cancelledError();
  const files = plans.flatMap(({ entries }) => entries).filter(({ stats }) => stats.isFile());
  const total = files.reduce((sum, { stats }) => sum + stats.size, 0);
  let bytes = 0;
  const onRead = (more: number) => {
    bytes += more;
    options.report(bytes, total);
  };
  options.report(0, total);
  let currentPath: string | undefined;
  const onStart = (path: string | undefined) => {
    currentPath = path;
  };
  try {
    for (const plan of plans) {
      const tar = packTar(tarEntries(plan, onRead, onStart));
      await engine.writeArchive(request.container, plan.directory, tar, options.signal);
    }
  } catch (error) {
    throw await removePartialFile(engine, request.container, { error, path: currentPath });
  }
  const entries = plans.reduce((sum, plan) => sum + plan.entries.length, 0);
  return { entries, bytes, skipped };
}

async function* tarEntries(
  { directory, entries }: Plan,
  onRead: (bytes: number) => void,
  onStart: (path: string | undefined) => void,
): AsyncGenerator<TarEntry, void, undefined> {
  for (const entry of entries) {
    onStart(entry.parts.every(isText) ? pathOf(directory, entry) : undefined);
    yield await tarEntry(entry, onRead);
  }
}

/** As it can be shown, and as the engine knows it if all names are texts. */
function pathOf(directory: string, { parts }: LocalEntry): string {
  return posix.join(directory, parts.every(isText) ? parts.join('/') : displayPath(parts));
}

/** Removes a partly extracted file after a cancellation, with `rm` in the container: the engine does not have a request for it. */
async function removePartialFile(
  engine: Engine,
  container: string,
  { error, path }: { readonly error: unknown; readonly path: string | undefined },
): Promise<EngineError> {
  const copyFailure = toCopyError(error);
  if (copyFailure.kind !== 'cancelled' || path === undefined) return copyFailure;
  const statPartial = () => engine.stat(container, path).catch(() => undefined);
  if ((await statPartial())?.kind !== 'file') return copyFailure;
  const removing = engine.exec(container, ['rm', '-f', '--', path], { tty: false });
  await removing.then(readToEnd).catch(() => undefined);
  if ((await statPartial()) === undefined) return copyFailure;
  return new EngineError('cancelled', t('Cancelled: {0} in the container is incomplete', path));
}

async function readToEnd(process: Duplex): Promise<void> {
  process.end();
  const output = process.output[Symbol.asyncIterator]();
  while ((await output.next()).done !== true);
}

async function createPlans(
  engine: Engine,
  { container, sources, target }: CopyInRequest,
  { signal }: CopyOptions,
  skipped: string[],
): Promise<readonly Plan[]> {
  const destination = await resolveLinks(engine, container, target);
  if (sources.length > 1 && destination.stat?.kind !== 'directory') {
    throw copyError(t('{0} is not a directory in the container', target));
  }
  const plans: Plan[] = [];
  for (const source of sources) {
    const request = { container, source, target };
    const { directory, name } = await resolveTarget(engine, request, destination);
    const root = { file: resolve(source), parts: [name], stats: await sourceStats(source) };
    const skip = (file: string) => void skipped.push(file);
    plans.push({ directory, entries: await localEntries(root, signal, skip) });
  }
  return plans;
}

interface ResolvedPath {
  readonly path: string;
  readonly stat: PathStat | undefined;
}

/** Follows a symbolic link at the end of the path, like `docker cp`; the engine does not. */
async function resolveLinks(
  engine: Engine,
  container: string,
  target: string,
): Promise<ResolvedPath> {
  let path = posix.resolve('/', target);
  let found = await statIfExists(engine, container, path);
  for (let turns = 0; found?.linkTarget !== undefined && turns < 40; turns++) {
    path = posix.resolve(posix.dirname(path), found.linkTarget);
    found = await statIfExists(engine, container, path);
  }
  return { path, stat: found };
}

/** A source with a trailing slash must be a directory, and is followed if it is a symbolic link. */
async function sourceStats(source: string) {
  const stats = isDirectoryPath(source) ? await stat(source) : await lstat(source);
  if (isDirectoryPath(source) && !stats.isDirectory())
    throw copyError(t('{0} is not a folder', source));
  return stats;
}

/** The directory to extract into, and the name of the source there. */
async function resolveTarget(
  engine: Engine,
  { container, source, target }: { container: string; source: string; target: string },
  { path, stat: existing }: ResolvedPath,
): Promise<{ readonly directory: string; readonly name: string }> {
  const isDirectory = (await sourceStats(source)).isDirectory();
  if (existing?.kind === 'directory') {
    return { directory: path, name: isContentsPath(source) ? '.' : basename(resolve(source)) };
  }
  if (existing && isDirectory) {
    throw copyError(
      t('{0} is a file in the container and cannot be replaced by a directory', target),
    );
  }
  if (isDirectoryPath(target) && (existing || !isDirectory)) {
    throw copyError(t('{0} is not a directory in the container', target));
  }
  const directory = posix.dirname(path);
  // Rejects if the directory is missing, before anything is confirmed or sent.
  await engine.stat(container, `${directory}/`);
  return { directory, name: posix.basename(path) };
}

/** Existing files that would be overwritten. Below a missing directory nothing exists, so it is not checked. */
async function findConflicts(
  engine: Engine,
  { container }: CopyInRequest,
  { directory, entries }: Plan,
): Promise<readonly string[]> {
  const found: string[] = [];
  const absent = new Set<string>();
  const check = async (entry: LocalEntry) => {
    const path = pathOf(directory, entry);
    const { parts, stats } = entry;
    // The engine cannot be asked for a name that is not UTF-8, so it may exist.
    if (!parts.every(isText)) {
      if (!stats.isDirectory()) found.push(path);
      return;
    }
    const existing = await statIfExists(engine, container, path);
    if (existing === undefined) absent.add(parts.join('/'));
    else if (!stats.isDirectory() || existing.kind !== 'directory') found.push(path);
  };
  const isBelowAbsent = ({ parts }: LocalEntry) => ancestors(parts).some((one) => absent.has(one));
  const directories = entries.filter(({ stats }) => stats.isDirectory());
  for (const entry of directories) if (!isBelowAbsent(entry)) await check(entry);
  const rest = entries.filter((entry) => !entry.stats.isDirectory() && !isBelowAbsent(entry));
  // In small batches, because each check is a request.
  for (let at = 0; at < rest.length; at += 16)
    await Promise.all(rest.slice(at, at + 16).map(check));
  return found.sort();
}

function ancestors(parts: readonly string[]): readonly string[] {
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
