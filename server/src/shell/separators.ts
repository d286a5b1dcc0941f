/** Separators and errors of a POSIX script. */
import type { Span } from '../text/span.ts';
import type { Script } from './script.ts';
import { BACKSLASH, HASH, NEWLINE, SPACE, TAB } from './posix/characters.ts';
import type { Source } from './source.ts';

type Separator = Script['separators'][number];

/** The first `;`, `&` or line break after each statement, ignoring comments. */
export function separatorsOf(source: Source, ends: readonly number[]): Script['separators'] {
  const { text } = source;
  // Most scripts have one separator or none: an array that grows would have room for many more.
  let found: Separator[] = [];
  for (let i = 0; i < ends.length; i++) {
    const at = afterSpace(text, ends[i] ?? text.length);
    const written = at < text.length ? text[at] : undefined;
    const isSeparator = written === ';' || written === '&' || written === '\n';
    if (!isSeparator && i + 1 >= ends.length) continue;
    const separator: Separator = isSeparator
      ? { text: written, span: source.span(at, at + 1) }
      : { text: '\n', span: source.span(at, at) };
    if (found.length === 0) found = [separator];
    else found.push(separator);
  }
  return found;
}

/** The index after whitespace, line continuations and a comment. */
function afterSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === HASH) return lineEnd(text, at);
    if (code === SPACE || code === TAB) at++;
    else if (code === BACKSLASH && text.charCodeAt(at + 1) === NEWLINE) at += 2;
    else return at;
  }
  return at;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** The span of the character at which an error is reported. */
export function errorAt(source: Source, pos: number): Span {
  const start = Math.min(pos, source.text.length);
  return source.span(start, Math.min(start + 1, source.text.length));
}
