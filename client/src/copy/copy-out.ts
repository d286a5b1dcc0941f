/** From a container to this machine, as `docker cp` does. What comes is staged beside its place, and moved there when all is well. */
import { lstat, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, posix, resolve } from 'node:path';
import { t } from '@vscode/l10n';
import type { Engine } from '../engine/engine.ts';
import { unpackTar } from '../engine/tar.ts';
import {
  cancelled,
  localTrouble,
  meansContent,
  meansFolder,
  refused,
  type Copied,
  type Copying,
} from './copy-task.ts';
import { Staging } from './staging-directory.ts';
import { wordsOf } from './tar-entries.ts';

export interface OutOf {
  readonly container: string;
  readonly path: string;
  /** A folder that exists, or the new name. */
  readonly target: string;
}

/** Rejects with EngineError. Until all has arrived and is agreed to, nothing is changed but a hidden folder that goes again. */
export async function copyOut(engine: Engine, from: OutOf, copying: Copying): Promise<Copied> {
  try {
    return await copied(engine, from, copying);
  } catch (error) {
    throw copying.signal.aborted ? cancelled() : localTrouble(error);
  }
}

async function copied(engine: Engine, from: OutOf, copying: Copying): Promise<Copied> {
  const { container, path } = from;
  const source = await engine.stat(container, path);
  const inside = meansContent(path) || posix.resolve('/', path) === '/';
  const asFolder = inside || meansFolder(path);
  if (asFolder && source.kind !== 'directory' && source.kind !== 'link') {
    throw refused(t('{0} is not a folder in the container', path));
  }
  const place = await landing(from, asFolder || source.kind === 'directory', inside);
  const staging = await Staging.open(place.parent);
  try {
    const total = source.kind === 'file' ? source.size : undefined;
    const skipped = await stage(engine, from, { staging, copying, asFolder, total });
    const there = await staging.conflicts(place.root);
    if (there.length > 0 && !(await copying.mayOverwrite(there))) throw cancelled();
    copying.signal.throwIfAborted();
    await staging.moveTo(place.root);
    return {
      entries: staging.entries,
      bytes: staging.bytes,
      skipped: [...skipped, ...staging.skipped],
    };
  } finally {
    await staging.close();
  }
}

interface Place {
  /** A folder that exists, links resolved: here is staged. */
  readonly parent: string;
  /** What the archive's root becomes. */
  readonly root: string;
}

async function landing(
  { path, target }: OutOf,
  isFolder: boolean,
  inside: boolean,
): Promise<Place> {
  const place = await resolveLinks(target);
  const there = await stat(place).catch(nothing);
  if (there?.isDirectory()) {
    const parent = await realpath(place);
    return { parent, root: inside ? parent : join(parent, localName(path)) };
  }
  if (there && isFolder)
    throw refused(t('{0} is a file: a folder cannot be copied onto it', target));
  if (meansFolder(target) && (there || !isFolder)) throw refused(t('{0} is not a folder', target));
  const parent = await realpath(dirname(resolve(place)));
  return { parent, root: join(parent, basename(place)) };
}

function localName(path: string): string {
  const name = posix.basename(posix.resolve('/', path));
  return wordsOf(name)[0] ?? '';
}

/** A link that leads to no folder stands for the file that it names, even one that is not there yet. */
async function resolveLinks(target: string): Promise<string> {
  let place = resolve(target);
  for (let turns = 0; turns < 40; turns++) {
    const there = await lstat(place).catch(nothing);
    if (!there?.isSymbolicLink()) return place;
    place = resolve(dirname(place), await readlink(place));
  }
  return place;
}

function nothing(error: unknown): undefined {
  const { code } = error as { readonly code?: unknown };
  if (code !== 'ENOENT') throw error;
}

interface Stage {
  readonly staging: Staging;
  readonly copying: Copying;
  readonly asFolder: boolean;
  readonly total: number | undefined;
}

/** Names of what was not taken. */
async function stage(
  engine: Engine,
  { container, path }: OutOf,
  { staging, copying, asFolder, total }: Stage,
): Promise<readonly string[]> {
  const skipped: string[] = [];
  const bare = posix.resolve('/', path);
  // With a dot at its end the engine follows a link to a folder, and names entries from within.
  const asked = asFolder ? posix.join(bare, '/') + '.' : bare;
  const archive = engine.readArchive(container, asked, copying.signal);
  let root: string | undefined;
  const below = (name: string): readonly string[] => {
    const words = wordsOf(name);
    if (asFolder) return words;
    root ??= words[0];
    if (words.length === 0 || words[0] !== root) {
      throw refused(
        t('The container offers a file that was not asked for: {0}', JSON.stringify(name)),
      );
    }
    return words.slice(1);
  };
  for await (const entry of unpackTar(archive)) {
    const kept = await staging.take(entry, below, (bytes) => copying.report(bytes, total));
    if (!kept) skipped.push(entry.name);
  }
  if (copying.signal.aborted) throw cancelled();
  return skipped;
}
