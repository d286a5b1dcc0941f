/**
 * Reads files of a folder that may contain anything: pipes and devices, which would block or never end, are not read, and
 * neither are files above a size.
 */
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  type Stats,
} from 'node:fs';
import { t } from '../text/translation.ts';

/** Windows has no such flag, and no pipes in directories. */
const nonBlocking = process.platform === 'win32' ? 0 : constants.O_NONBLOCK;

export type Kind = 'file' | 'folder' | 'other';

/** What a path is, after following links; `other` for pipes, sockets and devices. */
export function kindOf(file: string): Kind | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (found.isDirectory()) return 'folder';
  return found.isFile() || isOwnPipe(file, found) ? 'file' : 'other';
}

/** The descriptors of this process, as in `drydock lint <(generate)`: the process that starts it opened them. */
const ownDescriptor = /^\/(?:dev\/(?:stdin|fd\/\d+)|proc\/self\/fd\/\d+)$/;

function isOwnPipe(file: string, stats: Stats): boolean {
  return ownDescriptor.test(file) && (stats.isFIFO() || stats.isSocket());
}

/** The content of a regular file with at most `limit` bytes. Throws an Error whose message says why it cannot be read. */
export function readRegularFile(file: string, limit: number): Buffer {
  // Otherwise, opening a pipe waits until another program opens it to write.
  const descriptor = openSync(file, constants.O_RDONLY | nonBlocking);
  try {
    const stats = fstatSync(descriptor);
    if (isOwnPipe(file, stats)) return checked(readFileSync(file), limit);
    if (stats.isDirectory()) throw new Error(t('it is a directory'));
    if (!stats.isFile()) throw new Error(t('it is not a regular file'));
    if (stats.size > limit) throw tooLarge(limit);
    return readUpTo(descriptor, limit);
  } finally {
    closeSync(descriptor);
  }
}

/** Reads to the end, which may be further than the size says: files of /proc have the size 0. */
function readUpTo(descriptor: number, limit: number): Buffer {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(1 << 16);
    const length = readSync(descriptor, chunk);
    if (length === 0) return Buffer.concat(chunks, total);
    total += length;
    if (total > limit) throw tooLarge(limit);
    chunks.push(chunk.subarray(0, length));
  }
}

function checked(content: Buffer, limit: number): Buffer {
  if (content.length > limit) throw tooLarge(limit);
  return content;
}

function tooLarge(limit: number): Error {
  return new Error(t('it is larger than {0} kB', Math.floor(limit / 1000)));
}
