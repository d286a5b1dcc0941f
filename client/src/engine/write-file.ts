/**
 * Writes files completely or not at all: into a new file next to the target, which is renamed when everything is on the disk.
 * If that fails, the target is what it was before.
 */
import { randomUUID } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { lstat, open, readFile, readlink, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { t } from '@vscode/l10n';
import { EngineError } from './errors.ts';
import { toFileError } from './file-errors.ts';

export interface WriteStreamOptions {
  /** Called after each chunk with the number of bytes so far. */
  readonly report?: (bytes: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Writes a stream; an existing file keeps its permissions, and a symbolic link is replaced. Resolves to the number of bytes.
 * Rejects with EngineError whose message is the reason, or with the error of the stream; the target is then unchanged.
 */
export async function writeFileFromStream(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  { report, signal }: WriteStreamOptions = {},
): Promise<number> {
  const existing = await existingFile(file);
  const draft = await Draft.open(file, existing?.isFile() === true ? existing : undefined);
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      if (signal?.aborted === true) break;
      await draft.write(chunk);
      bytes += chunk.length;
      report?.(bytes);
    }
    // A stream can also end without an error when it is cancelled.
    if (signal?.aborted === true) throw new EngineError('cancelled', t('Cancelled'));
    await draft.finish();
    return bytes;
  } catch (error) {
    await draft.remove();
    throw error;
  }
}

/**
 * Writes a whole content; an existing file keeps its permissions and owner, and a symbolic link is kept and its target written.
 * `mode` is for a new file. Rejects with EngineError whose message is the reason.
 */
export async function writeWholeFile(
  file: string,
  content: string | Uint8Array,
  mode?: number,
): Promise<void> {
  const target = await followLinks(file).catch((error: unknown) => {
    throw toFileError(error, file);
  });
  const existing = await existingFile(target);
  const bytes = Buffer.from(content);
  try {
    const draft = await Draft.open(target, existing, mode);
    try {
      await draft.write(bytes);
      await draft.finish();
    } catch (error) {
      await draft.remove();
      throw error;
    }
  } catch (error) {
    if (existing === undefined || !isAboutFolder(error)) throw error;
    await overwrite(target, bytes);
  }
}

/** The path at the end of symbolic links, also if no file exists there. Rejects with the error of the file system. */
export async function followLinks(file: string): Promise<string> {
  let path = resolve(file);
  for (let turns = 0; turns < 40; turns++) {
    const stats = await statIfExists(path);
    if (stats?.isSymbolicLink() !== true) return path;
    path = resolve(dirname(path), await readlink(path));
  }
  throw Object.assign(new Error(`ELOOP: ${file}`), { code: 'ELOOP', path: file });
}

async function statIfExists(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Rejects if the file exists and cannot be replaced: a rename would destroy a device or a pipe. */
async function existingFile(file: string): Promise<Stats | undefined> {
  const stats = await statIfExists(file).catch((error: unknown) => {
    throw toFileError(error, file);
  });
  if (stats === undefined || stats.isFile() || stats.isSymbolicLink()) return stats;
  throw new EngineError(
    'failed',
    stats.isDirectory() ? t('{0} is a folder', file) : t('{0} is not a regular file', file),
  );
}

/** A new file with a random name in the folder of the target. */
class Draft {
  readonly #file: string;
  readonly #target: string;
  readonly #handle: FileHandle;
  readonly #existing: Stats | undefined;

  private constructor(file: string, target: string, opened: [FileHandle, Stats | undefined]) {
    this.#file = file;
    this.#target = target;
    [this.#handle, this.#existing] = opened;
  }

  /** Rejects with EngineError. `mode` is for a file that does not exist. */
  static async open(target: string, existing?: Stats, mode = 0o666): Promise<Draft> {
    const file = join(dirname(target), `.drydock-${randomUUID()}`);
    const { O_CREAT, O_EXCL, O_WRONLY } = constants;
    // Windows does not have this flag. O_EXCL alone does not follow links either.
    const noFollow = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW;
    const flags = O_CREAT | O_EXCL | O_WRONLY | noFollow;
    try {
      // Otherwise others could read the new version of a private file meanwhile.
      const handle = await open(file, flags, existing === undefined ? mode : 0o600);
      return new Draft(file, target, [handle, existing]);
    } catch (error) {
      throw toFileError(error, target);
    }
  }

  async write(bytes: Uint8Array): Promise<void> {
    try {
      await writeAll(this.#handle, bytes);
    } catch (error) {
      throw toFileError(error, this.#target);
    }
  }

  /** Renames it to the target. */
  async finish(): Promise<void> {
    try {
      if (this.#existing !== undefined) await this.#takeOver(this.#existing);
      await sync(this.#handle);
      // Network file systems report here that the disk is full.
      await this.#handle.close();
      await rename(this.#file, this.#target);
    } catch (error) {
      throw toFileError(error, this.#target);
    }
  }

  async #takeOver({ mode, uid, gid }: Stats): Promise<void> {
    const own = await this.#handle.stat();
    // Only an administrator can give files away; others already are the owner.
    if (own.uid !== uid || own.gid !== gid)
      await this.#handle.chown(uid, gid).catch(() => undefined);
    await this.#handle.chmod(mode & 0o7777);
  }

  async remove(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await rm(this.#file, { force: true }).catch(() => undefined);
  }
}

/**
 * A single write can be shorter than requested, for example when the disk becomes full. Without a position, writes at the
 * current one. Rejects with the error of the file system.
 */
export async function writeAll(
  handle: FileHandle,
  bytes: Uint8Array,
  position?: number,
): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const at = position === undefined ? null : position + written;
    const left = bytes.length - written;
    const { bytesWritten } = await handle.write(bytes, written, left, at);
    if (bytesWritten === 0) throw Object.assign(new Error('EIO'), { code: 'EIO' });
    written += bytesWritten;
  }
}

/** Some file systems do not support it. */
async function sync(handle: FileHandle): Promise<void> {
  await handle.sync().catch((error: unknown) => {
    const { code } = error as { readonly code?: unknown };
    if (code !== 'EINVAL' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
  });
}

/** Whether only the folder was the problem: it is not writable, or the file is a mount and cannot be renamed over. */
function isAboutFolder(error: unknown): boolean {
  const { cause } = error as { readonly cause?: { readonly code?: unknown } };
  return ['EACCES', 'EPERM', 'EROFS', 'EBUSY', 'EXDEV'].includes(String(cause?.code));
}

/** Writes into the existing file, and writes the previous content if that fails. Rejects with EngineError. */
async function overwrite(file: string, bytes: Uint8Array): Promise<void> {
  try {
    const before = await readFile(file);
    const handle = await open(file, 'r+');
    try {
      await writeAll(handle, bytes, 0);
      await handle.truncate(bytes.length);
      await sync(handle);
    } catch (error) {
      await writeAll(handle, before, 0).catch(() => undefined);
      await handle.truncate(before.length).catch(() => undefined);
      throw error;
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw toFileError(error, file);
  }
}
