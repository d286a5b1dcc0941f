/** The files in a directory of a container, and the properties of one file, whatever state the container is in. */
import type { Engine, PathStat } from '../engine.ts';
import { isEngineError } from '../errors.ts';
import {
  defaultListLimits,
  type FileEntry,
  type FileOptions,
  type ListLimits,
  type Listing,
} from './entry.ts';
import { isHiddenFromArchive, statOrNothing } from './hidden-files.ts';
import { knownNames } from './known-names.ts';
import { listByArchive } from './list-by-archive.ts';
import { listByProgram } from './list-by-program.ts';
import { bytesOfText, joinPath, nameOf, normalizePath, parentOf } from './names.ts';
import { withOwnerNames } from './users.ts';

/** Requests for what links lead to, in one listing by the archive. */
const mostLinks = 50;

/**
 * Lists a directory, through links in its path. In a running container with a shell, one program does it in some 50 ms. Otherwise
 * the engine's archive is read up to the limits, and names that the limits hide are looked up if they are likely to exist. Rejects
 * with EngineError.
 */
export async function listDirectory(
  engine: Engine,
  container: string,
  path: string,
  options: FileOptions = {},
): Promise<Listing> {
  const { signal, programs = true } = options;
  const limits: ListLimits = { ...defaultListLimits, ...options.limits };
  const directory = normalizePath(path);
  if (programs) {
    const listed = await listByProgram(engine, container, directory, { limits, signal });
    if (listed !== undefined) return listed;
  }
  const listed = await listByArchive(engine, container, directory, { limits, signal });
  // A limit of entries leaves too many names out to guess them.
  const entries =
    listed.isComplete || listed.entries.length >= limits.entries
      ? listed.entries
      : [...listed.entries, ...(await hiddenEntries(engine, container, directory, listed.entries))];
  const named = await withOwnerNames(engine, container, entries);
  return { ...listed, entries: await withLinkTargets(engine, container, directory, named) };
}

/** The properties of one file; a link is not followed. Rejects with EngineError of the kind `missing` if it does not exist. */
export async function statFile(
  engine: Engine,
  container: string,
  path: string,
  options: FileOptions = {},
): Promise<FileEntry> {
  const full = normalizePath(path);
  if (options.programs !== false && (await isHiddenFromArchive(engine, container, full))) {
    const limits = { ...defaultListLimits, ...options.limits };
    const only = nameOf(full) || '.';
    const where = { limits, only, signal: options.signal };
    const listed = await listByProgram(engine, container, parentOf(full), where);
    const [entry] = listed?.entries ?? [];
    if (entry !== undefined) return { ...entry, name: nameOf(full) };
  }
  let stat: PathStat;
  try {
    stat = await engine.stat(container, full);
  } catch (error) {
    // The engine does not answer for a loop of links, which its directory still lists.
    const isLoop = isEngineError(error) && error.kind === 'failed' && full !== '/';
    const entry = isLoop ? await entryIn(engine, container, full, options) : undefined;
    if (entry === undefined) throw error;
    return entry;
  }
  const entry = entryOfStat(nameOf(full), stat);
  return entry.kind === 'link'
    ? { ...entry, leadsTo: await kindBehind(engine, container, stat.linkTarget) }
    : entry;
}

/** The properties of what the path leads to, through links, and whether it is a link. */
export async function statTarget(
  engine: Engine,
  container: string,
  path: string,
  options: FileOptions = {},
): Promise<{ readonly entry: FileEntry; readonly isLink: boolean }> {
  const entry = await statFile(engine, container, path, options);
  if (entry.kind !== 'link') return { entry, isLink: false };
  const { linkTarget, leadsTo } = entry;
  if (leadsTo === undefined || leadsTo === 'nothing' || linkTarget === undefined)
    return { entry, isLink: true };
  const { kind, size, modified, mode } = await statFile(
    engine,
    container,
    linkTarget.startsWith('/') ? linkTarget : joinPath(parentOf(path), linkTarget),
    options,
  );
  // Another link on the way leads to the same kind of file.
  const target = kind === 'link' ? leadsTo : kind;
  return {
    entry: {
      ...entry,
      kind: target,
      ...(size !== undefined && { size }),
      ...(modified && { modified }),
      ...(mode !== undefined && { mode }),
    },
    isLink: true,
  };
}

