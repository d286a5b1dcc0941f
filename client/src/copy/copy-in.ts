/** From this machine into a container, as `docker cp` does. */
import { lstat, stat } from 'node:fs/promises';
import { basename, posix, resolve } from 'node:path';
import { t } from '@vscode/l10n';
import type { Duplex, Engine, PathStat } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { packTar, type TarEntry } from '../engine/tar.ts';
import {
  cancelled,
  localTrouble,
  meansContent,
  meansFolder,
  refused,
  statOrNothing,
  type Copied,
  type Copying,
} from './copy-task.ts';
import { localEntries, tarEntry, type LocalEntry } from './tar-entries.ts';

export interface Into {
  readonly container: string;
  /** Absolute paths; several only into a folder. */
  readonly sources: readonly string[];
  /** A folder that exists, or the new name of a single source. */
  readonly target: string;
}

interface Plan {
  /** The folder in the container that the tar is unpacked in. */
  readonly folder: string;
  readonly entries: readonly LocalEntry[];
}

/** Rejects with EngineError. Nothing is sent before all is known and agreed to. */
export async function copyIn(engine: Engine, into: Into, copying: Copying): Promise<Copied> {
  const skipped: string[] = [];
  const plans = await planned(engine, into, copying, skipped).catch((error: unknown) => {
    throw copying.signal.aborted ? cancelled() : localTrouble(error);
  });
  const there = (await Promise.all(plans.map((plan) => conflicts(engine, into, plan)))).flat();
  if (there.length > 0 && !(await copying.mayOverwrite(there))) throw cancelled();
  const files = plans.flatMap(({ entries }) => entries).filter(({ stats }) => stats.isFile());
  const total = files.reduce((sum, { stats }) => sum + stats.size, 0);
  let bytes = 0;
  const read = (more: number) => {
    bytes += more;
    copying.report(bytes, total);
  };
  copying.report(0, total);
  let sending: string | undefined;
  const begin = (path: string) => {
    sending = path;
  };
  try {
    for (const plan of plans) {
      const tar = packTar(tarEntries(plan, read, begin));
      await engine.writeArchive(into.container, plan.folder, tar, copying.signal);
    }
  } catch (error) {
    throw await tidied(engine, into.container, { error, half: sending });
  }
  const entries = plans.reduce((sum, plan) => sum + plan.entries.length, 0);
  return { entries, bytes, skipped };
}

async function* tarEntries(
  { folder, entries }: Plan,
  read: (bytes: number) => void,
  begin: (path: string) => void,
): AsyncGenerator<TarEntry, void, undefined> {
  for (const entry of entries) {
    begin(posix.join(folder, entry.name));
    yield await tarEntry(entry, read);
  }
}

/** The engine keeps what it has unpacked of a file. It has no request that removes it: the container's own `rm` must. */
async function tidied(
  engine: Engine,
  container: string,
  { error, half }: { readonly error: unknown; readonly half: string | undefined },
): Promise<EngineError> {
  const told = localTrouble(error);
  if (told.kind !== 'cancelled' || half === undefined) return told;
  const there = () => engine.stat(container, half).catch(() => undefined);
  if ((await there())?.kind !== 'file') return told;
  const removing = engine.exec(container, ['rm', '-f', '--', half], { tty: false });
  await removing.then(ended).catch(() => undefined);
  if ((await there()) === undefined) return told;
  return new EngineError('cancelled', t('Cancelled: {0} in the container is incomplete', half));
}

async function ended(process: Duplex): Promise<void> {
  process.end();
  const output = process.output[Symbol.asyncIterator]();
  while ((await output.next()).done !== true);
}

async function planned(
  engine: Engine,
  { container, sources, target }: Into,
  { signal }: Copying,
  skipped: string[],
): Promise<readonly Plan[]> {
  const place = await resolveLinks(engine, container, target);
  if (sources.length > 1 && place.stat?.kind !== 'directory') {
    throw refused(t('{0} is not a folder in the container', target));
  }
  const plans: Plan[] = [];
  for (const source of sources) {
    const { folder, name } = await landing(engine, { container, source, target }, place);
    const root = { file: resolve(source), name, stats: await sourceStats(source) };
    const skip = (file: string) => void skipped.push(file);
    plans.push({ folder, entries: await localEntries(root, signal, skip) });
  }
  return plans;
}

interface Resolved {
  readonly path: string;
  readonly stat: PathStat | undefined;
}

/** The engine follows no link at the end of a path; `docker cp` does. */
async function resolveLinks(engine: Engine, container: string, target: string): Promise<Resolved> {
  let path = posix.resolve('/', target);
  let found = await statOrNothing(engine, container, path);
  for (let turns = 0; found?.linkTarget !== undefined && turns < 40; turns++) {
    path = posix.resolve(posix.dirname(path), found.linkTarget);
    found = await statOrNothing(engine, container, path);
  }
  return { path, stat: found };
}

/** A source that is named as a folder is followed where it is a link. */
async function sourceStats(source: string) {
  const stats = meansFolder(source) ? await stat(source) : await lstat(source);
  if (meansFolder(source) && !stats.isDirectory()) throw refused(t('{0} is not a folder', source));
  return stats;
}

/** Where the source goes: the folder to unpack in, and its name there. */
async function landing(
  engine: Engine,
  { container, source, target }: { container: string; source: string; target: string },
  { path, stat: there }: Resolved,
): Promise<{ readonly folder: string; readonly name: string }> {
  const isFolder = (await sourceStats(source)).isDirectory();
  if (there?.kind === 'directory') {
    return { folder: path, name: meansContent(source) ? '.' : basename(resolve(source)) };
  }
  if (there && isFolder) {
    throw refused(t('{0} is a file in the container: a folder cannot be copied onto it', target));
  }
  if (meansFolder(target) && (there || !isFolder)) {
    throw refused(t('{0} is not a folder in the container', target));
  }
  const folder = posix.dirname(path);
  // Says that the folder is missing, before anything is asked or sent.
  await engine.stat(container, `${folder}/`);
  return { folder, name: posix.basename(path) };
}

/** Files that are there already; below a folder that is not there, nothing is. */
async function conflicts(
  engine: Engine,
  { container }: Into,
  { folder, entries }: Plan,
): Promise<readonly string[]> {
  const found: string[] = [];
  const absent = new Set<string>();
  const look = async ({ name, stats }: LocalEntry) => {
    const path = posix.join(folder, name);
    const there = await statOrNothing(engine, container, path);
    if (there === undefined) absent.add(name);
    else if (!stats.isDirectory() || there.kind !== 'directory') found.push(path);
  };
  const below = (name: string) => ancestors(name).some((one) => absent.has(one));
  const folders = entries.filter(({ stats }) => stats.isDirectory());
  for (const entry of folders) if (!below(entry.name)) await look(entry);
  const rest = entries.filter(({ name, stats }) => !stats.isDirectory() && !below(name));
  // A few at a time: each is a request.
  for (let at = 0; at < rest.length; at += 16) await Promise.all(rest.slice(at, at + 16).map(look));
  return found.sort();
}

function ancestors(name: string): readonly string[] {
  const words = name.split('/');
  return words.slice(1).map((_, index) => words.slice(0, index + 1).join('/'));
}
