/**
 * What a directory in a container has, with one request: a request for each file would take longer than copying it, and the
 * engine answers them one after another.
 */
import { randomUUID } from 'node:crypto';
import type { Duplex, Engine } from '../engine/engine.ts';
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
  const script = `cd -P -- "$1" && exec find . ! -type d -exec stat -c "%s %Y %n$2" -- {} +`;
  const parts: Uint8Array[] = [];
  const read = (part: Uint8Array) => void parts.push(part);
  const run = await runScript(engine, container, [script, directory, end], { read });
  const exit = await run?.exit.catch(() => undefined);
  if (exit !== 0) return undefined;
  const output = latin1(Buffer.concat(parts));
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
  const script = `cd -P -- "$1" && find . -type d -print0 -print0 -o -print0 2>/dev/null && printf '/\\0'`;
  const names = new NameReader();
  // That it is complete says enough; the exit code would be another request.
  const read = (part: Uint8Array) => names.read(bufferOf(part));
  const run = await runScript(engine, container, [script, directory], { read, signal });
  if (signal.aborted) throw cancelledError();
  return run !== undefined && names.isComplete ? names : undefined;
}

function latin1(part: Uint8Array): ByteString {
  return bufferOf(part).toString('latin1');
}

/** Runs a script as root, like the requests for archives; undefined if it cannot be run or its output cannot be read. */
async function runScript(
  engine: Engine,
  container: string,
  [script, ...args]: readonly [string, ...string[]],
  { read, signal }: { readonly read: (part: Uint8Array) => void; readonly signal?: AbortSignal },
): Promise<Duplex | undefined> {
  const argv = ['sh', '-c', script, 'sh', ...args];
  const options = { tty: false, user: '0', env: ['LC_ALL=C'] };
  let process: Duplex | undefined;
  const stop = () => process?.close();
  signal?.addEventListener('abort', stop);
  try {
    process = await engine.exec(container, argv, options);
    if (signal?.aborted === true) stop();
    process.end();
    for await (const part of process.output) read(part);
    return process;
  } catch {
    stop();
    return undefined;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
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
