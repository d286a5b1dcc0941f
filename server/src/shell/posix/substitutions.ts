/** Substitutions in a word: `$(…)`, backticks, `<(…)` and `${ …; }`. */
import type { Statement } from '../script.ts';
import { direct, unquoted, type Source } from '../source.ts';
import {
  BACKSLASH,
  BACKTICK,
  CLOSE_BRACE,
  CLOSE_PAREN,
  DOLLAR,
  DOUBLE_QUOTE,
  OPEN_BRACE,
  QUOTE,
} from './characters.ts';
import { endHeredocs } from './heredoc-ends.ts';
import { Reading } from './reading.ts';

/** Reads a script up to its `)`; the `(` has been read. If it is not closed, the error is at `start`. */
export function substitution(reading: Reading, start: number): void {
  const { variables, scripts, expands, quoted, heredocs, enclosed } = reading;
  reading.heredocs = [];
  reading.enclosed = true;
  reading.quoted = false;
  const found = reading.grammar.body(reading, CLOSE_PAREN);
  endHeredocs(reading);
  if (reading.code(reading.at) === CLOSE_PAREN) reading.at++;
  else reading.error(start);
  reading.variables = variables;
  reading.scripts = scripts;
  reading.expands = expands;
  reading.quoted = quoted;
  reading.heredocs = heredocs;
  reading.enclosed = enclosed;
  runs(reading, found);
}

function runs(reading: Reading, found: readonly Statement[]): void {
  reading.expands = true;
  if (found.length === 0) return;
  if (reading.scripts === undefined) reading.scripts = [...found];
  else for (const one of found) reading.scripts.push(one);
}

/**
 * `` `…` ``, from the first backtick on. A backslash in it escapes `$`, `` ` ``, itself, and in quotes also double
 * quotes.
 */
export function backtick(reading: Reading, inQuotes: boolean): void {
  const { text, end } = reading;
  const start = reading.at;
  let at = start + 1;
  let plain = true;
  while (at < end && text.charCodeAt(at) !== BACKTICK) {
    const isEscape = text.charCodeAt(at) === BACKSLASH;
    if (isEscape) plain = false;
    at += isEscape ? 2 : 1;
  }
  const close = Math.min(at, end);
  if (at >= end) reading.error(start);
  reading.at = Math.min(at + 1, end);
  const written = text.slice(start + 1, close);
  const source = within(reading, start, {
    end: close,
    text: plain ? written : unescaped(written, inQuotes),
  });
  if (source === undefined) reading.expands = true;
  else apart(reading, source);
}

/** The text after the character at `start`, as a source for its place in the document. */
function within(
  { source }: Reading,
  start: number,
  { end, text }: { readonly end: number; readonly text: string },
): Source | undefined {
  if (source.raw(start + 1, end) === text)
    return direct({ at: source.span(start + 1, end).start, text });
  return unquoted({ at: source.span(start, end).start, text: source.raw(start, end) }, text);
}

function unescaped(written: string, inQuotes: boolean): string {
  let text = '';
  for (let at = 0; at < written.length; at++) {
    const code = written.charCodeAt(at);
    if (code === BACKSLASH && at + 1 < written.length) {
      const next = written.charCodeAt(at + 1);
      const isProtected =
        next === DOLLAR ||
        next === BACKTICK ||
        next === BACKSLASH ||
        (inQuotes && next === DOUBLE_QUOTE);
      if (!isProtected) text += '\\';
      at++;
    }
    text += written[at] ?? '';
  }
  return text;
}

/** Parses a separate text, such as the contents of backticks. */
function apart(reading: Reading, source: Source): void {
  const { grammar, errors, depth } = reading;
  const inner = new Reading(source, grammar, { errors, depth });
  const found = grammar.body(inner, -1);
  endHeredocs(inner);
  runs(reading, found);
}

/** `${ …; }` and `${|…; }` of recent shells, from the `$` on. */
export function braceSubstitution(reading: Reading): void {
  const { text, end } = reading;
  const start = reading.at;
  let depth = 1;
  let at = start + 3;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code === OPEN_BRACE) depth++;
    else if (code === CLOSE_BRACE && --depth === 0) break;
    else if (code === BACKSLASH) at++;
    else if (code === QUOTE || code === DOUBLE_QUOTE) {
      const quote = text.indexOf(code === QUOTE ? "'" : '"', at + 1);
      at = quote < 0 ? end : quote;
    }
    at++;
  }
  const close = Math.min(at, end);
  if (at >= end) reading.error(start);
  reading.at = Math.min(close + 1, end);
  const from = Math.min(start + 2 + (text[start + 2] === '|' ? 1 : 0), close);
  const source = within(reading, from - 1, { end: close, text: text.slice(from, close) });
  if (source === undefined) reading.expands = true;
  else apart(reading, source);
}
