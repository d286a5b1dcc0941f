/** The lines of an ignore file with their places in the text, read as `ignorefile.ReadAll` of moby/patternmatcher does. */
import { cleanPath } from '../text/path.ts';
import type { Span } from '../text/span.ts';

export interface IgnoreLine {
  /** From 0. Only `\n` ends a line. */
  readonly number: number;
  /** Without the line break. */
  readonly span: Span;
  readonly kind: 'blank' | 'comment' | 'pattern';
  /** Whether Docker rejects the whole file because of the length of this line. */
  readonly isTooLong: boolean;
  /** Without the whitespace around it, and without a byte order mark at the start of the file. */
  readonly content: Span;
  /** Whether it begins with `!`. */
  readonly isException: boolean;
  /** The path after `!`, as it is written. */
  readonly path: Span;
  /** In the form that Docker matches: without whitespace, clean, relative to the context. Empty unless it is a pattern. */
  readonly pattern: string;
}

/** Go's bufio.Scanner rejects a file with a line of this number of bytes. */
const tooLong = 64 * 1024;

/** All lines of the file; a text always has one. */
export function ignoreLines(text: string): readonly IgnoreLine[] {
  const lines: IgnoreLine[] = [];
  let start = 0;
  for (let number = 0; ; number++) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    lines.push(lineOf(text, number, { start, end }));
    if (found < 0) return lines;
    start = found + 1;
  }
}

function lineOf(text: string, number: number, { start, end }: Span): IgnoreLine {
  const from = start === 0 && text.startsWith('\ufeff') ? 1 : start;
  const content = trimmed(text, { start: from, end });
  const isBlank = content.start === content.end;
  const kind = text.charAt(from) === '#' && from < end ? 'comment' : isBlank ? 'blank' : 'pattern';
  const isException = kind === 'pattern' && text.charAt(content.start) === '!';
  const path = isException ? trimmed(text, { ...content, start: content.start + 1 }) : content;
  return {
    number,
    span: { start, end },
    kind,
    isTooLong: isTooLong(text, { start: from, end }),
    content,
    isException,
    path,
    pattern: kind === 'pattern' ? patternOf(text.slice(path.start, path.end), isException) : '',
  };
}

function isTooLong(text: string, { start, end }: Span): boolean {
  // A UTF-16 code unit is at most three bytes of UTF-8.
  if ((end - start) * 3 < tooLong) return false;
  return new TextEncoder().encode(text.slice(start, end)).length >= tooLong;
}

function patternOf(path: string, isException: boolean): string {
  return `${isException ? '!' : ''}${path === '' ? '' : relative(cleanPath(path))}`;
}

function relative(path: string): string {
  return path.length > 1 && path.startsWith('/') ? path.slice(1) : path;
}

/** The characters that Go's `unicode.IsSpace` accepts, which are not those of JavaScript. */
const space =
  '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000';

/** As Go's `strings.TrimSpace`. */
export function trimSpace(text: string): string {
  const { start, end } = trimmed(text, { start: 0, end: text.length });
  return text.slice(start, end);
}

function trimmed(text: string, { start, end }: Span): Span {
  let first = start;
  let last = end;
  while (first < last && space.includes(text.charAt(first))) first++;
  while (last > first && space.includes(text.charAt(last - 1))) last--;
  return { start: first, end: last };
}
