/** Bodies of heredocs, which come after the line that opens them. */
import {
  BACKSLASH,
  BACKTICK,
  DOLLAR,
  DOUBLE_QUOTE,
  NEWLINE,
  QUOTE,
  TAB,
  wordBreak,
  kindsOf,
} from './characters.ts';
import { none, type Heredoc, type Reader } from './reader.ts';
import { readBackticks } from './substitutions.ts';
import { Verbatim } from './word.ts';
import { beginWord } from './words.ts';

/** Skips line breaks and, after the first of them, the bodies of pending heredocs; returns the next character. */
export function skipNewlines(reader: Reader): number {
  let code = reader.next();
  while (code === NEWLINE) {
    reader.at++;
    if (reader.heredocs.length > 0) readBodies(reader);
    code = reader.next();
  }
  return code;
}

function readBodies(reader: Reader): void {
  const pending = reader.heredocs;
  reader.heredocs = [];
  for (const heredoc of pending) {
    const start = reader.at;
    const end = skipBody(reader, heredoc);
    heredoc.redirect.body = heredoc.quoted
      ? new Verbatim(reader.source, { start, end })
      : readExpandedBody(reader, start, end);
  }
}

/** Skips the body of a heredoc and its last line; returns where the body ends. */
function skipBody(reader: Reader, { delimiter, quoted, stripsTabs }: Heredoc): number {
  const { text, end } = reader;
  let isContinued = false;
  while (reader.at < end) {
    const line = reader.at;
    const found = text.indexOf('\n', line);
    const lineEnd = found < 0 || found > end ? end : found;
    const next = Math.min(lineEnd + 1, end);
    let start = line;
    if (stripsTabs) while (start < lineEnd && text.charCodeAt(start) === TAB) start++;
    if (!isContinued && text.startsWith(delimiter, start)) {
      const delimiterEnd = start + delimiter.length;
      if (delimiterEnd === lineEnd) {
        reader.at = next;
        return line;
      }
      // The end of a substitution also ends the heredocs in it.
      if (
        reader.isEnclosed &&
        delimiterEnd < lineEnd &&
        text.slice(delimiterEnd, lineEnd).includes(')')
      ) {
        reader.at = delimiterEnd;
        return line;
      }
    }
    isContinued = !quoted && endsInBackslash(text, line, lineEnd);
    reader.at = next;
  }
  return end;
}

function endsInBackslash(text: string, start: number, end: number): boolean {
  let at = end;
  while (at > start && text.charCodeAt(at - 1) === BACKSLASH) at--;
  return (end - at) % 2 === 1;
}

/** A body with its variables and substitutions. Quotes in it are ordinary characters. */
function readExpandedBody(reader: Reader, start: number, end: number): Verbatim {
  const { at, end: textEnd, text, gaps } = reader;
  const base = gaps.length;
  beginWord(reader);
  reader.at = start;
  reader.end = end;
  reader.quoted = true;
  while (reader.at < end) {
    const code = text.charCodeAt(reader.at);
    if (code === DOLLAR) reader.grammar.dollar(reader, true);
    else if (code === BACKTICK) readBackticks(reader, false);
    else reader.at += code === BACKSLASH ? 2 : 1;
  }
  reader.quoted = false;
  reader.at = at;
  reader.end = textEnd;
  if (gaps.length > base) gaps.length = base;
  const { expands, variables = none, scripts = none } = reader;
  return new Verbatim(
    reader.source,
    { start, end },
    { text: undefined, expands, variables, scripts },
  );
}

/** The delimiter of a heredoc without quotes. If it has any, the body is not expanded. */
export function readDelimiter(reader: Reader): { readonly text: string; readonly quoted: boolean } {
  const { text, end } = reader;
  let value = '';
  let quoted = false;
  while (reader.at < end) {
    const { at } = reader;
    const code = text.charCodeAt(at);
    if ((kindsOf(code) & wordBreak) !== 0) break;
    if (code === BACKSLASH && reader.code(at + 1) === NEWLINE) reader.at += 2;
    else if (code === BACKSLASH || code === QUOTE || code === DOUBLE_QUOTE) {
      quoted = true;
      value += readQuotedPart(reader, code);
    } else {
      value += text[at] ?? '';
      reader.at++;
    }
  }
  return { text: value, quoted };
}

function readQuotedPart(reader: Reader, code: number): string {
  const { text, end, at } = reader;
  if (code === BACKSLASH) {
    reader.at = Math.min(at + 2, end);
    return text.slice(at + 1, reader.at);
  }
  const found = text.indexOf(code === QUOTE ? "'" : '"', at + 1);
  const close = found < 0 || found > end ? end : found;
  reader.at = Math.min(close + 1, end);
  const inner = text.slice(at + 1, close);
  return code === QUOTE ? inner : inner.replace(/\\([$`"\\])/g, '$1');
}
