/**
 * Reads directories and the properties of files. Names are read as Latin-1, which keeps their bytes, and has the order that
 * BuildKit requires; most are ASCII.
 */
import {
  lstat,
  lstatSync,
  readdir,
  readdirSync,
  readlink,
  readlinkSync,
  type BigIntStats,
} from 'node:fs';
import { sep } from 'node:path';
import { t } from '@vscode/l10n';
import { EngineError } from '../errors.ts';
import { fileErrorReason } from '../file-errors.ts';

/** The path of a file of the context for the file system. */
export function fileOf(root: string, path: string | Buffer): string | Buffer {
  const prefix = /[/\\]$/.test(root) ? root : root + sep;
  if (typeof path === 'string') return prefix + path;
  const text = path.toString();
  return Buffer.from(text).equals(path)
    ? prefix + text
    : Buffer.concat([Buffer.from(prefix), path]);
}

/** The names in a directory, each as its bytes in Latin-1; undefined if it was removed. Rejects with EngineError. */
export function namesIn(directory: string | Buffer): Promise<string[] | undefined> {
  return new Promise((resolve, reject) => {
    readdir(directory, { encoding: 'latin1' }, (error, names) => {
      if (error === null) resolve(names);
      else if (isGone(error)) resolve(undefined);
      else reject(readError(directory.toString(), error));
    });
  });
}

/** The same without a switch to another thread, which takes longer than the reading. */
export function namesNow(directory: string | Buffer): string[] | undefined {
  try {
    return readdirSync(directory, { encoding: 'latin1' });
  } catch (error) {
    if (isGone(error)) return undefined;
    throw readError(directory.toString(), error);
  }
}

/** Undefined for files that were removed. Rejects with EngineError. */
export function statsOf(file: string | Buffer): Promise<BigIntStats | undefined> {
  return new Promise((resolve, reject) => {
    lstat(file, { bigint: true }, (error, stats) => {
      if (error === null) resolve(stats);
      else if (isGone(error)) resolve(undefined);
      else reject(readError(file.toString(), error));
    });
  });
}

export function statsNow(file: string | Buffer): BigIntStats | undefined {
  try {
    return lstatSync(file, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    if (isGone(error)) return undefined;
    throw readError(file.toString(), error);
  }
}

/** The target of a link, with slashes; undefined if it is no longer a link. */
export function targetOf(file: string | Buffer): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    readlink(file, { encoding: 'buffer' }, (error, target) =>
      resolve(error ? undefined : withSlashes(target)),
    );
  });
}

export function targetNow(file: string | Buffer): Buffer | undefined {
  try {
    return withSlashes(readlinkSync(file, { encoding: 'buffer' }));
  } catch {
    return undefined;
  }
}

function withSlashes(target: Buffer): Buffer {
  return process.platform === 'win32'
    ? Buffer.from(target.toString().replaceAll('\\', '/'))
    : target;
}

function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** The error for a file of the context that cannot be read. */
export function readError(file: string, error: unknown): EngineError {
  const { code } = error as { readonly code?: unknown };
  const reason = code === 'ENOENT' ? t('the file does not exist') : fileErrorReason(error);
  return new EngineError('failed', t('Could not read {0}: {1}', file, reason), error);
}
