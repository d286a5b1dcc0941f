/**
 * What a directory in a container has, with one request: a request for each file would take longer than copying it, and the
 * engine answers them one after another.
 */
import { randomUUID } from 'node:crypto';
import type { Engine } from '../engine/engine.ts';
import { argument, runScript } from '../engine/files/program.ts';
import { bufferOf, unpackTar, type TarEntry } from '../engine/tar.ts';
import { toByteString, type ByteString } from './byte-strings.ts';
import { NameReader } from './container-names.ts';
import { cancelledError } from './copy-task.ts';

export interface ExistingEntry {
  readonly isDirectory: boolean;
  /** Bytes; absent if they were not asked for. */
  readonly size?: number;
  readonly modified?: Date;
}

/** By their paths below the directory. */
export interface ContainerTree extends Iterable<readonly [ByteString, ExistingEntry]> {
  get(path: ByteString): ExistingEntry | undefined;
}

/** An archive is read no further. */
const mostBytes = 64 << 20;
const mostMilliseconds = 5000;

/**
 * Everything below an existing directory, by `find` in the container or, where that is not possible, from the headers of an
 * archive. Undefined if the directory is too large for that. Rejects with EngineError.
 */
export async function containerTree(
  engine: Engine,
  container: string,
  directory: string,
  signal: AbortSignal,
): Promise<ContainerTree | undefined> {
  const found = await findNames(engine, container, { directory, signal });
  return found ?? (await archiveTree(engine, container, { directory, signal }));
}

/** Sizes and times of all files below a directory, which take longer; undefined if they cannot be found out. */
export async function fileDetails(
  engine: Engine,
  container: string,
  directory: string,
): Promise<ContainerTree | undefined> {
  // No name can contain a word that is new each time.
  const end = `/${randomUUID()}`;
  const script =
    argument('directory', 1) +
    `cd -P -- "$directory" && exec find . ! -type d -exec stat -c "%s %Y %n$2" -- {} +`;
  const parts: Uint8Array[] = [];
  const read = (part: Uint8Array) => void parts.push(part);
  const run = await runScript(engine, container, script, [directory, end], { read }).catch(() => undefined); // prettier-ignore
  if (run?.code !== 0) return undefined;
  const output = Buffer.concat(parts).toString('latin1');
  const details = new Map<ByteString, ExistingEntry>();
  for (const record of output.split(`${end}\n`)) {
    const [, size, seconds, name = ''] = /^(\d+) (-?\d+) \.\/([^]*)$/.exec(record) ?? [];
    const modified = new Date(Number(seconds) * 1000);
    if (name !== '') details.set(name, { isDirectory: false, size: Number(size), modified });
  }
  return details;
}

/** Undefined if the container does not run, or has no `sh` and `find`. */
async function findNames(
  engine: Engine,
  container: string,
  { directory, signal }: { readonly directory: string; readonly signal: AbortSignal },
): Promise<ContainerTree | undefined> {
  // A directory is printed twice. Nothing else has the name `/`, with which a complete list ends.
  const script =
    argument('directory', 1) +
    `cd -P -- "$directory" && find . -type d -print0 -print0 -o -print0 2>/dev/null && printf '/\\0'`;
  const names = new NameReader();
  const read = (part: Uint8Array) => names.read(bufferOf(part));
  const run = await runScript(engine, container, script, [directory], { read, signal }).catch(() => undefined); // prettier-ignore
  if (signal.aborted) throw cancelledError();
  return run !== undefined && names.isComplete ? names : undefined;
}

async function archiveTree(
  engine: Engine,
  container: string,
  { directory, signal }: { readonly directory: string; readonly signal: AbortSignal },
): Promise<ContainerTree | undefined> {
  const until = performance.now() + mostMilliseconds;
  let bytes = 0;
  const isTooMuch = () => bytes > mostBytes || performance.now() > until;
  async function* counted(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      yield chunk;
      if (isTooMuch()) return;
    }
  }
  const tree = new Map<ByteString, ExistingEntry>();
  const archive = engine.readArchive(container, `${directory.replace(/\/+$/, '')}/.`, signal);
  try {
    for await (const entry of unpackTar(counted(archive))) {
      const { kind, size, modified } = entry;
      const isDirectory = kind === 'directory';
      tree.set(pathBelow(entry), { isDirectory, size, ...(modified && { modified }) });
    }
  } catch (error) {
    if (isTooMuch() && !signal.aborted) return undefined;
    throw error;
  }
  return tree;
}

/** The first name is `./` or the name of the directory, depending on the engine. */
function pathBelow({ name, nameBytes }: TarEntry): ByteString {
  const path = nameBytes === undefined ? toByteString(name) : Buffer.from(nameBytes).toString('latin1'); // prettier-ignore
  return path.replace(/^\.\/|^\.$/, '');
}
