/**
 * Walks a build context in the order that BuildKit requires: a directory before its content, and the names of one directory in
 * the order of their bytes (github.com/tonistiigi/fsutil, filter.go).
 */
import type { BigIntStats } from 'node:fs';
import { t } from '@vscode/l10n';
import type { IgnoreFilter, Verdict } from '../../../../server/src/ignore/ignore-filter.ts';
import { EngineError } from '../errors.ts';
import { diskSpeed } from './disk-speed.ts';
import { fileOf, namesIn, namesNow, readError, statsNow, statsOf, targetNow, targetOf } from './disk.ts'; // prettier-ignore
import { kindOf, type ContextEntry } from './entry.ts';
import { Pace } from './pace.ts';

export interface WalkOptions {
  /** Only entries that these patterns match, and the directories above them. */
  readonly include?: IgnoreFilter | undefined;
  readonly exclude?: IgnoreFilter | undefined;
}

/** Entries that other threads read together if the disk is slow; Node.js has four threads for them. */
const together = 64;
/** Entries that are read one after the other, before other work can continue. */
const inOneGo = 16;
/** Entries that are passed on together. */
const mostInPart = 256;
/** The size of a directory up to which it has so few names, on all file systems, that reading them takes no time. */
const smallDirectory = 16_384n;

/** Rejects with EngineError if a directory cannot be read or a pattern is not valid. */
export async function* walkContext(
  directory: string,
  options: WalkOptions = {},
): AsyncGenerator<ContextEntry, void, undefined> {
  for await (const part of walkInParts(directory, options)) yield* part;
}

/** The same with some entries at once: passing on each of them alone takes longer than reading it. */
export async function* walkInParts(
  directory: string,
  options: WalkOptions = {},
): AsyncGenerator<readonly ContextEntry[], void, undefined> {
  const walk = new Walk(directory, options);
  const pace = new Pace();
  let part: ContextEntry[] = [];
  const open = [await walk.enterRoot()];
  for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
    const next = level.read[level.done];
    if (next === undefined) {
      if (part.length >= mostInPart || (part.length > 0 && pace.isDue)) {
        yield part;
        part = [];
      }
      if (pace.isDue) await pace.turn();
      if (!(await walk.readMore(level))) open.pop();
      continue;
    }
    level.done++;
    const { candidate, entry } = next;
    if (candidate.isKept) {
      addPending(open, part);
      part.push(entry);
    }
    if (entry.kind !== 'directory' || !candidate.isEntered) continue;
    const below = await walk.enter(candidate, entry.stats);
    below.pending = candidate.isKept ? undefined : entry;
    open.push(below);
  }
  if (part.length > 0) yield part;
}

interface Directory {
  readonly path: string;
  /** The bytes of the path if they are not valid UTF-8. */
  readonly rawPath: Buffer | undefined;
  readonly included: Verdict | undefined;
  readonly excluded: Verdict | undefined;
}

interface Candidate extends Directory {
  /** Whether it is part of the context, and whether something in it can be if it is a directory. */
  readonly isKept: boolean;
  readonly isEntered: boolean;
}

/** A directory that is being walked. */
interface Level {
  readonly directory: Directory;
  readonly names: readonly string[];
  /** The number of names that were looked at. */
  taken: number;
  /** The next entries, and the number of those that were walked. */
  read: readonly { readonly candidate: Candidate; readonly entry: ContextEntry }[];
  done: number;
  /** The directory itself if it was not yielded yet: it is yielded only if something in it is. */
  pending: ContextEntry | undefined;
}

function addPending(levels: readonly Level[], part: ContextEntry[]): void {
  for (const level of levels) {
    if (level.pending) part.push(level.pending);
    level.pending = undefined;
  }
}

class Walk {
  readonly #root: string;
  readonly #options: WalkOptions;
  readonly #speed = diskSpeed();

  constructor(root: string, options: WalkOptions) {
    this.#root = root;
    this.#options = options;
  }

