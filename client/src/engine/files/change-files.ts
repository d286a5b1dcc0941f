/** Renames, deletes and copies files of a container. */
import { t } from '@vscode/l10n';
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { packTar, unpackTar, type TarEntry } from '../tar.ts';
import { fileError, needsProgramError } from './errors.ts';
import { bytesOfText, displayName, nameOf, normalizePath, parentOf, textOfBytes } from './names.ts';
import { argument, runScript } from './program.ts';
import { programError, tarName } from './write-file.ts';

/** Exit codes of the scripts. */
const existsAlready = 4;
const doesNotExist = 3;

const renameScript = `${argument('a', 1)}${argument('b', 2)}
[ -e "$a" ] || [ -L "$a" ] || exit ${String(doesNotExist)}
if [ -e "$b" ] || [ -L "$b" ]; then
  [ "$3" = yes ] || exit ${String(existsAlready)}
  if [ -d "$b" ] && [ ! -L "$b" ]; then rm -rf -- "$b" 2>&1 || exit 5; fi
fi
m=$(mv -f -- "$a" "$b" 2>&1) || { printf '%s' "$m"; exit 5; }`;

/** Renames a file or directory, which only a program can do. Rejects with EngineError of the kind `conflict` if the new name exists. */
export async function renameFile(
  engine: Engine,
  container: string,
  from: string,
  to: string,
  { overwrite = false }: { readonly overwrite?: boolean } = {},
): Promise<void> {
  const [source, target] = [normalizePath(from), normalizePath(to)];
  const values = [source, target, overwrite ? 'yes' : 'no'];
  const result = await runScript(engine, container, renameScript, values);
  if (result === undefined) throw needsProgramError(source);
  if (result.code === existsAlready) throw existsError(target);
  if (result.code === doesNotExist) throw missingError(source);
  if (result.code !== 0) throw programError(result.output, source);
}

const deleteScript = `${argument('f', 1)}
[ -e "$f" ] || [ -L "$f" ] || exit ${String(doesNotExist)}
if [ "$2" != yes ] && [ -d "$f" ] && [ ! -L "$f" ]; then m=$(rmdir -- "$f" 2>&1); else m=$(rm -rf -- "$f" 2>&1); fi
c=$?
if [ $c -ne 0 ] || [ -e "$f" ] || [ -L "$f" ]; then printf '%s' "$m"; exit 5; fi`;

/** Deletes a file, or a directory with everything in it; links are not followed. */
export async function deleteFile(
  engine: Engine,
  container: string,
  path: string,
  { recursive = false }: { readonly recursive?: boolean } = {},
): Promise<void> {
  const full = normalizePath(path);
  if (full === '/') throw new EngineError('failed', t('The root directory cannot be deleted'));
  const result = await runScript(engine, container, deleteScript, [full, recursive ? 'yes' : 'no']);
  if (result === undefined) throw needsProgramError(full);
  if (result.code === doesNotExist) throw missingError(full);
  if (result.code !== 0) throw programError(result.output, full);
}

/** Copies a file or directory with owners, modes and times, in a container of any state. */
export async function copyFile(
  engine: Engine,
  container: string,
  from: string,
  to: string,
): Promise<void> {
  const [source, target] = [normalizePath(from), normalizePath(to)];
  if (target === source || target.startsWith(`${source === '/' ? '' : source}/`))
    throw new EngineError('failed', t('{0} cannot be copied into itself', displayName(source)));
  try {
    const archive = engine.readArchive(container, source);
    const renamed = packTar(renamedEntries(unpackTar(archive), nameOf(source), nameOf(target)));
    await engine.writeArchive(container, parentOf(target), renamed);
  } catch (error) {
    throw fileError(error, target);
  }
}

/** Replaces the first part of each name, also in the targets of hard links. */
async function* renamedEntries(
  entries: AsyncIterable<TarEntry>,
  from: string,
  to: string,
): AsyncGenerator<TarEntry> {
  const renamed = (text: string): string => {
    if (text === from) return to;
    return text.startsWith(`${from}/`) ? `${to}${text.slice(from.length)}` : text;
  };
  for await (const entry of entries) {
    const name = renamed(textOfBytes(entry.nameBytes ?? Buffer.from(entry.name)));
    const target = textOfBytes(entry.linkTargetBytes ?? Buffer.from(entry.linkTarget ?? ''));
    // The archive has no device numbers that could be written again.
    if (entry.kind === 'other') continue;
    yield {
      ...entry,
      ...tarName(name),
      ...(entry.kind === 'hardlink' && { linkTargetBytes: bytesOfText(renamed(target)) }),
    };
  }
}

function existsError(path: string): EngineError {
  return new EngineError('conflict', t('{0} already exists', displayName(path)));
}

function missingError(path: string): EngineError {
  return new EngineError('missing', t('{0} does not exist in the container', displayName(path)));
}
