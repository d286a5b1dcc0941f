/** Lists a directory from the engine's tar archive of it, which contains all files below it with their contents. */
import type { Engine } from '../engine.ts';
import { unpackTar, type TarEntry } from '../tar.ts';
import type { FileEntry, ListLimits, Listing } from './entry.ts';
import { joinPath, textOfBytes } from './names.ts';

/** Ends the reading at a limit. */
const limitReached = new Error('limit reached');

/**
 * Reads the names up to a limit: the archive is in the order of the bytes of the names, so that a large directory hides those
 * after it. Rejects with EngineError.
 */
export async function listByArchive(
  engine: Engine,
  container: string,
  directory: string,
  { limits, signal }: { readonly limits: ListLimits; readonly signal?: AbortSignal | undefined },
): Promise<Listing> {
  const entries: FileEntry[] = [];
  const ends = performance.now() + limits.milliseconds;
  let bytes = 0;
  const bounded = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of engine.readArchive(container, joinPath(directory, '.'), signal)) {
      yield chunk;
      bytes += chunk.length;
      if (bytes > limits.bytes || performance.now() > ends) throw limitReached;
    }
  };
  try {
    for await (const entry of unpackTar(bounded())) {
      const name = childName(entry);
      if (name === undefined) continue;
      if (entries.length >= limits.entries) throw limitReached;
      entries.push(entryOfTar(name, entry));
    }
  } catch (error) {
    if (error !== limitReached) throw error;
    return { entries, isComplete: false, source: 'archive' };
  }
  return { entries, isComplete: true, source: 'archive' };
}

/** The name of a direct child; undefined for the directory itself and for files below. */
function childName(entry: TarEntry): string | undefined {
  const text = tarName(entry);
  const parts = text.split('/').filter((part) => part !== '' && part !== '.');
  return parts.length === 1 && parts[0] !== '..' ? parts[0] : undefined;
}

function tarName({ name, nameBytes }: TarEntry): string {
  return textOfBytes(nameBytes ?? Buffer.from(name));
}

/** The properties of a file in the header of its tar entry. */
export function entryOfTar(name: string, entry: TarEntry): FileEntry {
  const { kind, mode, size, modified, user, group, linkTarget, linkTargetBytes } = entry;
  // A hard link to a file before it in the archive; the size is in the other header.
  const isFile = kind === 'file' || kind === 'hardlink';
  return {
    name,
    kind: isFile ? 'file' : kind,
    ...(kind === 'file' && { size }),
    mode,
    ...(user !== undefined && { user }),
    ...(group !== undefined && { group }),
    ...(modified && { modified }),
    ...(kind === 'link' && {
      linkTarget: textOfBytes(linkTargetBytes ?? Buffer.from(linkTarget ?? '')),
    }),
  };
}
