/** Files in a container, as a listing shows them. */

export interface FileEntry {
  /** The name in its directory, as text of `names.ts`; empty for the root. */
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  /** What a file of the kind `other` is, if it is known. */
  readonly special?: 'pipe' | 'socket' | 'device';
  /** Bytes of a file; undefined if it is not known. */
  readonly size?: number;
  /** Unix permission bits, with setuid, setgid and sticky; undefined if they are not known. */
  readonly mode?: number;
  /** Numbers of the owner and the group; undefined if they are not known. */
  readonly user?: number;
  readonly group?: number;
  /** Names of the owner and the group in the container, if they are known. */
  readonly userName?: string;
  readonly groupName?: string;
  /** Some methods know only whole seconds. */
  readonly modified?: Date;
  /** The path that a link contains, as text of `names.ts`. */
  readonly linkTarget?: string;
  /** What a link leads to, through all links; undefined if it is not known. */
  readonly leadsTo?: 'file' | 'directory' | 'other' | 'nothing';
}

export interface Listing {
  /** In no order. */
  readonly entries: readonly FileEntry[];
  /** Whether a limit was reached, so that there are more files. */
  readonly isComplete: boolean;
  /** `program` runs in the container and sees what its processes see; `archive` is the engine's, which sees no tmpfs and no `/proc`. */
  readonly source: 'program' | 'archive';
}

export interface FileOptions {
  readonly signal?: AbortSignal;
  /** Whether a program in the container may be run for it; true by default. */
  readonly programs?: boolean;
  readonly limits?: Partial<ListLimits>;
}

/** Bounds of one listing, after which it is incomplete. */
export interface ListLimits {
  readonly entries: number;
  /** Bytes that are read from the engine. */
  readonly bytes: number;
  readonly milliseconds: number;
}

export const defaultListLimits: ListLimits = {
  entries: 500_000,
  bytes: 64 * 1024 * 1024,
  milliseconds: 5000,
};
