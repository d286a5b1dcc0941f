/**
 * Walks a build context in the order that BuildKit requires: a directory before its content, and the names of one directory in
 * the order of their bytes (github.com/tonistiigi/fsutil, filter.go).
 */
import { lstat, lstatSync, readdir, readlink, type BigIntStats } from 'node:fs';
import { join } from 'node:path';
import { t } from '@vscode/l10n';
import type { IgnoreFilter, Verdict } from '../../../../server/src/ignore/ignore-filter.ts';
import { EngineError } from '../errors.ts';
import { fileErrorReason } from '../file-errors.ts';
import { diskSpeed, type DiskSpeed } from './disk-speed.ts';
import { kindOf, type ContextEntry } from './entry.ts';

export interface WalkOptions {
  /** Only entries that these patterns match, and the directories above them. */
  readonly include?: IgnoreFilter | undefined;
  readonly exclude?: IgnoreFilter | undefined;
}

/** Entries that are read together; on a slow disk, Node.js has four threads for them. */
const together = 64;

/** Rejects with EngineError if a directory cannot be read or a pattern is not valid. */
export async function* walkContext(
  directory: string,
  options: WalkOptions = {},
): AsyncGenerator<ContextEntry, void, undefined> {
  const read = (at: Directory): Promise<Level> => levelOf(at, directory, options);
  const speed = diskSpeed();
  const open = [await read({ path: '', bytes: Buffer.alloc(0) })];
  for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
    const next = await nextIn(level, directory, speed);
    if (next === undefined) {
      open.pop();
      continue;
    }
    const { candidate, entry } = next;
    if (candidate.isKept) {
      yield* pendingOf(open);
      yield entry;
    }
    if (entry.kind !== 'directory' || !candidate.isEntered) continue;
    open.push({ ...(await read(candidate)), pending: candidate.isKept ? undefined : entry });
  }
}

interface Directory {
  readonly path: string;
  readonly bytes: Buffer;
  readonly included?: Verdict | undefined;
  readonly excluded?: Verdict | undefined;
}

/** A directory that is being walked. */
interface Level {
  /** The directory itself if it was not yielded yet: it is yielded only if something in it is. */
  pending: ContextEntry | undefined;
  readonly candidates: readonly Candidate[];
  /** The entries of the next candidates, some of which were read at the same time. */
  readonly entries: (ContextEntry | undefined)[];
  /** The number of candidates that were walked. */
  done: number;
}

interface Candidate extends Directory {
  readonly isValid: boolean;
  /** Whether it is part of the context, and whether something in it can be if it is a directory. */
  readonly isKept: boolean;
  readonly isEntered: boolean;
}

function* pendingOf(levels: readonly Level[]): Generator<ContextEntry> {
  for (const level of levels) {
    if (level.pending) yield level.pending;
    level.pending = undefined;
  }
}

async function levelOf(at: Directory, root: string, options: WalkOptions): Promise<Level> {
  const candidates = (await namesIn(root, at.bytes))
    .sort((one, other) => Buffer.compare(one, other))
    .map((name) => candidateOf(at, name, options))
    .filter(({ isKept, isEntered }) => isKept || isEntered);
  return { pending: undefined, candidates, entries: [], done: 0 };
}

async function nextIn(
  level: Level,
  root: string,
  speed: DiskSpeed,
): Promise<{ readonly candidate: Candidate; readonly entry: ContextEntry } | undefined> {
  const { candidates, entries } = level;
  while (level.done < candidates.length) {
    if (level.done === entries.length) {
      const some = candidates.slice(level.done, level.done + together);
      const found = speed.isFast
        ? speed.measure(some.length, () => some.map((one) => statsNow(root, one)))
        : await Promise.all(some.map((one) => statsOf(root, one)));
      const read = found.map((stats, i) => stats && entryOf(root, some[i], stats));
      for (const one of read) entries.push(one instanceof Promise ? await one : one);
    }
    const candidate = candidates[level.done];
    const entry = entries[level.done];
    entries[level.done] = undefined;
    level.done++;
    if (candidate && entry) return { candidate, entry };
  }
  return undefined;
}

