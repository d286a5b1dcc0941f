import type { Span } from '../text/span.ts';
import {
  BACKSLASH,
  DOLLAR,
  DOUBLE_QUOTE,
  isDigit,
  isSpace,
  LESS,
  SINGLE_QUOTE,
  TAB,
} from './characters.ts';
import {
  type Line,
  lineEnd,
  nextBreak,
  checkLineLength,
  type Reader,
  skipSpace,
  spanOf,
  surelyShort,
} from './lexer.ts';
import type { Heredoc, Variable, Word } from './tree.ts';
import { type Scan, scan, scanAll, scanDollar, scanUntil } from './variables.ts';
import { addTrouble, isPlain } from './words.ts';
import { withoutRoom } from '../text/exact-array.ts';
import { trouble } from './trouble.ts';

const emptySpan = (): Span => ({ start: 0, end: 0 });
const noVariables: readonly Variable[] = [];
const noHeredocs: readonly Heredoc[] = [];

interface HeredocOpener {
  /** Where the name begins in the word. */
  readonly nameAt: number;
  readonly name: string;
  readonly chomp: boolean;
  readonly expands: boolean;
}

/** Whether a text contains a quote that is not escaped. */
function hasQuote(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === SINGLE_QUOTE || code === DOUBLE_QUOTE) return true;
    if (code === BACKSLASH) i++;
  }
  return false;
}

/**
 * Parses a word as the start of a heredoc: digits, `<<`, optionally `-`, optionally whitespace, and a name (BuildKit
 * parser.go, ParseHeredoc). The escape character is always the backslash here, whatever the directive says.
 */
export function parseHeredocOpener(raw: string): HeredocOpener | undefined {
  let at = 0;
  while (isDigit(raw.charCodeAt(at))) at++;
  if (!raw.startsWith('<<', at)) return undefined;
  at += 2;
  const chomp = raw.charAt(at) === '-';
  if (chomp) at++;
  at = skipSpace(raw, at, raw.length);
  const rest = raw.slice(at);
  if (rest === '' || rest.includes('<')) return undefined;
  if (isPlain(rest, 0, rest.length, BACKSLASH))
    return { nameAt: at, name: rest, chomp, expands: true };
  const s = scan(rest, 0, rest.length, BACKSLASH, emptySpan);
  scanAll(s);
  if (s.trouble !== undefined || s.unquoted === '') return undefined;
  return { nameAt: at, name: s.unquoted, chomp, expands: !hasQuote(rest) };
}

/** The index after a quote, an escape or a variable; -1 if BuildKit then finds no heredoc in the whole line. */
function stepOver(s: Scan): number {
  const code = s.text.charCodeAt(s.at);
  if (code === BACKSLASH) return Math.min(s.at + 2, s.end);
  if (code === DOLLAR) return scanDollar(s) ? s.at : -1;
  // Whitespace after `<<` belongs to the word.
  if (code === LESS) return skipSpace(s.text, s.at + 2, s.end);
  const inside = scan(s.text, s.at, s.end, BACKSLASH, emptySpan);
  inside.at++;
  if (code === SINGLE_QUOTE) {
    const close = s.text.indexOf("'", inside.at);
    return close < 0 ? -1 : close + 1;
  }
  return scanQuoted(inside) ? inside.at : -1;
}

/** Scans to the end of double quotes; the opening quote has been read. */
function scanQuoted(s: Scan): boolean {
  while (s.at < s.end) {
    const code = s.text.charCodeAt(s.at);
    if (code === DOUBLE_QUOTE) {
      s.at++;
      return true;
    }
    if (code === DOLLAR) {
      if (!scanDollar(s)) return false;
    } else if (code === BACKSLASH) {
      const next = s.text.charCodeAt(s.at + 1);
      s.at += next === DOUBLE_QUOTE || next === DOLLAR || next === BACKSLASH ? 2 : 1;
    } else s.at++;
  }
  return false;
}

function isSpecial(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (
    code === BACKSLASH ||
    code === DOLLAR ||
    code === SINGLE_QUOTE ||
    code === DOUBLE_QUOTE ||
    (code === LESS && text.charCodeAt(at + 1) === LESS)
  );
}

/**
 * The words into which the shell lexer splits a line to find heredocs; quotes and escapes are kept (heredocsFromLine).
 */
