/** Copies files from one container to another, or within one, without storing them on this machine. */
import { posix } from 'node:path';
import { t } from '@vscode/l10n';
import type { Engine, PathStat } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { attributeRecords, longestHeader, TarParser, writeHeader, type TarEntry, type TarHeader } from '../engine/tar.ts'; // prettier-ignore
import { textOf, toByteString, type ByteString } from './byte-strings.ts';
import { containerTree } from './container-tree.ts';
import { resolveLinks, resolveTarget } from './container-target.ts';
import { cancelledError, isAborted, copyError, sumOfResults, toCopyError, type CopyOptions, type CopyResult } from './copy-task.ts'; // prettier-ignore
import { findExisting, joinPaths, type ExistingFiles, type NewEntry } from './existing-files.ts';
import { displayPath, splitLinkTarget, splitName } from './names.ts';
import type { Owner } from './owner.ts';
import { cancelPatience, removeFile } from './send-files.ts';

export interface CopyAcrossRequest {
  readonly from: { readonly container: string; readonly path: string };
  /** An existing directory, or the new path. */
  readonly to: { readonly container: string; readonly target: string };
  /** By default, the numbers that own the files in the first container. */
  readonly owner?: Owner;
}

/** Like `copyAcrossAll`, for one file or directory. */
export function copyAcross(
  engine: Engine,
  request: CopyAcrossRequest,
  options: CopyOptions,
): Promise<CopyResult> {
  return copyAcrossAll(engine, [request], options);
}

/**
 * Copies several files and directories, with one question about all that they overwrite. Rejects with EngineError. Sends nothing
 * before overwriting was confirmed.
 */
export async function copyAcrossAll(
  engine: Engine,
  requests: readonly CopyAcrossRequest[],
  options: CopyOptions,
): Promise<CopyResult> {
  const plans: Plan[] = [];
  const isOne = requests.length === 1;
  for (const request of requests) plans.push(await planOf(engine, request, { options, isOne }));
  refuseSameTargets(plans);
  const paths = joinPaths(plans.map(({ existing }) => existing.paths));
  const details = async () => (await Promise.all(plans.map(({ existing }) => existing.details()))).flat(); // prettier-ignore
  if (paths.length > 0 && !(await options.confirmOverwrite(paths, details))) throw cancelledError();
  const results: CopyResult[] = [];
  for (const plan of plans) {
    if (options.signal.aborted) throw cancelledError();
    results.push(await send(engine, plan, withSum(options, results)));
  }
  plans.forEach(({ directory, name, source }) => options.placed?.(posix.join(directory, name), source.kind === 'directory')); // prettier-ignore
  return sumOfResults(results);
}

/** Where something is extracted, and what it overwrites. */
interface Plan extends CopyAcrossRequest {
  readonly source: PathStat;
  readonly directory: string;
  readonly name: string;
  readonly existing: ExistingFiles;
}

async function planOf(
  engine: Engine,
  request: CopyAcrossRequest,
  { options, isOne }: { readonly options: CopyOptions; readonly isOne: boolean },
): Promise<Plan> {
  const { from, to } = request;
  const source = await engine.stat(from.container, from.path);
  const destination = await resolveLinks(engine, to.container, to.target);
  if (!isOne && destination.stat?.kind !== 'directory')
    throw copyError(t('{0} is not a directory in the container', to.target));
  const thing = {
    name: posix.basename(posix.resolve('/', from.path)),
    isDirectory: source.kind === 'directory',
    isContents: false,
  };
  if (thing.name === '') throw copyError(t('The root directory cannot be copied as a whole'));
  const { directory, name } = await resolveTarget(engine, to, destination, thing);
  const isSame = from.container === to.container && posix.resolve('/', from.path);
  if (isSame !== false && `${posix.join(directory, name)}/`.startsWith(`${isSame}/`))
    throw copyError(t('{0} cannot be copied into itself', from.path));
  const entries = await newEntries(engine, from, { name, isDirectory: thing.isDirectory }, options);
  const place = { container: to.container, directory, signal: options.signal };
  const [first, ...below] = entries;
  const existing = await findExisting(engine, place, {
    root: first,
    below: Promise.resolve(below),
  });
  return { ...request, source, directory, name, existing };
}

/** The later one would replace the earlier one. */
function refuseSameTargets(plans: readonly Plan[]): void {
  const targets = new Set<string>();
  for (const { directory, name } of plans) {
    const target = posix.join(directory, name);
    if (targets.has(target)) throw copyError(t('Two sources have the same name: {0}', displayPath([name]))); // prettier-ignore
    targets.add(target);
  }
}

/** The progress of one of several, together with those before. */
function withSum(options: CopyOptions, before: readonly CopyResult[]): CopyOptions {
  if (before.length === 0) return options;
  const { bytes, entries } = sumOfResults(before);
  return {
    ...options,
    report: (copied, _, count) =>
      options.report(bytes + copied, undefined, { copied: entries + (count?.copied ?? 0) }),
  };
}

