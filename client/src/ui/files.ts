/** Files of containers, volumes and images, as views and commands use them; the implementation is loaded when they are first needed. */
import type { Change } from '../engine/objects.ts';
import type { FileEntry, FileOptions, Listing } from '../engine/files/entry.ts';
import type { FilePlace } from '../engine/files/place.ts';
import type { TarEntry } from '../engine/tar.ts';

/** Larger files are not opened in an editor: VS Code reads a file as a whole. In bytes. */
export const largestFile = 50 * 1024 * 1024;

/** One file or directory. */
export interface FileRef {
  readonly place: FilePlace;
  /** Absolute in the place, as text of `engine/files/names.ts`. */
  readonly path: string;
}

/** All methods reject with EngineError and nothing else. */
export interface FileTools {
  list(ref: FileRef, options?: FileOptions): Promise<Listing>;
  stat(ref: FileRef): Promise<FileEntry>;
  /** The properties of what a path leads to, through links, and whether it is a link. */
  statTarget(ref: FileRef): Promise<{ readonly entry: FileEntry; readonly isLink: boolean }>;
  /** Text that changes when the file does. */
  version(ref: FileRef): Promise<string>;
  read(ref: FileRef): Promise<Uint8Array>;
  /** Replaces or creates a file; asks if it has changed since it was read. */
  write(ref: FileRef, content: Uint8Array): Promise<void>;
  createDirectory(ref: FileRef): Promise<void>;
  delete(ref: FileRef, options: { readonly recursive: boolean }): Promise<void>;
  /** Within one place. */
  rename(ref: FileRef, to: string, options: { readonly overwrite: boolean }): Promise<void>;
  /** Within one place. */
  copy(ref: FileRef, to: string): Promise<void>;
  /** The files of a container that differ from its image. */
  changes(place: FilePlace): Promise<readonly Change[]>;
  /** The archive of a directory of a place, for saving it. */
  archive(ref: FileRef, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** Unpacks an archive into a directory of a place. */
  unpack(ref: FileRef, tar: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void>;
  /** Runs work with a container in which the file can be reached, and its path there. */
  withContainer<T>(
    ref: FileRef,
    work: (opened: { readonly container: string; readonly path: string }) => Promise<T>,
  ): Promise<T>;
  /** Gives a directory the owner, mode and time of an entry of an archive. */
  restoreDirectory(ref: FileRef, entry: TarEntry): Promise<void>;
  /** Why files in the place cannot be changed; undefined if they can. */
  readOnlyReason(place: FilePlace): string | undefined;
  /** The path of the `drydock:` URI of a file of the engine of this window. */
  uriPath(ref: FileRef): Promise<string>;
  /** The file of such a path; rejects if it is on another engine than the one of this window. */
  refOf(uriPath: string): Promise<FileRef>;
  /** Reports that files of a directory have been changed. */
  announce(directory: FileRef): void;
  /** Calls back with the directories whose files have been changed here; the returned function ends it. */
  onChange(listener: (directory: FileRef) => void): () => void;
  dispose(): Promise<void>;
}

/** Rows that are read when their parent is expanded. */
export type LazyRows =
  /** The branches of a container, volume or image. */
  | { readonly kind: 'branches'; readonly place: FilePlace; readonly imageId?: string }
  | { readonly kind: 'directory'; readonly ref: FileRef }
  /** The files that differ from the image, below a directory. */
  | {
      readonly kind: 'changes';
      readonly place: FilePlace;
      readonly imageId: string;
      readonly path: string;
    };