function shellRanges(text: string): readonly number[] {
  const ranges: number[] = [];
  const s = scan(text, 0, text.length, BACKSLASH, emptySpan);
  let start = -1;
  while (s.at < text.length) {
    const from = s.at;
    const code = text.charCodeAt(from);
    const special = isSpecial(text, from);
    const to = special ? stepOver(s) : from + 1;
    if (to < 0) return [];
    s.at = to;
    // Whitespace splits words, also within `${…}`, unless it is quoted or escaped.
    const splits = !special || code === DOLLAR;
    for (let i = from; i < to; i++) {
      const space = splits && isSpace(text.charCodeAt(i));
      if (!space && start < 0) start = i;
      if (!space || start < 0) continue;
      ranges.push(start, i);
      start = -1;
    }
  }
  if (start >= 0) ranges.push(start, text.length);
  return ranges;
}

interface Body {
  readonly body: Span;
  readonly terminator: Span | undefined;
}

/** Reads lines up to the terminator (BuildKit parser.go, Parse). */
function readBody(reader: Reader, name: string, chomp: boolean): Body {
  const { document } = reader;
  const start = reader.next;
  while (reader.next < document.length) {
    const from = reader.next;
    const eol = nextBreak(document, from);
    const end = lineEnd(document, from, eol);
    if (eol - from > surelyShort) checkLineLength(reader, from, eol);
    reader.next = Math.min(eol + 1, document.length);
    let at = from;
    if (chomp) while (at < end && document.charCodeAt(at) === TAB) at++;
    if (end - at === name.length && document.startsWith(name, at)) {
      return { body: { start, end: from }, terminator: { start: at, end } };
    }
  }
  return { body: { start, end: document.length }, terminator: undefined };
}

/** Variables in the body of a COPY or ADD heredoc. Quotes have no meaning there (BuildKit convert.go, ExpandRaw). */
function bodyVariables(reader: Reader, body: Span, checked: boolean): readonly Variable[] {
  // The whole rest of the document would be searched otherwise, for each of many heredocs.
  if (!reader.document.slice(body.start, body.end).includes('$')) return noVariables;
  const place = (start: number, end: number): Span => ({ start, end });
  const s = scan(reader.document, body.start, body.end, BACKSLASH, place, false);
  scanUntil(s, -1);
  addTrouble(s, checked ? reader.errors : undefined);
  return withoutRoom(s.found);
}

/**
 * Reads the heredocs that a line opens; their bodies are on the lines below it. `expanding`: whether variables in
 * unquoted heredocs are expanded; `checked`: whether invalid variables are errors.
 */
export function readHeredocs(
  reader: Reader,
  line: Line,
  expanding: boolean,
  checked: boolean,
): readonly Heredoc[] {
  const text = line.text.slice(line.from, line.to);
  if (!text.includes('<<')) return noHeredocs;
  const heredocs: Heredoc[] = [];
  const ranges = shellRanges(text);
  let isUnterminated = false;
  for (let i = 0; i + 1 < ranges.length; i += 2) {
    const from = line.from + (ranges[i] ?? 0);
    const to = line.from + (ranges[i + 1] ?? 0);
    const raw = line.text.slice(from, to);
    const opener = parseHeredocOpener(raw);
    if (opener === undefined) continue;
    const { body, terminator } = readBody(reader, opener.name, opener.chomp);
    const span = spanOf(line, from, to);
    // Everything after a missing terminator belongs to the heredoc, so one error is enough.
    if (terminator === undefined && !isUnterminated) {
      isUnterminated = true;
      reader.errors.push(trouble('unterminated-heredoc', { span }, opener.name));
    }
    heredocs.push({
      span,
      name: nameWord(line, from + opener.nameAt, to, opener.name),
      expands: opener.expands,
      chomp: opener.chomp,
      body,
      terminator,
      variables: expanding && opener.expands ? bodyVariables(reader, body, checked) : noVariables,
    });
  }
  return withoutRoom(heredocs);
}

function nameWord(line: Line, from: number, to: number, text: string): Word {
  const raw = line.text.slice(from, to);
  const first = raw.charAt(0);
  const isQuoted = (first === '"' || first === "'") && raw === first + text + first;
  const quote = isQuoted ? first : undefined;
  return { span: spanOf(line, from, to), raw, text, variables: noVariables, quote };
}
