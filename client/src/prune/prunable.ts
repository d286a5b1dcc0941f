/** Unused objects that prune can remove. */
import type { DiskUsage, Labels } from '../engine/objects.ts';
import type { ImageBytes } from './image-bytes.ts';

export type PruneKind = 'container' | 'image' | 'volume' | 'network' | 'cache';

/** In the order of the page. */
export const pruneKinds: readonly PruneKind[] = [
  'container',
  'image',
  'volume',
  'network',
  'cache',
];

/** A part of an object that is removed by itself, such as a record of the build cache. */
export interface PrunablePart {
  /** Its id or name in the engine. */
  readonly id: string;
  /** Bytes. */
  readonly size: number;
  /** When it was created, or last used. */
  readonly since: Date;
}

/** An object that can be pruned. */
export interface Prunable {
  readonly kind: PruneKind;
  /** Unique among all objects. */
  readonly key: string;
  readonly label: string;
  /** Why it is unused. */
  readonly reason: string;
  /** Bytes; undefined if the engine does not report it. What images free depends on the other removed images, see `ImageBytes`. */
  readonly size: number | undefined;
  /** When it was created or last used; undefined if the engine does not report it. */
  readonly since: Date | undefined;
  readonly labels: Labels;
  /** Whether it is preselected: removing it does not lose data that is hard to recreate. */
  readonly preselected: boolean;
  /** Its id or name in the engine; several for the records of the build cache. */
  readonly parts: readonly PrunablePart[];
  /** The stopped containers that use it, which must be removed before it. */
  readonly users: readonly User[];
  /** The tags of an image when it was listed. */
  readonly tags?: readonly string[];
  /** Whether its data exists nowhere else: a named volume. */
  readonly precious?: true;
}

/** A container that uses an object. */
export interface User {
  readonly id: string;
  readonly name: string;
}

export interface Unused {
  readonly all: readonly Prunable[];
  readonly bytes: ImageBytes;
  readonly usage: DiskUsage;
  /** Whether the engine keeps its images in containerd, which also keeps the compressed layers. */
  readonly inContainerd: boolean;
}

/** Removes one object; resolves to why it stays, or to undefined if it is gone, and to the bytes freed if the engine says so. */
export type Remove = (object: Prunable) => Promise<string | { readonly freed: number } | undefined>;
