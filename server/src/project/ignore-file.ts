/** Reads `.dockerignore` files. */
import type { IgnoreFile } from '../lint/surroundings.ts';
import { cleanPath } from '../text/path.ts';

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
    excludes: (path) => !isRefused && leavesOut(patterns, cleanPath(path)),
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
  const pattern = cleanPath(isException ? line.slice(1).trim() : line).replace(/^\/(?=.)/, '');
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
