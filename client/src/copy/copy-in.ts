/** Copies files from this machine into a container, like `docker cp`. */
import type { Stats } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import { basename, posix, resolve } from 'node:path';
import { t } from '@vscode/l10n';
import type { Engine } from '../engine/engine.ts';
import { displayPath } from './names.ts';
import {
  cancelledError,
  toCopyError,
  isContentsPath,
  isDirectoryPath,
  copyError,
  type CopyResult,
  type CopyOptions,
  type PathList,
} from './copy-task.ts';
import { textOf, toByteString } from './byte-strings.ts';
import {
  findExisting,
  joinPaths,
  type EntryList,
  type ExistingFiles,
  type NewEntry,
} from './existing-files.ts';
import { resolveLinks, resolveTarget } from './container-target.ts';
import { localTree, pathOf, type LocalEntry } from './local-tree.ts';
import type { Owner } from './owner.ts';
import { sendFiles } from './send-files.ts';
import type { Plan } from './send-parts.ts';

export interface CopyInRequest {
  readonly container: string;
  /** Absolute paths; several sources require a directory as target. */
  readonly sources: readonly string[];
  /** An existing directory, or the new path of a single source. */
  readonly target: string;
  /** Who owns the copies; by default the numbers that own the files on this machine. */
  readonly owner?: Owner;
  /** Copies the files that links lead to if a source is a link, like `docker cp -L`. */
  readonly followLinks?: boolean;
}

/** Rejects with EngineError. Sends nothing before all sources were read and overwriting was confirmed. */
export async function copyIn(
  engine: Engine,
  request: CopyInRequest,
  options: CopyOptions,
): Promise<CopyResult> {
  const skipped: string[] = [];
  const { plans, replaced } = await confirmedPlans(engine, request, options, skipped);
  const { bytes, entries } = await sendFiles(engine, request.container, { plans, replaced, options }); // prettier-ignore
  for (const { directory, entries: sent } of plans) {
    const [root] = sent;
    if (root) options.placed?.(posix.join(directory, textOf(pathOf(root))), root.kind === 'directory'); // prettier-ignore
  }
  return { entries, bytes, skipped };
}

/** What is sent, and which files in the container it overwrites, as they are shown. */
async function confirmedPlans(
  engine: Engine,
  request: CopyInRequest,
  options: CopyOptions,
  skipped: string[],
): Promise<{ readonly plans: readonly Plan[]; readonly replaced: PathList }> {
  const { plans, existing } = await createPlans(engine, request, options, skipped).catch((error: unknown) => {
    throw options.signal.aborted ? cancelledError() : toCopyError(error);
  }); // prettier-ignore
  const paths = joinPaths(existing.map((one) => one.paths));
  const details = async () => (await Promise.all(existing.map((one) => one.details()))).flat();
  if (paths.length > 0 && !(await options.confirmOverwrite(paths, details))) throw cancelledError();
  if (options.signal.aborted) throw cancelledError();
  return { plans, replaced: paths };
}

interface Plans {
  readonly plans: readonly Plan[];
  readonly existing: readonly ExistingFiles[];
}

async function createPlans(
  engine: Engine,
  request: CopyInRequest,
  { signal }: CopyOptions,
  skipped: string[],
): Promise<Plans> {
  const { container, sources, target, owner } = request;
  const destination = await resolveLinks(engine, container, target);
  if (sources.length > 1 && destination.stat?.kind !== 'directory') {
    throw copyError(t('{0} is not a directory in the container', target));
  }
  const plans: Plan[] = [];
  const existing: ExistingFiles[] = [];
  for (const path of sources) {
    const source = await readSource(path, request);
    const { directory, name } = await resolveTarget(engine, { container, target }, destination, {
      name: basename(resolve(path)),
      isDirectory: source.stats.isDirectory(),
      isContents: isContentsPath(path),
    });
    const skip = (file: string) => void skipped.push(file);
    const { stats } = source;
    const reading = localTree(source.file, { name, stats }, { signal, owner, skip });
    const root = { path: toByteString(name), isDirectory: stats.isDirectory() };
    const below = reading.then((entries) => {
      entries.forEach((entry) => refuseLinksAbove(entry, directory));
      return new EntriesBelow(entries);
    });
    // What exists is listed while the entries are read.
    const [entries, found] = await Promise.all([
      below.then(() => reading),
      findExisting(engine, { container, directory, signal }, { root, below }),
    ]);
    plans.push({ directory, entries, hasSameKinds: found.hasSameKinds });
    if (entries.length > 0) existing.push(found);
  }
  refuseSameNames(plans);
  return { plans, existing };
}

/** What is in the first entry, without a second list. */
class EntriesBelow implements EntryList {
  readonly #entries: readonly LocalEntry[];

  constructor(entries: readonly LocalEntry[]) {
    this.#entries = entries;
  }

  get length(): number {
    return Math.max(0, this.#entries.length - 1);
  }

  at(index: number): NewEntry | undefined {
    const entry = this.#entries[index + 1];
    return entry && { path: pathOf(entry), isDirectory: entry.kind === 'directory' };
  }

  *[Symbol.iterator](): Generator<NewEntry, void, undefined> {
    for (let index = 0; index < this.length; index++) {
      const entry = this.at(index);
      if (entry) yield entry;
    }
  }
}

/** The engine rejects the whole archive in the middle of extracting it. */
function refuseLinksAbove(entry: LocalEntry, directory: string): void {
  const { kind, target = '' } = entry;
  if (kind !== 'link' || target.startsWith('/')) return;
  const end = posix.join('/root', posix.dirname(pathOf(entry)), target);
  if (end === '/root' || end.startsWith('/root/')) return;
  throw copyError(
    t(
      'The engine does not accept the link {0}, because its target {1} is above {2}',
      displayPath([pathOf(entry)]),
      displayPath([target]),
      directory,
    ),
  );
}

/** The later one would replace the earlier one. */
function refuseSameNames(plans: readonly Plan[]): void {
  const names = new Set<string>();
  for (const { entries } of plans) {
    const name = entries[0]?.name;
    if (name === undefined || name === '.') continue;
    if (names.has(name)) throw copyError(t('Two sources have the same name: {0}', displayPath([name]))); // prettier-ignore
    names.add(name);
  }
}

interface Source {
  /** Where its files are read. */
  readonly file: string;
  readonly stats: Stats;
}

/** A source with a trailing slash must be a directory, and is followed if it is a symbolic link. */
async function readSource(path: string, { followLinks = false }: CopyInRequest): Promise<Source> {
  const follow = followLinks || isDirectoryPath(path);
  const stats = follow ? await stat(path) : await lstat(path);
  if (isDirectoryPath(path) && !stats.isDirectory()) throw copyError(t('{0} is not a folder', path)); // prettier-ignore
  return { file: followLinks ? await realpath(path) : resolve(path), stats };
}
