/**
 * Writes a file completely or not at all: into a new file next to it, which is renamed when it is complete. If that
 * fails, for example because the disk is full, the file is what it was before.
 */
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { t } from '../text/translation.ts';

/** Keeps permissions, owner and a symbolic link to the file. Throws an Error whose message says why it cannot be written. */
export function replaceFile(file: string, text: string): void {
  try {
    const target = realpathSync(file);
    const draft = path.join(path.dirname(target), `.drydock-${randomUUID()}`);
    try {
      writeFileSync(draft, text, { flag: 'wx', mode: 0o600 });
      takeOver(draft, target);
      renameSync(draft, target);
    } catch (error) {
      rmSync(draft, { force: true });
      if (!isAboutFolder(error)) throw error;
      overwrite(target, text);
    }
  } catch (error) {
    throw new Error(t('it could not be written: {0}', reasonOf(error)), { cause: error });
  }
}

function takeOver(draft: string, target: string): void {
  const { mode, uid, gid } = statSync(target);
  const own = statSync(draft);
  if (own.uid !== uid || own.gid !== gid) {
    try {
      chownSync(draft, uid, gid);
    } catch {
      // Only an administrator can give files away.
    }
  }
  chmodSync(draft, mode & 0o7777);
}

/** Whether only the folder was the problem: it is not writable, or the file is a mount and cannot be renamed over. */
function isAboutFolder(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS', 'EBUSY', 'EXDEV'].includes(codeOf(error));
}

/** Writes into the existing file, and writes the previous content if that fails. */
function overwrite(file: string, text: string): void {
  const before = readFileSync(file);
  try {
    writeFileSync(file, text, { flag: 'r+' });
    // Only the length differs now: 'r+' does not cut the file, so that its content is never lost in between.
    truncateSync(file, Buffer.byteLength(text));
  } catch (error) {
    restore(file, before);
    throw error;
  }
}

function restore(file: string, content: Buffer): void {
  try {
    writeFileSync(file, content, { flag: 'r+' });
    truncateSync(file, content.length);
  } catch {
    // The error that is reported is the one before.
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error ? String((error as NodeJS.ErrnoException).code) : '';
}

function reasonOf(error: unknown): string {
  switch (codeOf(error)) {
    case 'ENOSPC':
      return t('the disk is full');
    case 'EDQUOT':
      return t('the disk quota is exceeded');
    case 'EACCES':
    case 'EPERM':
      return t('permission denied');
    case 'EROFS':
      return t('the file system is read-only');
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
