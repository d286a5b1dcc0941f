import type { Span } from '../text/span.ts';
import {
  BACKSLASH,
  DOLLAR,
  DOUBLE_QUOTE,
  EQUALS,
  isDelimiter,
  isSpace,
  SINGLE_QUOTE,
} from './characters.ts';
import { withoutRoom } from '../text/exact-array.ts';
import { type Line, spanOf } from './lexer.ts';
import type { Variable, Word } from './tree.ts';
import type { SyntaxTrouble } from './trouble.ts';
import { mostVariables, type Scan, scan, scanAll, simpleVariableEnd } from './variables.ts';

const none: readonly Variable[] = [];

/** A word whose text is what is written. */
export function plainWord(line: Line, from: number, to: number): Word {
  return writtenWord(spanOf(line, from, to), line.text.slice(from, to));
}

/** The same for a place and a text that exist already. */
export function writtenWord(span: Span, raw: string): Word {
  return { span, raw, text: raw, variables: none, quote: undefined };
}

/** The index of the first equals sign in a range, or its end. */
export function equalsAt(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && text.charCodeAt(at) !== EQUALS) at++;
  return at;
}

/** Whether a text has no quotes, variables and escapes. */
export function isPlain(text: string, from: number, to: number, escape: number): boolean {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === DOLLAR || code === DOUBLE_QUOTE || code === SINGLE_QUOTE || code === escape) {
      return false;
    }
  }
  return true;
}

/** Adds the error of a scan, with its span in the document. */
export function addTrouble(s: Scan, errors: SyntaxTrouble[] | undefined): void {
  if (s.trouble === undefined || errors === undefined) return;
  const { from, to, ...found } = s.trouble;
  errors.push({ ...found, span: s.place(from, to) });
}

/** The quotes around the whole word, if any. */
function quoteOf(raw: string, escape: number): '"' | "'" | undefined {
  const first = raw.charCodeAt(0);
  if (first !== DOUBLE_QUOTE && first !== SINGLE_QUOTE) return undefined;
  const last = raw.length - 1;
  for (let i = 1; i < last; i++) {
    const code = raw.charCodeAt(i);
    if (code === first) return undefined;
    if (code === escape && first === DOUBLE_QUOTE) i++;
  }
  if (last === 0 || raw.charCodeAt(last) !== first) return undefined;
  return first === DOUBLE_QUOTE ? '"' : "'";
}

/**
 * A word that BuildKit expands: quotes and escapes are removed, variables are found, and what BuildKit's shell lexer
 * refuses is reported (frontend/dockerfile/shell/lex.go).
 */
export function expandedWord(
  line: Line,
  from: number,
  to: number,
  errors: SyntaxTrouble[] | undefined,
): Word {
  if (isPlain(line.text, from, to, line.escape.charCodeAt(0))) return plainWord(line, from, to);
  return wordWithNames(line, from, to) ?? scannedWord(line, from, to, errors);
}

/**
 * A word in which each `$` begins `$NAME` or `${NAME}`, and nothing else has a meaning but double quotes around it, as in most
 * words that are not plain; undefined for other words.
 */
function wordWithNames(line: Line, from: number, to: number): Word | undefined {
  const raw = line.text.slice(from, to);
  const isQuoted = raw.length > 1 && raw.startsWith('"') && raw.endsWith('"');
  const text = isQuoted ? raw.slice(1, -1) : raw;
  if (text.includes('"') || text.includes("'") || text.includes(line.escape)) return undefined;
  const lead = isQuoted ? from + 1 : from;
  const variables: Variable[] = [];
  let end = 0;
  for (let at = text.indexOf('$'); at >= 0; at = text.indexOf('$', end)) {
    end = simpleVariableEnd(text, at);
    if (end < 0 || variables.length === mostVariables) return undefined;
    const isBraced = text[at + 1] === '{';
    const nameStart = isBraced ? at + 2 : at + 1;
    const nameEnd = isBraced ? end - 1 : end;
    variables.push({
      span: spanOf(line, lead + at, lead + end),
      name: text.slice(nameStart, nameEnd),
      nameSpan: spanOf(line, lead + nameStart, lead + nameEnd),
    });
  }
  const quote = isQuoted ? '"' : undefined;
  return { span: spanOf(line, from, to), raw, text, variables: withoutRoom(variables), quote };
}

