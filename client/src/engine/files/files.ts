/** Files in containers, volumes and images. */
export { listDirectory, statFile } from './list.ts';
export type { FileEntry, FileOptions, Listing, ListLimits } from './entry.ts';
export {
  bytesOfText,
  displayName,
  isPlainText,
  isWithin,
  joinPath,
  nameOf,
  normalizePath,
  parentOf,
  textOfBytes,
} from './names.ts';
