/** Files in containers, volumes and images. */
export { copyFile, deleteFile, renameFile } from './change-files.ts';
export { listDirectory, statFile, statTarget } from './list.ts';
export { isDirectory, readFile, versionOf } from './read-file.ts';
export { createDirectory, tarName, writeFile } from './write-file.ts';
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
