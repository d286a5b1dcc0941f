/** Substitutions in a word: `$(…)`, backticks, `<(…)` and `${ …; }`. */
import type { Statement } from '../script.ts';
import { DirectSource, unquotedSource, type Source } from '../source.ts';
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
import { endHeredocs } from './pending-heredocs.ts';
import { Reader } from './reader.ts';

/** Reads a script up to its `)`; the `(` has been read. If it is not closed, the error is at `start`. */
export function readSubstitution(reader: Reader, start: number): void {
  const { variables, scripts, expands, quoted, heredocs, isEnclosed } = reader;
  reader.heredocs = [];
  reader.isEnclosed = true;
  reader.quoted = false;
  const found = reader.grammar.body(reader, CLOSE_PAREN);
  endHeredocs(reader);
  if (reader.code(reader.at) === CLOSE_PAREN) reader.at++;
  else reader.addError(start);
  reader.variables = variables;
  reader.scripts = scripts;
  reader.expands = expands;
  reader.quoted = quoted;
  reader.heredocs = heredocs;
  reader.isEnclosed = isEnclosed;
  addScripts(reader, found);
}

function addScripts(reader: Reader, found: readonly Statement[]): void {
  reader.expands = true;
  if (found.length === 0) return;
  reader.substitutions++;
  if (reader.scripts === undefined) reader.scripts = [...found];
  else for (const one of found) reader.scripts.push(one);
}

/**
 * `` `…` ``, from the first backtick on. A backslash in it escapes `$`, `` ` ``, itself, and in quotes also double
 * quotes.
 */
export function readBackticks(reader: Reader, inQuotes: boolean): void {
  const { text, end } = reader;
  const start = reader.at;
  let at = start + 1;
  let isPlain = true;
  while (at < end && text.charCodeAt(at) !== BACKTICK) {
    const isEscape = text.charCodeAt(at) === BACKSLASH;
    if (isEscape) isPlain = false;
    at += isEscape ? 2 : 1;
  }
  const close = Math.min(at, end);
  if (at >= end) reader.addError(start);
  reader.at = Math.min(at + 1, end);
  const written = text.slice(start + 1, close);
  const source = innerSource(reader, start, {
    end: close,
    text: isPlain ? written : unescapeBackticks(written, inQuotes),
  });
  if (source === undefined) reader.expands = true;
  else parseSeparately(reader, source);
}

/** The text after the character at `start`, as a source for its place in the document. */
function innerSource(
  { source }: Reader,
  start: number,
  { end, text }: { readonly end: number; readonly text: string },
): Source | undefined {
  if (source.raw(start + 1, end) === text)
    return new DirectSource({ at: source.span(start + 1, end).start, text });
  return unquotedSource({ at: source.span(start, end).start, text: source.raw(start, end) }, text);
}

function unescapeBackticks(written: string, inQuotes: boolean): string {
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
function parseSeparately(reader: Reader, source: Source): void {
  const { grammar, errors, depth } = reader;
  const inner = new Reader(source, grammar, errors, depth);
  const found = grammar.body(inner, -1);
  endHeredocs(inner);
  addScripts(reader, found);
}

/** `${ …; }` and `${|…; }` of recent shells, from the `$` on. */
export function readBraceSubstitution(reader: Reader): void {
  const { text, end } = reader;
  const start = reader.at;
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
  if (at >= end) reader.addError(start);
  reader.at = Math.min(close + 1, end);
  const from = Math.min(start + 2 + (text[start + 2] === '|' ? 1 : 0), close);
  const source = innerSource(reader, from - 1, { end: close, text: text.slice(from, close) });
  if (source === undefined) reader.expands = true;
  else parseSeparately(reader, source);
}
