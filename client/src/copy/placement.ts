/** Moves received files from the staging directory to the target. */
import { chmodSync, lstatSync, renameSync, statSync, utimesSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import { Slices } from '../engine/slices.ts';
import { copyError, type ExistingFile } from './copy-task.ts';
import { createdChildren, type Entry } from './entry-tree.ts';
import { displayName, joinLocal, type LocalPath } from './names.ts';

interface Place {
  readonly entry: Entry;
  readonly path: LocalPath;
  readonly shown: string;
}

/** Files at the target that would be overwritten. Rejects if a directory would replace a file or the other way round. */
export async function findConflicts(root: Entry, target: string): Promise<readonly ExistingFile[]> {
  const found: ExistingFile[] = [];
  const slices = new Slices();
  const pending: Place[] = [{ entry: root, path: target, shown: target }];
  for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
    if (slices.isOver) await slices.turn();
    const { entry, path, shown } = place;
    const stats = statsOf(path);
    if (stats === undefined) continue;
    if (entry.kind !== 'directory') {
      if (stats.isDirectory())
        throw copyError(t('{0} is a folder and cannot be replaced by a file', shown));
      found.push({ path: shown, size: stats.size, modified: stats.mtime });
      continue;
    }
    // An existing link to a folder is followed at the top level, like in `docker cp`, but not below it.
    const isFolder = entry === root ? statSync(path).isDirectory() : stats.isDirectory();
    if (!isFolder) throw copyError(t('{0} is not a folder and cannot be replaced by one', shown));
    for (const child of [...createdChildren(entry)].reverse())
      pending.push({
        entry: child,
        path: joinLocal(path, child.name),
        shown: join(shown, displayName(child.name)),
      });
  }
  return found;
}

/** Moves the highest entries that do not exist; `stagedAt` is where an entry is now. */
export async function moveEntries(
  root: Entry,
  target: LocalPath,
  stagedAt: (entry: Entry) => LocalPath,
): Promise<void> {
  const slices = new Slices();
  const pending: [Entry, LocalPath][] = [[root, target]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (slices.isOver) await slices.turn();
    const [entry, path] = next;
    if (entry.kind !== 'directory' || statsOf(path) === undefined) {
      renameSync(stagedAt(entry), path);
      continue;
    }
    entry.existed = true;
    for (const child of [...createdChildren(entry)].reverse())
      pending.push([child, joinLocal(path, child.name)]);
  }
}

/** Set last and from below, because a directory without write permission cannot be filled or moved. */
export async function setDirectoryProperties(root: Entry, target: LocalPath): Promise<void> {
  const slices = new Slices();
  const directories: [Entry, LocalPath][] = root.kind === 'directory' ? [[root, target]] : [];
  for (let at = 0; at < directories.length; at++) {
    const [entry, path] = directories[at] ?? [root, target];
    for (const child of createdChildren(entry))
      if (child.kind === 'directory') directories.push([child, joinLocal(path, child.name)]);
  }
  for (const [{ mode, modified, existed }, path] of directories.reverse()) {
    if (slices.isOver) await slices.turn();
    try {
      if (mode !== undefined) chmodSync(path, mode);
      if (modified !== undefined) utimesSync(path, modified, modified);
    } catch (error) {
      // A directory of another user that already existed keeps its mode.
      const { code } = error as { readonly code?: unknown };
      if (existed !== true || code !== 'EPERM') throw error;
    }
  }
}

function statsOf(path: LocalPath): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    // A part of the path is not a folder, for example.
    return undefined;
  }
}
