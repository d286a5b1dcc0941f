/** Bodies of heredocs, which come after the line that opens them. */
import {
  BACKSLASH,
  BACKTICK,
  DOLLAR,
  DOUBLE_QUOTE,
  NEWLINE,
  QUOTE,
  TAB,
  breaks,
  kindsOf,
} from './characters.ts';
import { none, type Heredoc, type Reading } from './reading.ts';
import { backtick } from './substitutions.ts';
import { Verbatim } from './word.ts';
import { begin } from './words.ts';

/** Skips line breaks and, after the first of them, the bodies of pending heredocs; returns the next character. */
export function newlines(reading: Reading): number {
  let code = reading.next();
  while (code === NEWLINE) {
    reading.at++;
    if (reading.heredocs.length > 0) bodies(reading);
    code = reading.next();
  }
  return code;
}

function bodies(reading: Reading): void {
  const waiting = reading.heredocs;
  reading.heredocs = [];
  for (const heredoc of waiting) {
    const start = reading.at;
    const end = stepOver(reading, heredoc);
    heredoc.redirect.body = heredoc.quoted
      ? new Verbatim(reading.source, { start, end })
      : expanded(reading, start, end);
  }
}

/** Skips the body of a heredoc and its last line; returns where the body ends. */
function stepOver(reading: Reading, { delimiter, quoted, strips }: Heredoc): number {
  const { text, end } = reading;
  let isContinued = false;
  while (reading.at < end) {
    const line = reading.at;
    const found = text.indexOf('\n', line);
    const lineEnd = found < 0 || found > end ? end : found;
    const next = Math.min(lineEnd + 1, end);
    let start = line;
    if (strips) while (start < lineEnd && text.charCodeAt(start) === TAB) start++;
    if (!isContinued && text.startsWith(delimiter, start)) {
      const behind = start + delimiter.length;
      if (behind === lineEnd) {
        reading.at = next;
        return line;
      }
      // The end of a substitution also ends the heredocs in it.
      if (reading.enclosed && behind < lineEnd && text.slice(behind, lineEnd).includes(')')) {
        reading.at = behind;
        return line;
      }
    }
    isContinued = !quoted && endsInBackslash(text, line, lineEnd);
    reading.at = next;
  }
  return end;
}

function endsInBackslash(text: string, start: number, end: number): boolean {
  let at = end;
  while (at > start && text.charCodeAt(at - 1) === BACKSLASH) at--;
  return (end - at) % 2 === 1;
}

/** A body with its variables and substitutions. Quotes in it are ordinary characters. */
function expanded(reading: Reading, start: number, end: number): Verbatim {
  const { at, end: whole, text, gaps } = reading;
  const base = gaps.length;
  begin(reading);
  reading.at = start;
  reading.end = end;
  reading.quoted = true;
  while (reading.at < end) {
    const code = text.charCodeAt(reading.at);
    if (code === DOLLAR) reading.grammar.dollar(reading, true);
    else if (code === BACKTICK) backtick(reading, false);
    else reading.at += code === BACKSLASH ? 2 : 1;
  }
  reading.quoted = false;
  reading.at = at;
  reading.end = whole;
  if (gaps.length > base) gaps.length = base;
  const { expands, variables = none, scripts = none } = reading;
  return new Verbatim(
    reading.source,
    { start, end },
    { text: undefined, expands, variables, scripts },
  );
}

/** The delimiter of a heredoc without quotes. If it has any, the body is not expanded. */
export function delimiterOf(reading: Reading): { readonly text: string; readonly quoted: boolean } {
  const { text, end } = reading;
  let value = '';
  let quoted = false;
  while (reading.at < end) {
    const { at } = reading;
    const code = text.charCodeAt(at);
    if ((kindsOf(code) & breaks) !== 0) break;
    if (code === BACKSLASH && reading.code(at + 1) === NEWLINE) reading.at += 2;
    else if (code === BACKSLASH || code === QUOTE || code === DOUBLE_QUOTE) {
      quoted = true;
      value += quotedPart(reading, code);
    } else {
      value += text[at] ?? '';
      reading.at++;
    }
  }
  return { text: value, quoted };
}

function quotedPart(reading: Reading, code: number): string {
  const { text, end, at } = reading;
  if (code === BACKSLASH) {
    reading.at = Math.min(at + 2, end);
    return text.slice(at + 1, reading.at);
  }
  const found = text.indexOf(code === QUOTE ? "'" : '"', at + 1);
  const close = found < 0 || found > end ? end : found;
  reading.at = Math.min(close + 1, end);
  const inner = text.slice(at + 1, close);
  return code === QUOTE ? inner : inner.replace(/\\([$`"\\])/g, '$1');
}