async function entryIn(
  engine: Engine,
  container: string,
  path: string,
  options: FileOptions,
): Promise<FileEntry | undefined> {
  const { entries } = await listDirectory(engine, container, parentOf(path), options);
  return entries.find(({ name }) => name === nameOf(path));
}

/** The properties in the engine's answer about a path. */
export function entryOfStat(name: string, stat: PathStat): FileEntry {
  const { kind, size, mode, linkTarget, modified } = stat;
  return {
    name,
    kind,
    ...(kind === 'file' && { size }),
    mode,
    ...(linkTarget !== undefined && { linkTarget }),
    ...(modified !== undefined && { modified: new Date(modified) }),
  };
}

/** Names that are likely and come after the cut; those before it are in the listing if they exist. */
async function hiddenEntries(
  engine: Engine,
  container: string,
  directory: string,
  listed: readonly FileEntry[],
): Promise<readonly FileEntry[]> {
  const seen = new Set(listed.map(({ name }) => name));
  const last = listed.at(-1)?.name ?? '';
  const found: FileEntry[] = [];
  for (const name of await knownNames(engine, container, directory)) {
    if (seen.has(name) || bytesOfText(name).compare(bytesOfText(last)) < 0) continue;
    try {
      found.push(entryOfStat(name, await engine.stat(container, joinPath(directory, name))));
    } catch (error) {
      if (!isEngineError(error) || error.kind !== 'missing') throw error;
    }
  }
  return found;
}

/** Finds what links lead to: in the listing itself, or by a request for each target up to a number. */
async function withLinkTargets(
  engine: Engine,
  container: string,
  directory: string,
  entries: readonly FileEntry[],
): Promise<readonly FileEntry[]> {
  const siblings = new Map(entries.map((entry) => [entry.name, entry]));
  const asked = new Map<string, FileEntry['leadsTo']>();
  const completed: FileEntry[] = [];
  for (const entry of entries) {
    const { kind, linkTarget } = entry;
    if (kind !== 'link' || linkTarget === undefined) {
      completed.push(entry);
      continue;
    }
    const sibling = siblings.get(siblingName(directory, linkTarget) ?? '');
    if (sibling !== undefined && sibling.kind !== 'link') {
      completed.push({ ...entry, leadsTo: sibling.kind });
      continue;
    }
    if (!asked.has(linkTarget)) {
      if (asked.size >= mostLinks) {
        completed.push(entry);
        continue;
      }
      const stat = await statOrNothing(engine, container, joinPath(directory, entry.name));
      asked.set(linkTarget, await kindBehind(engine, container, stat?.linkTarget));
    }
    const leadsTo = asked.get(linkTarget);
    completed.push({ ...entry, ...(leadsTo && { leadsTo }) });
  }
  return completed;
}

/** The name in the same directory that the target of a link is; undefined if it is elsewhere. */
function siblingName(directory: string, target: string): string | undefined {
  if (!target.includes('/')) return target;
  return target.startsWith('/') && parentOf(normalizePath(target)) === directory
    ? nameOf(normalizePath(target))
    : undefined;
}

/** The kind of the file at the path that the engine has resolved; a link there is one of a loop. */
async function kindBehind(
  engine: Engine,
  container: string,
  path: string | undefined,
): Promise<NonNullable<FileEntry['leadsTo']>> {
  const stat = path === undefined ? undefined : await statOrNothing(engine, container, path);
  return stat === undefined || stat.kind === 'link' ? 'nothing' : stat.kind;
}
