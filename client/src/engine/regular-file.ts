/** Reads small files that may be replaced by anything: a pipe would block, a device never ends, a large file fills the memory. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { t } from '@vscode/l10n';
import { EngineError } from './errors.ts';

/** Bytes; real configuration files and certificates have some kilobytes. */
export const mostBytes = 10_000_000;

/** Windows has no such flags, and no pipes in directories. */
const flags =
  process.platform === 'win32'
    ? constants.O_RDONLY
    : constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;

/**
 * The content of a regular file. Rejects with the error of Node.js if it does not exist or cannot be opened, and with an
 * EngineError if it is a pipe, a device or too large.
 */
export async function readRegularFile(file: string): Promise<Buffer> {
  // Otherwise, opening a pipe waits until another program opens it to write.
  const handle = await open(file, flags);
  try {
    const stats = await handle.stat();
    if (!stats.isFile() && !stats.isDirectory()) {
      throw new EngineError('misconfigured', t('`{0}` is not a regular file', file));
    }
    const chunks: Buffer[] = [];
    let total = 0;
    // To the end, which may be further than the size says: files of /proc have the size 0.
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(1 << 16), 0, 1 << 16);
      if (bytesRead === 0) return Buffer.concat(chunks, total);
      total += bytesRead;
      if (total > mostBytes || stats.size > mostBytes) {
        throw new EngineError(
          'misconfigured',
          t('`{0}` is larger than {1} MB', file, mostBytes / 1_000_000),
        );
      }
      chunks.push(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}
