/** Writes files of a container: atomically where a program can rename, and with the owner, mode and attributes of the old file. */
import { randomBytes } from 'node:crypto';
import { t } from '@vscode/l10n';
import type { Engine } from '../engine.ts';
import { EngineError, isEngineError } from '../errors.ts';
import { packTar, type TarEntry } from '../tar.ts';
import { fileError, sentenceFor } from './errors.ts';
import { isHiddenFromArchive } from './hidden-files.ts';
import { bytesOfText, displayName, joinPath, nameOf, normalizePath, parentOf } from './names.ts';
import { argument, runScript } from './program.ts';
import { readHeader, resolveLinks } from './read-file.ts';

export interface WriteOptions {
  /** Whether a program in the container may be run for it; true by default. */
  readonly programs?: boolean;
}

/**
 * Replaces the content of a file, through links, or creates it. A new file gets the owner of its directory. Rejects with EngineError.
 */
export async function writeFile(
  engine: Engine,
  container: string,
  path: string,
  content: Uint8Array,
  { programs = true }: WriteOptions = {},
): Promise<void> {
  const full = normalizePath(path);
  try {
    if (programs && (await isHiddenFromArchive(engine, container, full))) {
      await writeByProgram(engine, container, full, content);
      return;
    }
    const target = await resolveLinks(engine, container, full).catch(pathIfMissing(full));
    const old = await readHeader(engine, container, target).catch(nothingIfMissing);
    if (old !== undefined && old.kind !== 'file')
      throw new EngineError('failed', t('{0} is not a regular file', displayName(path)));
    const header = old ?? (await newEntry(engine, container, target, 0o644));
    const entry: TarEntry = {
      ...header,
      kind: 'file',
      size: content.length,
      // The time of the old file would hide the change.
      modified: new Date(),
      exactTime: true,
      // eslint-disable-next-line @typescript-eslint/require-await
      content: async function* () {
        yield content;
      },
    };
    const put = (name: string): Promise<void> =>
      engine.writeArchive(container, parentOf(target), packTar([{ ...entry, ...tarName(name) }]));
    if (old === undefined || !programs) await put(nameOf(target));
    else await replace(engine, container, target, put);
  } catch (error) {
    throw fileError(error, path);
  }
}

/**
 * `$1` is the new file, `$2` the old one. A file with several names, and one that is a mount, keeps its identity; all others are
 * replaced in one step.
 */
const replaceScript = `${argument('n', 1)}${argument('f', 2)}links=$(stat -c %h -- "$f" 2>/dev/null)
if [ "\${links:-1}" -gt 1 ] || ! mv -f -- "$n" "$f" 2>/dev/null; then
  m=$(cat -- "$n" 2>&1 > "$f") || { rm -f -- "$n"; printf '%s' "$m"; exit 5; }
  rm -f -- "$n"
fi`;

/** Writes a file beside the old one and renames it, so that a lost connection does not leave half a file. */
async function replace(
  engine: Engine,
  container: string,
  target: string,
  put: (name: string) => Promise<void>,
): Promise<void> {
  // A container that does not run and one without a shell have no processes that could see an incomplete file.
  const canRename = await runScript(engine, container, 'command -v mv rm cat >/dev/null', []);
  if (canRename?.code !== 0) {
    await put(nameOf(target));
    return;
  }
  const name = `.drydock-${randomBytes(6).toString('hex')}`;
  const beside = joinPath(parentOf(target), name);
  const removeIt = `${argument('f', 1)}rm -f -- "$f"`;
  try {
    await put(name);
  } catch (error) {
    await runScript(engine, container, removeIt, [beside]).catch(() => undefined);
    throw error;
  }
  const result = await runScript(engine, container, replaceScript, [beside, target]);
  if (result === undefined) {
    // It was stopped in the meantime.
    await put(nameOf(target));
    throw new EngineError(
      'failed',
      t('{0} was saved, but the temporary file {1} could not be removed', displayName(target), beside), // prettier-ignore
    );
  }
  if (result.code !== 0) throw programError(result.output, target);
}

/** Below tmpfs mounts, which the archive does not reach. The content goes through standard input. */
const writeScript = `${argument('f', 1)}m=$( { cat > "$f"; } 2>&1 ) || { printf '%s' "$m"; exit 5; }`;

async function writeByProgram(
  engine: Engine,
  container: string,
  path: string,
  content: Uint8Array,
): Promise<void> {
  const result = await runScript(engine, container, writeScript, [path], { input: content });
  if (result === undefined)
    throw new EngineError(
      'failed',
      t('{0} can be written only while the container runs and has a shell', displayName(path)),
    );
  if (result.code !== 0) throw programError(result.output, path);
}

/** Creates a directory whose parent exists. */
export async function createDirectory(
  engine: Engine,
  container: string,
  path: string,
): Promise<void> {
  const full = normalizePath(path);
  try {
    if (await isHiddenFromArchive(engine, container, full)) {
      const script = `${argument('f', 1)}mkdir -- "$f" 2>&1`;
      const result = await runScript(engine, container, script, [full]);
      if (result !== undefined && result.code !== 0) throw programError(result.output, full);
      if (result !== undefined) return;
    }
    const entry = await newEntry(engine, container, full, 0o755);
    const packed = packTar([{ ...entry, ...tarName(nameOf(full)), kind: 'directory' }]);
    await engine.writeArchive(container, parentOf(full), packed);
  } catch (error) {
    throw fileError(error, path);
  }
}

/** With the owner of the directory that will contain it. */
async function newEntry(
  engine: Engine,
  container: string,
  path: string,
  mode: number,
): Promise<TarEntry> {
  const parent = await readHeader(engine, container, joinPath(parentOf(path), '.'));
  const { user = 0, group = 0 } = parent ?? {};
  return { ...tarName(nameOf(path)), kind: 'file', mode, size: 0, user, group };
}

/** The name in an archive, with its bytes if it is not UTF-8. */
export function tarName(text: string): Pick<TarEntry, 'name' | 'nameBytes'> {
  return { name: text, nameBytes: bytesOfText(text) };
}

/** What a program said. */
export function programError(output: Buffer, path: string): EngineError {
  const said = output.toString().trim();
  return new EngineError('failed', sentenceFor(said, displayName(path)) ?? said);
}

function pathIfMissing(path: string): (error: unknown) => string {
  return (error) => {
    if (isEngineError(error) && error.kind === 'missing') return path;
    throw error;
  };
}

function nothingIfMissing(error: unknown): undefined {
  if (isEngineError(error) && error.kind === 'missing') return undefined;
  throw error;
}
