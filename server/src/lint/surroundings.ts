/** What lies around a Dockerfile, as far as rules look: what its build context leaves out. Read from no disk here. */

/** The folder of a Dockerfile, taken for its build context. */
export interface Surroundings {
  /**
   * What keeps files out of the context: the file of this folder, `none` where there is none in it or above it, and
   * `elsewhere` where one lies in a folder above, which may be the context.
   */
  readonly ignoreFile: IgnoreFile | 'none' | 'elsewhere';
}

export interface IgnoreFile {
  /** `.dockerignore`, or `<Dockerfile>.dockerignore`, which goes before it. */
  readonly name: string;
  /** Whether a pattern with `!` takes files in again. */
  readonly hasExceptions: boolean;
  /** Whether a path of the context is left out, itself or with a folder above it. */
  leavesOut(path: string): boolean;
}

/** The names of the files that say what a Dockerfile of this name leaves out; the first that exists holds. */
export function ignoreFileNames(dockerfile: string): readonly [string, string] {
  return [`${dockerfile}.dockerignore`, '.dockerignore'];
}

interface Pattern {
  readonly isException: boolean;
  readonly matches: (path: string) => boolean;
}

/** The text of such a file, read as moby/patternmatcher does; with a pattern that it refuses, it leaves nothing out. */
export function ignoreFile(name: string, text: string): IgnoreFile {
  const patterns: Pattern[] = [];
  let isRefused = false;
  for (const line of text.replace(/^\ufeff/, '').split('\n')) {
    if (line.startsWith('#') || line.trim() === '') continue;
    const read = patternOf(line.trim());
    if (read === undefined) isRefused = true;
    else patterns.push(read);
  }
  return {
    name,
    hasExceptions: patterns.some(({ isException }) => isException),
    leavesOut: (path) => !isRefused && leavesOut(patterns, cleaned(path)),
  };
}

/** MatchesOrParentMatches. */
function leavesOut(patterns: readonly Pattern[], path: string): boolean {
  const parts = path.split('/');
  const paths = [path, ...parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('/'))];
  let isOut = false;
  for (const { isException, matches } of patterns) {
    if (paths.some(matches)) isOut = !isException;
  }
  return isOut;
}

function patternOf(line: string): Pattern | undefined {
  const isException = line.startsWith('!');
  if (isException && line.length === 1) return undefined;
  const pattern = cleaned(isException ? line.slice(1).trim() : line).replace(/^\/(?=.)/, '');
  try {
    const written = new RegExp(`^${expression(pattern)}$`, 'su');
    return { isException, matches: (path) => written.test(path) };
  } catch {
    // A class that is never closed, or that ends before it begins.
    return undefined;
  }
}

const pieces = /\*\*\/?|\*|\?|\\(.)|\[(\^?)([^\]]+)\]|(.)/gsu;

/** `**` is any number of folders, `*` and `?` stay in one. */
function expression(pattern: string): string {
  let written = '';
  for (const { 0: piece, 1: escaped, 2: not = '', 3: set, index } of pattern.matchAll(pieces)) {
    if (piece.startsWith('**')) {
      written += index + piece.length === pattern.length ? '.*' : '(?:.*/)?';
    } else if (piece === '*') written += '[^/]*';
    else if (piece === '?') written += '[^/]';
    else if (set !== undefined) written += `[${not}${set.replaceAll('\\', '\\\\')}]`;
    else if (escaped !== undefined) written += literal(escaped);
    else written += piece === '[' ? piece : literal(piece);
  }
  return written;
}

function literal(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, String.raw`\$&`);
}

/** Go's filepath.Clean: no empty parts, no `.`, `..` taken back where there is something to take back. */
export function cleaned(path: string): string {
  const kept: string[] = [];
  const isRooted = path.startsWith('/');
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!isRooted) kept.push(part);
  }
  return `${isRooted ? '/' : ''}${kept.join('/')}` || '.';
}
