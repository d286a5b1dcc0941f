/**
 * One pattern of an ignore file, as moby/patternmatcher (patternmatcher.go, `compile` and `match`) understands it: it
 * translates the pattern to a regular expression of Go, whose syntax therefore shows through, as in `\d`.
 */
import { isMatch } from './expression-match.ts';
import { expressionOf } from './expression.ts';

/** Whether a path matches. */
export type Glob = (path: string) => boolean;

/** Whether Go's `filepath.Match` accepts the pattern; Docker rejects an ignore file with any other. */
export function isValidGlob(pattern: string): boolean {
  let at = 0;
  while (at < pattern.length) {
    const character = pattern.charAt(at);
    if (character === '[') {
      at = afterClass(pattern, at + 1);
      if (at < 0) return false;
    } else if (character === '\\') {
      at += 2;
      if (at > pattern.length) return false;
    } else at++;
  }
  return true;
}

/** The offset after a character class whose `[` is before `from`; -1 if it is invalid. */
function afterClass(pattern: string, from: number): number {
  let at = pattern.charAt(from) === '^' ? from + 1 : from;
  for (let count = 0; count === 0 || pattern.charAt(at) !== ']'; count++) {
    at = afterMember(pattern, at);
    if (at >= 0 && pattern.charAt(at) === '-') at = afterMember(pattern, at + 1);
    if (at < 0) return -1;
  }
  return at + 1;
}

function afterMember(pattern: string, from: number): number {
  let at = from;
  const first = pattern.charAt(at);
  if (first === '' || first === '-' || first === ']') return -1;
  if (first === '\\') at++;
  const code = pattern.codePointAt(at);
  if (code === undefined) return -1;
  at += code > 0xffff ? 2 : 1;
  return at < pattern.length ? at : -1;
}

/** Undefined if the regular expression that Docker makes of the pattern is invalid: the build fails when it is used. */
export function globOf(pattern: string): Glob | undefined {
  const { source, kind } = translated(pattern);
  switch (kind) {
    case 'exact':
      return (path) => path === pattern;
    case 'prefix': {
      const start = pattern.slice(0, -2);
      return (path) => path.startsWith(start);
    }
    case 'suffix': {
      // Docker skips a byte order mark when it reads the stars, and then cuts the pattern in the middle of it.
      if (pattern.startsWith('\ufeff')) return () => false;
      const end = pattern.slice(2);
      // `**/foo` matches `foo` too.
      return (path) => path.endsWith(end) || (end.startsWith('/') && path === end.slice(1));
    }
    case 'expression': {
      const expression = expressionOf(`${source}$`);
      if (expression === undefined) return undefined;
      const names = matchesNames(pattern);
      if (names !== undefined) return (path) => names(path) ?? isMatch(expression, path);
      const { start, end } = literalEnds(pattern);
      return (path) => path.startsWith(start) && path.endsWith(end) && isMatch(expression, path);
    }
  }
}

/**
 * For most patterns with a star, such as `*.log`, also in every directory, the end of the path is enough. The result is undefined for
 * paths with a line break, which `**` does not match.
 */
function matchesNames(pattern: string): ((path: string) => boolean | undefined) | undefined {
  const found = /^(\*\*\/)?\*([\w\-. @+=,~%]*)$/.exec(pattern);
  if (found === null) return undefined;
  const [, directories, end = ''] = found;
  return (path) => {
    if (!path.endsWith(end)) return false;
    if (directories === undefined) return !path.includes('/');
    return path.includes('\n') ? undefined : true;
  };
}

/**
 * The text that every match of the pattern starts and ends with, which is much faster to compare than the expression.
 * Empty if the pattern has characters that could have another meaning in it.
 */
function literalEnds(pattern: string): { readonly start: string; readonly end: string } {
  if (/[^\w\-./ @+=,~%*?]/.test(pattern)) return { start: '', end: '' };
  const [start = ''] = /^[^*?]*/.exec(pattern) ?? [];
  const [, end = ''] = /(?:\*\*\/|[*?])?([^*?]*)$/.exec(pattern) ?? [];
  return { start, end };
}

interface Translated {
  readonly source: string;
  readonly kind: 'exact' | 'prefix' | 'suffix' | 'expression';
}

/** Characters that have a meaning in expressions but none in patterns. Docker means to escape `|{}` too, but does not. */
const escaped = '.+()$';

function translated(pattern: string): Translated {
  const characters = Array.from(pattern.replace(/^\ufeff/, ''));
  const parts: string[] = ['^'];
  let kind: Translated['kind'] = 'exact';
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i] ?? '';
    if (character === '*' && characters[i + 1] === '*') {
      const isFirst = i === 0;
      i += characters[i + 2] === '/' ? 2 : 1;
      const isLast = i + 1 >= characters.length;
      if (isLast && kind === 'exact') kind = 'prefix';
      else {
        parts.push(isLast ? '.*' : '(.*/)?');
        kind = 'expression';
      }
      if (isFirst) kind = 'suffix';
    } else if (character === '*' || character === '?') {
      parts.push(character === '*' ? '[^/]*' : '[^/]');
      kind = 'expression';
    } else if (character === '\\') {
      const next = characters[++i];
      parts.push(`\\${next ?? ''}`);
      if (next !== undefined) kind = 'expression';
    } else if (character === '[' || character === ']') {
      parts.push(character);
      kind = 'expression';
    } else parts.push(escaped.includes(character) ? `\\${character}` : character);
  }
  return { source: parts.join(''), kind };
}
