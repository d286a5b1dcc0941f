/** Sources of COPY and ADD as patterns of paths in the context (BuildKit, cache/contenthash, `Wildcard`). */
import { cleanPath } from '../text/path.ts';
import { expressionOf } from './expression.ts';
import { isMatch } from './expression-match.ts';

/** What a source names: one path, or those that match a pattern. */
export interface SourcePattern {
  /** Without a slash at the start; empty for the whole context. */
  readonly path: string;
  readonly hasWildcards: boolean;
  /** Whether it names this path itself. */
  matches(path: string): boolean;
}

/**
 * Undefined if the pattern is invalid, so that nothing can be said about it. With `--parents`, `**` matches any number of
 * directories; otherwise it is the same as `*`.
 */
export function sourcePattern(source: string, hasParents = false): SourcePattern | undefined {
  // A rooted path cannot leave the context: `..` at its start is dropped.
  const path = cleanPath(`/${source}`).slice(1);
  if (!/[*?[\\]/.test(path)) return { path, hasWildcards: false, matches: (one) => one === path };
  const expression = expressionOf(`^${expressionSource(path, hasParents)}$`);
  return (
    expression && {
      path,
      hasWildcards: true,
      matches: (one) => isMatch(expression, one),
    }
  );
}

/** A pattern of Go's `filepath.Match`, and `**` of `COPY --parents`, as an expression. */
function expressionSource(pattern: string, hasParents: boolean): string {
  let source = '';
  const characters = Array.from(pattern);
  for (let i = 0; i < characters.length; i++) {
    const character = characters[i] ?? '';
    if (hasParents && character === '*' && characters[i + 1] === '*') {
      i += characters[i + 2] === '/' ? 2 : 1;
      source += characters[i] === '/' ? '(.*/)?' : '.*';
    } else if (character === '*') {
      while (characters[i + 1] === '*') i++;
      source += '[^/]*';
    } else if (character === '?') source += '[^/]';
    else if (character === '[') {
      const end = classEnd(characters, i);
      source += characters.slice(i, end + 1).join('');
      i = end;
    } else if (character === '\\') source += literal(characters[++i] ?? '\\');
    else source += literal(character);
  }
  return source;
}

function classEnd(characters: readonly string[], from: number): number {
  let at = from + 1;
  if (characters[at] === '^') at++;
  for (let isFirst = true; at < characters.length; at++, isFirst = false) {
    if (characters[at] === '\\') at++;
    else if (characters[at] === ']' && !isFirst) return at;
  }
  return characters.length - 1;
}

function literal(character: string): string {
  return /^[!-/:-@[-`{-~]$/.test(character) ? `\\${character}` : character;
}
