/** Where in a container a copy goes, by the rules of `docker cp`. */
import { posix } from 'node:path';
import { t } from '@vscode/l10n';
import type { Engine, PathStat } from '../engine/engine.ts';
import { copyError, isDirectoryPath, statIfExists } from './copy-task.ts';

interface ResolvedPath {
  readonly path: string;
  readonly stat: PathStat | undefined;
}

/** Follows a symbolic link at the end of the path, like `docker cp`; the engine does not. */
export async function resolveLinks(
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

export interface CopiedThing {
  readonly name: string;
  readonly isDirectory: boolean;
  /** Only what is in the directory is copied. */
  readonly isContents: boolean;
}

/** The directory to extract into, and the name of the source there. Rejects with EngineError if the target is not possible. */
export async function resolveTarget(
  engine: Engine,
  { container, target }: { readonly container: string; readonly target: string },
  { path, stat: existing }: ResolvedPath,
  { name, isDirectory, isContents }: CopiedThing,
): Promise<{ readonly directory: string; readonly name: string }> {
  if (existing?.kind === 'directory') return { directory: path, name: isContents ? '.' : name };
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
