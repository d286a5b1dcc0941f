/** What lies around a file on the disk, each folder looked at once. */
import path from 'node:path';
import { ignoreFile, ignoreFileNames, type Surroundings } from '../lint/surroundings.ts';
import type { Io } from './io.ts';

/** Gives the surroundings of a file; the folder that it lies in is taken for its context. */
export function surroundings(io: Io): (file: string) => Promise<Surroundings> {
  const known = new Map<string, Promise<Surroundings>>();
  const remembered = (key: string, make: () => Promise<Surroundings>): Promise<Surroundings> => {
    const found = known.get(key) ?? make();
    known.set(key, found);
    return found;
  };
  const read = async (file: string): Promise<Surroundings | undefined> => {
    if ((await io.kind(file)) !== 'file') return undefined;
    const bytes = await io.read(file).catch(() => undefined);
    return (
      bytes && { ignoreFile: ignoreFile(path.basename(file), new TextDecoder().decode(bytes)) }
    );
  };
  /** What the files in a folder say; where there is none, whether one lies above, up to the root of a repository. */
  const ofFolder = async (folder: string): Promise<Surroundings> => {
    const own = await read(path.join(folder, '.dockerignore'));
    return own ?? { ignoreFile: (await isAbove(folder)) ? 'elsewhere' : 'none' };
  };
  const isAbove = async (folder: string): Promise<boolean> => {
    const parent = path.dirname(folder);
    if (parent === folder || (await io.kind(path.join(folder, '.git'))) !== undefined) return false;
    const above = await remembered(parent, () => ofFolder(parent));
    return above.ignoreFile !== 'none';
  };
  return async (file) => {
    const full = path.resolve(io.cwd, file);
    const folder = path.dirname(full);
    const [named] = ignoreFileNames(path.basename(full));
    return (
      (await read(path.join(folder, named))) ?? (await remembered(folder, () => ofFolder(folder)))
    );
  };
}
