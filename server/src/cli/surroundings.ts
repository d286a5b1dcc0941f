/** The `.dockerignore` files that apply to a file on disk; each directory is read once. */
import path from 'node:path';
import { ignoreFile, ignoreFileNames, longestIgnoreFile } from '../project/ignore-file.ts';
import type { Surroundings } from '../lint/surroundings.ts';
import type { Io } from './io.ts';

/** Returns the surroundings of a file. Its directory is assumed to be the build context. */
export function surroundings(io: Io): (file: string) => Promise<Surroundings> {
  const cache = new Map<string, Promise<Surroundings>>();
  const cached = (key: string, make: () => Promise<Surroundings>): Promise<Surroundings> => {
    const found = cache.get(key) ?? make();
    cache.set(key, found);
    return found;
  };
  const read = async (file: string): Promise<Surroundings | undefined> => {
    if ((await io.kind(file)) !== 'file') return undefined;
    const bytes = await io.read(file, longestIgnoreFile).catch(() => undefined);
    const text = bytes === undefined ? '' : new TextDecoder().decode(bytes);
    return { ignoreFile: ignoreFile(path.basename(file), text) };
  };
  /** The ignore file of a directory; if it has none, whether a parent has one, up to the root of the repository. */
  const ofFolder = async (folder: string): Promise<Surroundings> => {
    const own = await read(path.join(folder, '.dockerignore'));
    return own ?? { ignoreFile: (await isAbove(folder)) ? 'elsewhere' : 'none' };
  };
  const isAbove = async (folder: string): Promise<boolean> => {
    const parent = path.dirname(folder);
    if (parent === folder || (await io.kind(path.join(folder, '.git'))) !== undefined) return false;
    const above = await cached(parent, () => ofFolder(parent));
    return above.ignoreFile !== 'none';
  };
  return async (file) => {
    const full = path.resolve(io.cwd, file);
    const folder = path.dirname(full);
    const [ownName] = ignoreFileNames(path.basename(full));
    return (
      (await read(path.join(folder, ownName))) ?? (await cached(folder, () => ofFolder(folder)))
    );
  };
}
