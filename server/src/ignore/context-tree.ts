/** The files of a build context as plain data. */

export interface ContextEntry {
  /** In the context, with slashes. */
  readonly path: string;
  /** The index of its directory in the list; -1 if it is in the context itself. */
  readonly parent: number;
  readonly kind: 'file' | 'directory' | 'link';
  /** 0 for directories and links, and where sizes are not known. */
  readonly bytes: number;
}

export interface ContextTree {
  /** Each entry is after its directory. */
  readonly entries: readonly ContextEntry[];
  /** False if there are more entries than were read. */
  readonly isComplete: boolean;
  /** Whether `bytes` are known; in virtual workspaces, each would take a request. */
  readonly hasSizes: boolean;
  /** Directories that could not be read. */
  readonly unreadable: readonly string[];
}
