/** Tar streams, the format in which the engine sends and receives files. Names in archives are untrusted. */
export {
  attributeRecords,
  isPlainEntry,
  longestHeader,
  packTar,
  writeHeader,
  type TarHeader,
} from './tar-writer.ts';
export { unpackTar } from './tar-reader.ts';
export {
  bufferOf,
  TarParser,
  unpackArchive,
  type ArchiveReceiver,
  type ArchiveStream,
  type TarReceiver,
} from './tar-parser.ts';
export { ByteReader } from './byte-reader.ts';
export { fileEntry, type TarEntry } from './tar-entry.ts';
