/**
 * `tar` in a running container: it packs and extracts small files several times faster than the engine, and sees what processes
 * see. Its archives are as untrusted as those of the engine.
 */
import type { Engine, EngineVersion } from '../engine/engine.ts';
import type { EngineError } from '../engine/errors.ts';
import { displayName, nameOf, normalizePath, parentOf } from '../engine/files/names.ts';
import { argument, programEnvironment, runScript, shellCommand } from '../engine/files/program.ts'; // prettier-ignore
import { unpackArchive, type ArchiveStream } from '../engine/tar.ts';
import { t } from '@vscode/l10n';
import { cancelledError, copyError } from './copy-task.ts';

/** With so many entries, starting a program takes less time than it saves. */
export const manyEntries = 1000;
/** Bytes of a file: larger ones are sent faster to the engine than through the streams of a program. */
const largestMean = 64 << 10;

/** The minor version of the API of Docker 23.0. */
const apiOfSlowEngines = 42;

const versions = new WeakMap<Engine, Promise<EngineVersion>>();

/**
 * Whether a program in the container is faster than the engine with many small files. Docker 28.5 needs
 * 0.1 to 0.3 ms for a small file, and `tar` less than half of that. Docker 20.10 is as fast as `tar`, and needs less memory here;
 * since 23.0 engines read and write each file among the mounts of the container. Rejects with EngineError.
 */
export async function isSlowEngine(engine: Engine): Promise<boolean> {
  const asked = versions.get(engine) ?? engine.version();
  versions.set(engine, asked);
  asked.catch(() => versions.delete(engine));
  const { product, apiVersion } = await asked;
  const minor = Number(apiVersion.split('.')[1]);
  return product === 'docker' && minor >= apiOfSlowEngines;
}

/** Whether so many entries have small files. */
export function isManySmall(entries: number, bytes: number, from: number): boolean {
  return entries >= from && bytes <= entries * largestMean;
}

/** Bytes after the end of an archive; GNU tar fills its last record of 10 KiB. */
const mostAfterEnd = 1 << 20;

interface Reading {
  readonly signal?: AbortSignal | undefined;
  /** The highest exit code with which the archive is complete. GNU tar ends with 1 if a file has changed while it was read. */
  readonly highestCode: number;
}

/**
 * The archive of a file or directory, with the names of the engine's archive; with `/.` at its end, of the contents. Rejects
 * with EngineError if no program could be started; after the last entry, also if tar could not read everything.
 */
export function readWithTar(
  engine: Engine,
  container: string,
  path: string,
  { signal, highestCode }: Reading,
): ArchiveStream {
  async function* bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    const full = normalizePath(path);
    const [directory, name] = path.endsWith('/.') ? [full, '.'] : [parentOf(full), nameOf(full)];
    const script = `${argument('d', 1)}${argument('n', 2)}cd -P -- "$d" && exec tar -c -f - -- "$n" 2>/dev/null`;
    const argv = shellCommand(script, [directory, name]);
    const options = { tty: false, user: '0', env: programEnvironment };
    const process = await engine.exec(container, argv, options);
    const stop = (): void => process.close();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      process.end();
      yield* process.output;
      if (signal?.aborted === true) throw cancelledError();
      if ((await process.exit) > highestCode) throw incomplete(full);
    } finally {
      signal?.removeEventListener('abort', stop);
      stop();
    }
  }
  return {
    [Symbol.asyncIterator]: bytes,
    unpack: async (receiver) => {
      const rest = bytes();
      // Not closed at the end of the archive: the exit code comes after it.
      const open = { [Symbol.asyncIterator]: () => ({ next: () => rest.next() }) };
      try {
        await unpackArchive(open, receiver);
        let left = mostAfterEnd;
        for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
          left -= next.value.length;
          if (left < 0) throw incomplete(normalizePath(path));
        }
      } finally {
        await rest.return();
      }
    },
  };
}

function incomplete(path: string): EngineError {
  return copyError(t('tar in the container could not read all of {0}', displayName(path)));
}

/**
 * Extracts an archive as root, with owners, modes and times; existing files are replaced. Resolves to the reason for which tar
 * failed; to undefined if it extracted everything. Rejects with EngineError, and with the error of the archive.
 */
export async function writeWithTar(
  engine: Engine,
  container: string,
  directory: string,
  { tar, signal }: { readonly tar: AsyncIterable<Uint8Array>; readonly signal?: AbortSignal | undefined }, // prettier-ignore
): Promise<string | undefined> {
  const script = `${argument('d', 1)}cd -P -- "$d" 2>&1 && exec tar -x -p -f - 2>&1`;
  const result = await runScript(engine, container, script, [directory], { input: tar, signal });
  if (result?.code === 0) return undefined;
  const [reason = ''] = (result?.output.toString() ?? '').split('\n');
  return reason;
}