function candidateOf(at: Directory, name: Buffer, { include, exclude }: WalkOptions): Candidate {
  const text = name.toString();
  const path = at.path === '' ? text : `${at.path}/${text}`;
  const bytes = at.path === '' ? name : Buffer.concat([at.bytes, slash, name]);
  const included = include?.verdictOn(path, at.included);
  const excluded = exclude?.verdictOn(path, at.excluded);
  const invalid = included?.invalid ?? excluded?.invalid;
  if (invalid !== undefined)
    throw new EngineError(
      'failed',
      t('`{0}` in the .dockerignore file is not a valid pattern', invalid),
    );
  const isIncluded = included?.isExcluded !== false;
  const isExcluded = excluded?.isExcluded === true;
  return {
    path,
    bytes,
    isValid: text.length === name.length || Buffer.from(text).equals(name),
    included,
    excluded,
    isKept: isIncluded && !isExcluded,
    isEntered:
      (isIncluded || include?.mayMatch(path) !== false) &&
      (!isExcluded || exclude?.mayInclude(path) === true),
  };
}

const slash = Buffer.from('/');

function namesIn(root: string, path: Buffer): Promise<Buffer[]> {
  const here = path.length === 0 ? root : fileOf(root, path);
  return new Promise((resolve, reject) => {
    readdir(here, { encoding: 'buffer' }, (error, names) => {
      // A directory that was removed meanwhile has no content.
      if (error && path.length > 0 && isGone(error)) resolve([]);
      else if (error) reject(readError(here.toString(), error));
      else resolve(names);
    });
  });
}

/** The path of a file of the context for the file system. */
export function fileOf(root: string, path: string | Buffer): string | Buffer {
  const text = path.toString();
  const isText = typeof path === 'string' || Buffer.from(text).equals(path);
  return isText ? join(root, text) : Buffer.concat([Buffer.from(root), slash, path]);
}

/** Undefined if it is a link and was removed meanwhile. */
function entryOf(
  root: string,
  candidate: Candidate | undefined,
  stats: BigIntStats,
): ContextEntry | Promise<ContextEntry | undefined> | undefined {
  if (candidate === undefined) return undefined;
  const { path, bytes, isValid } = candidate;
  const kind = kindOf(stats);
  const entry = { path, ...(!isValid && { rawPath: bytes }), kind, stats };
  if (kind !== 'link') return entry;
  return targetOf(pathOf(root, candidate)).then((target) => target && { ...entry, target });
}

function pathOf(root: string, { path, bytes, isValid }: Candidate): string | Buffer {
  return isValid ? join(root, path) : fileOf(root, bytes);
}

/** Undefined for files that were removed meanwhile. */
function statsNow(root: string, candidate: Candidate): BigIntStats | undefined {
  const file = pathOf(root, candidate);
  try {
    return lstatSync(file, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    if (isGone(error as NodeJS.ErrnoException)) return undefined;
    throw readError(file.toString(), error);
  }
}

function statsOf(root: string, candidate: Candidate): Promise<BigIntStats | undefined> {
  const file = pathOf(root, candidate);
  return new Promise((resolve, reject) => {
    lstat(file, { bigint: true }, (error, stats) => {
      if (error === null) resolve(stats);
      else if (isGone(error)) resolve(undefined);
      else reject(readError(file.toString(), error));
    });
  });
}

/** The target of a link, with slashes; undefined if it is no longer a link. */
export function targetOf(file: string | Buffer): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    readlink(file, { encoding: 'buffer' }, (error, target) => {
      if (error) resolve(undefined);
      else resolve(process.platform === 'win32' ? withSlashes(target) : target);
    });
  });
}

function withSlashes(target: Buffer): Buffer {
  return Buffer.from(target.toString().replaceAll('\\', '/'));
}

function isGone({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** The error for a file of the context that cannot be read. */
export function readError(file: string, error: unknown): EngineError {
  const { code } = error as { readonly code?: unknown };
  const reason = code === 'ENOENT' ? t('the file does not exist') : fileErrorReason(error);
  return new EngineError('failed', t('Could not read {0}: {1}', file, reason), error);
}
