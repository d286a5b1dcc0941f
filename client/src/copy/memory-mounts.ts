/**
 * Copies into and out of the directories that the engine's archive does not see: tmpfs mounts and the file systems of the kernel.
 * The engine would copy what is below the mount, which no process sees. Here `tar` in the container packs and extracts.
 */
import { t } from '@vscode/l10n';
import type { ArchiveStream } from '../engine/tar.ts';
import type { Engine, PathStat } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { sentenceFor } from '../engine/files/errors.ts';
import type { FileEntry } from '../engine/files/entry.ts';
import { isHiddenFromArchive } from '../engine/files/hidden-files.ts';
import { statFile } from '../engine/files/list.ts';
import { displayName, isWithin, nameOf, normalizePath } from '../engine/files/names.ts';
import { runScript } from '../engine/files/program.ts';
import { readFile } from '../engine/files/read-file.ts';
import { fileEntry, packTar, unpackArchive } from '../engine/tar.ts';
import { readWithTar, writeWithTar } from './container-tar.ts';
import { copyError } from './copy-task.ts';

/** The engine, with another way to the files of these directories of a running container. */
export function withMemoryMounts(engine: Engine): Engine {
  return {
    ...engine,
    stat: async (container, path) => {
      const full = normalizePath(path);
      if (!(await isHidden(engine, container, full))) return engine.stat(container, path);
      return pathStat(await statFile(engine, container, full));
    },
    readArchive: (container, path, signal) => {
      const archive = async (): Promise<ArchiveStream> =>
        (await isHidden(engine, container, normalizePath(path)))
          ? readHidden(engine, container, path, signal)
          : engine.readArchive(container, path, signal);
      return {
        [Symbol.asyncIterator]: () => iterate(archive()),
        unpack: async (receiver) => unpackArchive(await archive(), receiver),
      };
    },
    writeArchive: async (container, directory, tar, signal) => {
      const full = normalizePath(directory);
      if (!(await isHidden(engine, container, full)))
        return engine.writeArchive(container, directory, tar, signal);
      return writeHidden(engine, container, full, { tar, signal });
    },
  };
}

/** Whether processes of the container see something else there than the engine. */
async function isHidden(engine: Engine, container: string, path: string): Promise<boolean> {
  try {
    if (!(await isHiddenFromArchive(engine, container, path))) return false;
    return (await engine.inspect('container', container)).running;
  } catch {
    // The request for the archive says why, if it fails too.
    return false;
  }
}

async function* iterate(
  archive: Promise<AsyncIterable<Uint8Array>>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* await archive;
}

function pathStat({
  name,
  kind,
  size = 0,
  mode = 0o644,
  linkTarget,
  modified,
}: FileEntry): PathStat {
  return {
    name,
    kind,
    size: kind === 'file' ? size : 0,
    mode,
    ...(kind === 'link' && linkTarget !== undefined && { linkTarget }),
    ...(modified && { modified: modified.toISOString() }),
  };
}

/** Files of the kernel say that they are empty, and are read up to this many bytes. */
const longestKernelFile = 64 << 20;

async function readHidden(
  engine: Engine,
  container: string,
  path: string,
  signal?: AbortSignal,
): Promise<ArchiveStream> {
  const full = normalizePath(path);
  if (isWithin(full, '/proc') || isWithin(full, '/sys')) {
    const { kind, mode } = await statFile(engine, container, full);
    if (kind === 'directory')
      throw copyError(t('{0} has no files on a disk and cannot be copied as a whole. Copy single files from it.', displayName(full))); // prettier-ignore
    const content = await readFile(engine, container, full, { limit: longestKernelFile, ...(signal && { signal }) }); // prettier-ignore
    return packTar([fileEntry(nameOf(full), content, mode)]);
  }
  await requireTar(engine, container, full);
  return readWithTar(engine, container, path, { signal, highestCode: changedFile });
}

/** GNU tar ends with 1 if a file has changed while it was read. */
const changedFile = 1;

async function writeHidden(
  engine: Engine,
  container: string,
  directory: string,
  { tar, signal }: { readonly tar: AsyncIterable<Uint8Array>; readonly signal?: AbortSignal | undefined }, // prettier-ignore
): Promise<void> {
  await requireTar(engine, container, directory);
  const reason = await writeWithTar(engine, container, directory, { tar, signal });
  if (reason === undefined) return;
  throw new EngineError(
    'failed',
    sentenceFor(reason, displayName(directory)) ?? t('tar in the container failed: {0}', reason),
  );
}

/** Rejects with EngineError if the container has no `tar`. */
async function requireTar(engine: Engine, container: string, path: string): Promise<void> {
  const found = await runScript(engine, container, 'command -v tar >/dev/null', []);
  if (found?.code === 0) return;
  throw copyError(t('{0} is only in the memory of the container. It can be copied while the container runs, if it has a shell and tar.', displayName(path))); // prettier-ignore
}
