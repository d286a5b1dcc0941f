/** Converts local files to tar entries. */
import type { Stats } from 'node:fs';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { t } from '@vscode/l10n';
import type { TarEntry } from '../engine/tar.ts';
import { toCopyError, onWindows, copyError } from './copy-task.ts';
import { platformRules } from './name-rules.ts';
import {
  bytesOfName,
  displayName,
  joinLocal,
  nameOfBytes,
  type LocalPath,
  type Name,
} from './names.ts';

export interface LocalEntry {
  readonly file: LocalPath;
  /** The parts of the name in the tar archive. */
  readonly parts: readonly Name[];
  readonly stats: Stats;
}

const { anyBytes } = platformRules();

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
    const { file, parts, stats } = entry;
    if (!stats.isFile() && !stats.isDirectory() && !stats.isSymbolicLink()) {
      skip(shownFile(file));
      continue;
    }
    found.push(entry);
    if (!stats.isDirectory()) continue;
    const names = (await namesIn(file)).sort().reverse();
    for (const child of names) {
      const inner = joinLocal(file, child);
      pending.push({ file: inner, parts: [...parts, child], stats: await lstat(inner) });
    }
  }
  return found;
}

/** Names of files need not be UTF-8, except on Windows and macOS. */
async function namesIn(directory: LocalPath): Promise<Name[]> {
  if (!anyBytes) return readdir(directory);
  return (await readdir(directory, { encoding: 'buffer' })).map(nameOfBytes);
}

function shownFile(file: LocalPath): string {
  return typeof file === 'string' ? file : displayName(nameOfBytes(file));
}

/** `onRead` is called with the number of bytes read. */
export async function tarEntry(
  { file, parts, stats }: LocalEntry,
  onRead: (bytes: number) => void,
): Promise<TarEntry> {
  const bytes = Buffer.concat(parts.flatMap((part, at) => [at === 0 ? '' : '/', part]).map(bytesOfName)); // prettier-ignore
  const common = {
    name: bytes.toString(),
    nameBytes: bytes,
    // Windows does not have Unix permissions.
    mode: onWindows ? 0o755 : stats.mode & 0o7777,
    modified: stats.mtime,
    user: onWindows ? 0 : stats.uid,
    group: onWindows ? 0 : stats.gid,
    size: 0,
  };
  if (stats.isDirectory()) return { ...common, kind: 'directory' };
  if (stats.isSymbolicLink()) {
    const target = await readlink(file, { encoding: 'buffer' });
    const text = target.toString();
    return {
      ...common,
      kind: 'link',
      linkTarget: onWindows ? text.replaceAll('\\', '/') : text,
      ...(!onWindows && { linkTargetBytes: target }),
    };
  }
  const { size } = stats;
  return { ...common, kind: 'file', size, content: () => content(file, size, onRead) };
}

/** Reads no more than `size` bytes, even if the file grows. */
async function* content(
  file: LocalPath,
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
  if (received < size) throw copyError(t('{0} changed while it was being read', shownFile(file)));
}
