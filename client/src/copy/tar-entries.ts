/** Converts local files to tar entries, and validates names in untrusted archives. */
import type { Stats } from 'node:fs';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import type { TarEntry } from '../engine/tar.ts';
import { toCopyError, onWindows, copyError } from './copy-task.ts';

export interface LocalEntry {
  readonly file: string;
  /** The name in the tar archive. */
  readonly name: string;
  readonly stats: Stats;
}

/** The file or folder and everything below it, in order. `skip` is called for files that cannot be copied. */
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

/** `onRead` is called with the number of bytes read. */
export async function tarEntry(
  { file, name, stats }: LocalEntry,
  onRead: (bytes: number) => void,
): Promise<TarEntry> {
  const common = {
    name,
    // Windows does not have Unix permissions.
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
  return { ...common, kind: 'file', size, content: () => content(file, size, onRead) };
}

/** Reads no more than `size` bytes, even if the file grows. */
async function* content(
  file: string,
  size: number,
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  let received = 0;
  if (size === 0) return;
  const stream = createReadStream(file, { end: size - 1, highWaterMark: 1 << 20 });
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      received += chunk.length;
      onRead(chunk.length);
      yield chunk;
    }
  } catch (error) {
    throw toCopyError(error);
  }
  if (received < size) throw copyError(t('{0} changed while it was being read', file));
}

/** Splits a name in an untrusted archive; throws for names that lead outside the directory. */
export function splitName(name: string): readonly string[] {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  const isUnsafe = (part: string) => part === '..' || (onWindows && /[\\:*?"<>|]|[. ]$/.test(part));
  if (name.includes('\0') || parts.some(isUnsafe)) {
    throw copyError(t('The container sent a file with an unsafe name: {0}', JSON.stringify(name)));
  }
  return parts;
}
