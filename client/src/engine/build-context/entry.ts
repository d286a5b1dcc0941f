/** An entry of a build context, as the file system describes it. */
import type { BigIntStats } from 'node:fs';

export type EntryKind =
  'file' | 'directory' | 'link' | 'fifo' | 'socket' | 'block-device' | 'character-device';

export interface ContextEntry {
  /** In the context, with slashes. */
  readonly path: string;
  /** The bytes of the path if they are not valid UTF-8; `path` then has replacement characters. */
  readonly rawPath?: Buffer;
  readonly kind: EntryKind;
  readonly stats: BigIntStats;
  /** The target of a link as bytes, with slashes. */
  readonly target?: Buffer;
}

export function kindOf(stats: BigIntStats): EntryKind {
  if (stats.isFile()) return 'file';
  if (stats.isDirectory()) return 'directory';
  if (stats.isSymbolicLink()) return 'link';
  if (stats.isFIFO()) return 'fifo';
  if (stats.isBlockDevice()) return 'block-device';
  return stats.isCharacterDevice() ? 'character-device' : 'socket';
}