/** Rejects with EngineError. */
async function send(
  engine: Engine,
  { from, to, owner, source, directory, name }: Plan,
  options: CopyOptions,
): Promise<CopyResult> {
  const total = source.kind === 'file' ? source.size : undefined;
  const relay = new Relay(toByteString(name), owner, (bytes, count) => options.report(bytes, total, { copied: count })); // prettier-ignore
  const stopReading = new AbortController();
  const stopWriting = new AbortController();
  let giveUp: ReturnType<typeof setTimeout> | undefined;
  const cancel = (): void => {
    giveUp = setTimeout(() => stopWriting.abort(), cancelPatience);
  };
  options.signal.addEventListener('abort', cancel, { once: true });
  try {
    const archive = engine.readArchive(from.container, posix.resolve('/', from.path), stopReading.signal); // prettier-ignore
    await engine.writeArchive(to.container, directory, relay.chunks(archive, options.signal), stopWriting.signal); // prettier-ignore
  } catch (error) {
    if (!isAborted(options.signal)) throw toCopyError(error);
    const path = posix.join(directory, textOf(relay.lastFile));
    if (await removeFile(engine, to.container, path)) throw cancelledError();
    throw new EngineError('cancelled', t('Cancelled: {0} in the container is incomplete', path));
  } finally {
    stopReading.abort();
    clearTimeout(giveUp);
    options.signal.removeEventListener('abort', cancel);
  }
  if (!relay.isComplete) throw cancelledError();
  return { entries: relay.entries, bytes: relay.bytes, skipped: relay.skipped };
}

/** What is sent, if it can be listed; otherwise only the directory, so that its files are not compared. */
async function newEntries(
  engine: Engine,
  { container, path }: CopyAcrossRequest['from'],
  root: { readonly name: string; readonly isDirectory: boolean },
  { signal }: CopyOptions,
): Promise<readonly [NewEntry, ...NewEntry[]]> {
  const name = toByteString(root.name);
  const first = { path: name, isDirectory: root.isDirectory };
  if (!root.isDirectory) return [first];
  const tree = await containerTree(engine, container, posix.resolve('/', path), signal);
  if (tree === undefined) return [{ ...first, isUnlisted: true }];
  const below = [...tree].filter(([below]) => below !== '');
  return [first, ...below.map(([below, { isDirectory }]) => ({ path: `${name}/${below}`, isDirectory }))]; // prettier-ignore
}

/** Passes an archive on with another name of its root. Its names are checked, because the engine would extract any of them. */
class Relay {
  readonly #root: ByteString;
  readonly #owner: Owner | undefined;
  readonly #report: (bytes: number, entries: number) => void;
  readonly skipped: string[] = [];
  #parts: Uint8Array[] = [];
  #padding = 0;
  #bytes = 0;
  #entries = 0;
  #lastFile: ByteString = '';
  #isInFile = false;
  #isComplete = false;

  constructor(
    root: ByteString,
    owner: Owner | undefined,
    report: (bytes: number, entries: number) => void,
  ) {
    this.#root = root;
    this.#owner = owner;
    this.#report = report;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get entries(): number {
    return this.#entries;
  }

  /** The name in the archive of the last file that was begun. */
  get lastFile(): ByteString {
    return this.#lastFile;
  }

  /** Whether the whole archive was passed on. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** When the signal is aborted, the archive ends: between two files as a whole, within a file without the rest of it. */
  async *chunks(
    archive: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const parser = new TarParser({
      entry: (entry) => this.#pass(entry),
      content: (bytes, isLast) => this.#passContent(bytes, isLast),
    });
    for await (const chunk of archive) {
      if (signal.aborted) break;
      parser.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
      const parts = this.#parts;
      this.#parts = [];
      yield* parts;
      this.#report(this.#bytes, this.#entries);
      if (parser.hasEnded) break;
    }
    if (signal.aborted && this.#isInFile) return;
    if (!signal.aborted) parser.finish();
    this.#isComplete = !signal.aborted;
    yield Buffer.alloc(1024);
  }

  #pass(entry: TarEntry): void {
    const names = splitName(entry);
    if (entry.kind === 'other') {
      this.skipped.push(displayPath(names));
      return;
    }
    const header: TarHeader = {
      kind: entry.kind,
      mode: entry.mode,
      name: this.#renamed(entry.nameBytes ?? entry.name),
      link: this.#linkOf(entry),
      size: entry.size,
      user: this.#owner?.user ?? entry.user ?? 0,
      group: this.#owner?.group ?? entry.group ?? 0,
      modified: Math.floor((entry.modified?.getTime() ?? 0) / 1000),
      records: attributeRecords(entry),
    };
    const block = Buffer.allocUnsafe(longestHeader(header));
    this.#parts.push(block.subarray(0, writeHeader(block, 0, header)));
    this.#entries++;
    if (entry.kind !== 'file') return;
    this.#lastFile = header.name;
    this.#padding = (512 - (entry.size % 512)) % 512;
    this.#isInFile = entry.size > 0;
  }

  #linkOf(entry: TarEntry): ByteString {
    if (entry.kind === 'hardlink') {
      splitLinkTarget(entry);
      return this.#renamed(entry.linkTargetBytes ?? entry.linkTarget ?? '');
    }
    return byteStringOf(entry.linkTargetBytes ?? entry.linkTarget ?? '');
  }

  /** With the new name in place of the first part. */
  #renamed(name: string | Uint8Array): ByteString {
    const path = byteStringOf(name).replace(/^(?:\.?\/)+/, '');
    const end = path.indexOf('/');
    return end < 0 ? this.#root : `${this.#root}${path.slice(end)}`;
  }

  #passContent(bytes: Buffer, isLast: boolean): void {
    this.#bytes += bytes.length;
    this.#parts.push(bytes);
    if (!isLast) return;
    if (this.#padding > 0) this.#parts.push(Buffer.alloc(this.#padding));
    this.#isInFile = false;
  }
}

function byteStringOf(name: string | Uint8Array): ByteString {
  return typeof name === 'string' ? toByteString(name) : Buffer.from(name).toString('latin1');
}