function scannedWord(
  line: Line,
  from: number,
  to: number,
  errors: SyntaxTrouble[] | undefined,
): Word {
  const raw = line.text.slice(from, to);
  const escape = line.escape.charCodeAt(0);
  const span = spanOf(line, from, to);
  const s = scan(raw, 0, raw.length, escape, (a, b) => spanOf(line, from + a, from + b));
  scanAll(s);
  addTrouble(s, errors);
  const found = withoutRoom(s.found);
  if (s.trouble) return word(span, raw, raw, found, undefined);
  const { unquoted } = s;
  const quote = unquoted.length < raw.length ? quoteOf(raw, escape) : undefined;
  return word(span, raw, unquoted, found, quote);
}

function word(
  span: Span,
  raw: string,
  text: string,
  variables: readonly Variable[],
  quote: Word['quote'],
): Word {
  return { span, raw, text, variables, quote };
}

/**
 * A word whose text is already decoded, such as the value of a flag or a JSON string. `indices` contains the index of
 * each character in the line.
 */
export function decodedWord(
  line: Line,
  from: number,
  to: number,
  decoded: string,
  indices: readonly number[] | undefined,
  expands: boolean,
  errors: SyntaxTrouble[] | undefined,
): Word {
  const raw = line.text.slice(from, to);
  const span = spanOf(line, from, to);
  const quote = quoteOf(raw, BACKSLASH);
  if (!expands || isPlain(decoded, 0, decoded.length, line.escape.charCodeAt(0))) {
    return word(span, raw, decoded, none, quote);
  }
  // Without indices, the text is the raw text without its quotes, if it has any.
  const lead = raw.length > decoded.length ? 1 : 0;
  const index = (i: number): number => (indices ? (indices[i] ?? to) : from + lead + i);
  const place = (a: number, b: number): Span =>
    spanOf(line, index(a), b > a ? index(b - 1) + 1 : index(a));
  const s = scan(decoded, 0, decoded.length, line.escape.charCodeAt(0), place);
  scanAll(s);
  addTrouble(s, errors);
  return word(span, raw, decoded, withoutRoom(s.found), quote);
}

/**
 * Words separated by whitespace; quotes do not group (BuildKit line_parsers.go, parseStringsWhitespaceDelimited). The first
 * `expanded` of them are expanded, except for those that `isWritten` is true for.
 */
export function delimitedWords(
  line: Line,
  from: number,
  to: number,
  errors: SyntaxTrouble[] | undefined,
  expanded: number,
  isWritten?: (raw: string) => unknown,
): readonly Word[] {
  const { text } = line;
  const words: Word[] = [];
  let at = from;
  while (at < to) {
    while (at < to && isDelimiter(text.charCodeAt(at))) at++;
    if (at >= to) break;
    const start = at;
    while (at < to && !isDelimiter(text.charCodeAt(at))) at++;
    const expands = words.length < expanded && !isWritten?.(text.slice(start, at));
    words.push(expands ? expandedWord(line, start, at, errors) : plainWord(line, start, at));
  }
  return withoutRoom(words);
}

/** The end of a word in which quotes and escapes group (BuildKit line_parsers.go, parseWords). */
export function quotedEnd(text: string, from: number, to: number, escape: number): number {
  let quote = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
      else if (code === escape && quote !== SINGLE_QUOTE) at++;
    } else if (isSpace(code)) return at;
    else if (code === SINGLE_QUOTE || code === DOUBLE_QUOTE) quote = code;
    else if (code === escape) at++;
  }
  return to;
}
