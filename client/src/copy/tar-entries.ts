/** Files of this machine as entries of a tar, and names in foreign tars. */
import type { Stats } from 'node:fs';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import type { TarEntry } from '../engine/tar.ts';
import { localTrouble, onWindows, refused } from './copy-task.ts';

export interface LocalEntry {
  readonly file: string;
  /** In the tar. */
  readonly name: string;
  readonly stats: Stats;
}

/** The file or folder and all below it, in order; what cannot be copied is told to `skip`. */
export async function localEntries(
  root: LocalEntry,
  signal: AbortSignal,
  skip: (file: string) => void,
): Promise<readonly LocalEntry[]> {
  const found: LocalEntry[] = [];
  const pending = [root];
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    signal.throwIfAborted();
    const { file, name, stats } = entry;
    if (!stats.isFile() && !stats.isDirectory() && !stats.isSymbolicLink()) {
      skip(file);
      continue;
    }
    found.push(entry);
    if (!stats.isDirectory()) continue;
    const names = (await readdir(file)).sort().reverse();
    for (const child of names) {
      const inner = join(file, child);
      pending.push({ file: inner, name: `${name}/${child}`, stats: await lstat(inner) });
    }
  }
  return found;
}

/** `read` hears of bytes as they go. */
export async function tarEntry(
  { file, name, stats }: LocalEntry,
  read: (bytes: number) => void,
): Promise<TarEntry> {
  const common = {
    name,
    // Windows knows no permissions that a container would.
    mode: onWindows ? 0o755 : stats.mode & 0o7777,
    modified: stats.mtime,
    user: onWindows ? 0 : stats.uid,
    group: onWindows ? 0 : stats.gid,
    size: 0,
  };
  if (stats.isDirectory()) return { ...common, kind: 'directory' };
  if (stats.isSymbolicLink()) {
    const target = await readlink(file);
    return {
      ...common,
      kind: 'link',
      linkTarget: onWindows ? target.replaceAll('\\', '/') : target,
    };
  }
  const { size } = stats;
  return { ...common, kind: 'file', size, content: () => content(file, size, read) };
}

/** A file that grows meanwhile ends where it ended when it was measured. */
async function* content(
  file: string,
  size: number,
  read: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  let got = 0;
  if (size === 0) return;
  const stream = createReadStream(file, { end: size - 1, highWaterMark: 1 << 20 });
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      got += chunk.length;
      read(chunk.length);
      yield chunk;
    }
  } catch (error) {
    throw localTrouble(error);
  }
  if (got < size) throw refused(t('{0} changed while it was read', file));
}

/** The words of a name in a foreign tar; rejects names that would lead out of the folder. */
export function wordsOf(name: string): readonly string[] {
  const words = name.split('/').filter((word) => word !== '' && word !== '.');
  const bad = (word: string) => word === '..' || (onWindows && /[\\:*?"<>|]|[. ]$/.test(word));
  if (name.includes('\0') || words.some(bad)) {
    throw refused(t('The container offers a file with an unsafe name: {0}', JSON.stringify(name)));
  }
  return words;
}
