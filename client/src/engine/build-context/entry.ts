/** An entry of a build context, as the file system describes it. */
import type { BigIntStats } from 'node:fs';

export type EntryKind =
  'file' | 'directory' | 'link' | 'fifo' | 'socket' | 'block-device' | 'character-device';

export interface ContextEntry {
  /** In the context, with slashes. */
  readonly path: string;
  /** The bytes of the path if they are not valid UTF-8; `path` then has replacement characters. */
  readonly rawPath: Buffer | undefined;
  readonly kind: EntryKind;
  readonly stats: BigIntStats;
  /** The target of a link as bytes, with slashes. */
  readonly target: Buffer | undefined;
}

/** The kinds by the bits of a mode that say them, which are the same on all systems. */
const kinds = new Map<number, EntryKind>([
  [0o100000, 'file'],
  [0o040000, 'directory'],
  [0o120000, 'link'],
  [0o010000, 'fifo'],
  [0o060000, 'block-device'],
  [0o020000, 'character-device'],
]);

export function kindOf(mode: bigint): EntryKind {
  return kinds.get(Number(mode) & 0o170000) ?? 'socket';
}
