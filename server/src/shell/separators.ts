/** Separators and errors of a POSIX script. */
import type { Span } from '../text/span.ts';
import type { Script } from './script.ts';
import { BACKSLASH, HASH, NEWLINE, SPACE, TAB } from './posix/characters.ts';
import type { Source } from './source.ts';

/** The first `;`, `&` or line break after each statement, ignoring comments. */
export function separatorsOf(source: Source, ends: readonly number[]): Script['separators'] {
  const { text } = source;
  const found: Script['separators'][number][] = [];
  for (let i = 0; i < ends.length; i++) {
    const at = afterSpace(text, ends[i] ?? text.length);
    const separator = at < text.length ? text[at] : undefined;
    if (separator === ';' || separator === '&' || separator === '\n')
      found.push({ text: separator, span: source.span(at, at + 1) });
    else if (i + 1 < ends.length) found.push({ text: '\n', span: source.span(at, at) });
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
