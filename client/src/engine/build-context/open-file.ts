/** Reads the same file that was measured: not a link that replaced it, not another file, and no more than its size then. */
import {
  close,
  closeSync,
  constants,
  fstat,
  fstatSync,
  open,
  openSync,
  read,
  readSync,
  type BigIntStats,
} from 'node:fs';
import { t } from '@vscode/l10n';
import { EngineError } from '../errors.ts';
import { readError } from './disk.ts';

/** Without O_NONBLOCK, opening a pipe waits for another program. Windows has none of these flags. */
const flags =
  process.platform === 'win32'
    ? constants.O_RDONLY
    : constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

export interface OpenFile {
  /** Fills a part of the buffer; resolves to the number of bytes, which is at least 1. */
  read(target: Buffer, at: number, length: number): Promise<number>;
  close(): void;
}

/** What was measured of a file. */
export type Measured = Pick<BigIntStats, 'dev' | 'ino' | 'size'>;

/** Rejects with EngineError, also if another file has its name now. */
export async function openMeasured(file: string | Buffer, measured: Measured): Promise<OpenFile> {
  const name = file.toString();
  const descriptor = await openAt(file).catch((error: unknown) => {
    throw openError(name, error);
  });
  const shut = (): void => close(descriptor, () => undefined);
  try {
    const stats = await statsOf(descriptor);
    if (!isSame(stats, measured)) throw changed(name);
  } catch (error) {
    shut();
    throw error instanceof EngineError ? error : readError(name, error);
  }
  return {
    read: async (target, at, length) => {
      const bytes = await readAt(descriptor, target.subarray(at, at + length)).catch(
        (error: unknown) => {
          throw readError(name, error);
        },
      );
      if (bytes === 0) throw changed(name);
      return bytes;
    },
    close: shut,
  };
}

/** Larger files are not read in one call. */
export const smallBytes = 64 * 1024;

/**
 * Reads a small file in one go to the offset of the target, which takes a tenth of the time: there is no switch to another
 * thread. It also stops everything else, so it is only for disks that are fast. Throws EngineError like `openMeasured`.
 */
export function readSmallFile(
  file: string | Buffer,
  measured: Measured,
  target: Buffer,
  start: number,
): void {
  let descriptor: number;
  try {
    descriptor = openSync(file, flags);
  } catch (error) {
    throw openError(file.toString(), error);
  }
  try {
    if (!isSame(fstatSync(descriptor, { bigint: true }), measured)) throw changed(file.toString());
    const end = start + Number(measured.size);
    for (let at = start; at < end;) {
      const bytes = readSync(descriptor, target, at, end - at, null);
      if (bytes === 0) throw changed(file.toString());
      at += bytes;
    }
  } catch (error) {
    throw error instanceof EngineError ? error : readError(file.toString(), error);
  } finally {
    closeSync(descriptor);
  }
}

function isSame(stats: BigIntStats, { dev, ino, size }: Measured): boolean {
  return stats.isFile() && isEqual(stats.dev, dev) && isEqual(stats.ino, ino) && stats.size >= size;
}

/** Numbers of 64 bits, whether they are read as signed or not. */
function isEqual(one: bigint, other: bigint): boolean {
  return one === other || BigInt.asIntN(64, one) === BigInt.asIntN(64, other);
}

function openError(name: string, error: unknown): EngineError {
  return (error as { readonly code?: unknown }).code === 'ELOOP'
    ? changed(name)
    : readError(name, error);
}

function openAt(file: string | Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    open(file, flags, (error, descriptor) => {
      if (error) reject(error);
      else resolve(descriptor);
    });
  });
}

function statsOf(descriptor: number): Promise<BigIntStats> {
  return new Promise((resolve, reject) => {
    fstat(descriptor, { bigint: true }, (error, stats) => {
      if (error) reject(error);
      else resolve(stats);
    });
  });
}

function readAt(descriptor: number, target: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    read(descriptor, target, 0, target.length, null, (error, bytes) => {
      if (error) reject(error);
      else resolve(bytes);
    });
  });
}

function changed(file: string): EngineError {
  return new EngineError('failed', t('{0} changed while it was being read', file));
}