  async enterRoot(): Promise<Level> {
    const names = await namesIn(this.#root);
    if (names === undefined) throw readError(this.#root, { code: 'ENOENT' });
    const root = { path: '', rawPath: undefined, included: undefined, excluded: undefined };
    return levelOf(root, names);
  }

  async enter(directory: Directory, { size }: BigIntStats): Promise<Level> {
    const file = this.#fileOf(directory);
    const isQuick = this.#speed.isFast && size <= smallDirectory;
    const names = isQuick ? this.#speed.measure(1, () => namesNow(file)) : await namesIn(file);
    // A directory that was removed meanwhile has no content.
    return levelOf(directory, names ?? []);
  }

  /** Reads the next entries of a directory; false if there are none. */
  async readMore(level: Level): Promise<boolean> {
    const isFast = this.#speed.isFast;
    const candidates = this.#nextCandidates(level, isFast ? inOneGo : together);
    if (candidates.length === 0) return false;
    const entries = isFast
      ? this.#speed.measure(candidates.length, () => candidates.map((one) => this.#entryNow(one)))
      : await Promise.all(candidates.map((one) => this.#entryOf(one)));
    if (!isFast) this.#speed.skip(candidates.length);
    level.done = 0;
    level.read = candidates.flatMap((candidate, i) => {
      const entry = entries[i];
      return entry ? [{ candidate, entry }] : [];
    });
    return true;
  }

  #nextCandidates(level: Level, most: number): readonly Candidate[] {
    const candidates: Candidate[] = [];
    while (candidates.length < most && level.taken < level.names.length) {
      const candidate = candidateOf(
        level.directory,
        level.names[level.taken++] ?? '',
        this.#options,
      );
      if (candidate.isKept || candidate.isEntered) candidates.push(candidate);
    }
    return candidates;
  }

  #entryNow(candidate: Candidate): ContextEntry | undefined {
    const file = this.#fileOf(candidate);
    const stats = statsNow(file);
    const entry = stats && entryOf(candidate, stats);
    return entry?.kind === 'link' ? linkTo(entry, targetNow(file)) : entry;
  }

  async #entryOf(candidate: Candidate): Promise<ContextEntry | undefined> {
    const file = this.#fileOf(candidate);
    const stats = await statsOf(file);
    const entry = stats && entryOf(candidate, stats);
    return entry?.kind === 'link' ? linkTo(entry, await targetOf(file)) : entry;
  }

  #fileOf({ path, rawPath }: Directory): string | Buffer {
    return fileOf(this.#root, rawPath ?? path);
  }
}

function levelOf(directory: Directory, names: string[]): Level {
  // Their characters are bytes.
  return { directory, names: names.sort(), taken: 0, read: [], done: 0, pending: undefined };
}

function entryOf({ path, rawPath }: Candidate, stats: BigIntStats): ContextEntry {
  return { path, rawPath, kind: kindOf(stats.mode), stats, target: undefined };
}

/** Undefined if the link was removed meanwhile. */
function linkTo(entry: ContextEntry, target: Buffer | undefined): ContextEntry | undefined {
  return target && { ...entry, target };
}

function candidateOf(at: Directory, name: string, { include, exclude }: WalkOptions): Candidate {
  const { path, rawPath } = pathsOf(at, name);
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
    rawPath,
    included,
    excluded,
    isKept: isIncluded && !isExcluded,
    isEntered:
      (isIncluded || include?.mayMatch(path) !== false) &&
      (!isExcluded || exclude?.mayInclude(path) === true),
  };
}

function isAscii(name: string): boolean {
  for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) > 0x7f) return false;
  return true;
}

function below(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`;
}

/** The path of an entry as text, and its bytes if they are not valid UTF-8. */
function pathsOf(at: Directory, name: string): Pick<Candidate, 'path' | 'rawPath'> {
  if (at.rawPath === undefined && isAscii(name))
    return { path: below(at.path, name), rawPath: undefined };
  const bytes = Buffer.from(name, 'latin1');
  const text = bytes.toString();
  const path = below(at.path, text);
  if (at.rawPath === undefined && Buffer.from(text).equals(bytes))
    return { path, rawPath: undefined };
  const parent = at.rawPath ?? Buffer.from(at.path);
  return { path, rawPath: parent.length === 0 ? bytes : Buffer.concat([parent, slash, bytes]) };
}

const slash = Buffer.from('/');
