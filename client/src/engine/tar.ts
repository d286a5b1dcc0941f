/** Tar streams, the format in which the engine sends and receives files. Names in archives are untrusted. */
export { packTar } from './tar-writer.ts';
export { unpackTar } from './tar-reader.ts';
export { ByteReader } from './byte-reader.ts';
export { fileEntry, type TarEntry } from './tar-entry.ts';
