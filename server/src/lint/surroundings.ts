/** The files around a Dockerfile that rules need: its `.dockerignore`. This module does not read files itself. */

/** The directory of a Dockerfile, which is assumed to be its build context. */
export interface Surroundings {
  /**
   * The ignore file of this directory; `none` if neither it nor a parent has one; `elsewhere` if a parent, which may be
   * the build context, has one.
   */
  readonly ignoreFile: IgnoreFile | 'none' | 'elsewhere';
}

export interface IgnoreFile {
  /** `.dockerignore`, or `<Dockerfile>.dockerignore`, which takes precedence. */
  readonly name: string;
  /** Whether a pattern with `!` includes files again. */
  readonly hasExceptions: boolean;
  /** Whether a path of the context, or one of its parent directories, is excluded. */
  leavesOut(path: string): boolean;
}

/** The names of the ignore files of a Dockerfile; the first one that exists is used. */
export function ignoreFileNames(dockerfile: string): readonly [string, string] {
  return [`${dockerfile}.dockerignore`, '.dockerignore'];
}

interface Pattern {
  readonly isException: boolean;
  readonly matches: (path: string) => boolean;
}

/** Parses an ignore file as moby/patternmatcher does. If it contains an invalid pattern, it excludes nothing. */
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

/** As `MatchesOrParentMatches` of moby/patternmatcher. */
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
    // A character class that is not closed, or whose range is reversed.
    return undefined;
  }
}

const pieces = /\*\*\/?|\*|\?|\\(.)|\[(\^?)([^\]]+)\]|(.)/gsu;

/** `**` matches any number of directories; `*` and `?` match within one. */
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

/** As Go's `filepath.Clean`: removes empty parts and `.`, and resolves `..` where possible. */
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
