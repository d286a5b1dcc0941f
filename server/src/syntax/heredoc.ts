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
  noteLength,
  type Reading,
  skipSpace,
  spanOf,
} from './lexer.ts';
import type { Heredoc, Variable, Word } from './tree.ts';
import { type Scan, scan, scanAll, scanDollar, scanUntil } from './variables.ts';
import { noteTrouble } from './words.ts';
import { trouble } from './trouble.ts';

const noPlace = (): Span => ({ start: 0, end: 0 });
const none: readonly Variable[] = [];
const noHeredocs: readonly Heredoc[] = [];

interface Mark {
  /** Where the name begins in the word. */
  readonly nameAt: number;
  readonly name: string;
  readonly chomp: boolean;
  readonly expands: boolean;
}

/** Whether a quote quotes something: it does unless it is escaped. */
function isQuoted(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === SINGLE_QUOTE || code === DOUBLE_QUOTE) return true;
    if (code === BACKSLASH) i++;
  }
  return false;
}

/**
 * What a word says of a heredoc: digits, `<<`, perhaps `-`, perhaps blanks, and a name (BuildKit parser.go,
 * ParseHeredoc). The escape character is always the backslash here, whatever the directive says.
 */
export function heredocMark(raw: string): Mark | undefined {
  let at = 0;
  while (isDigit(raw.charCodeAt(at))) at++;
  if (!raw.startsWith('<<', at)) return undefined;
  at += 2;
  const chomp = raw.charAt(at) === '-';
  if (chomp) at++;
  at = skipSpace(raw, at, raw.length);
  const rest = raw.slice(at);
  if (rest === '' || rest.includes('<')) return undefined;
  const s = scan(rest, 0, rest.length, BACKSLASH, noPlace);
  scanAll(s);
  if (s.trouble !== undefined || s.out === '') return undefined;
  return { nameAt: at, name: s.out, chomp, expands: !isQuoted(rest) };
}

/** Where quotes, escapes and variables end; -1 where BuildKit gives up and finds no heredoc in the whole line. */
function stepOver(s: Scan): number {
  const code = s.text.charCodeAt(s.at);
  if (code === BACKSLASH) return Math.min(s.at + 2, s.end);
  if (code === DOLLAR) return scanDollar(s) ? s.at : -1;
  // Blanks behind `<<` belong to the word.
  if (code === LESS) return skipSpace(s.text, s.at + 2, s.end);
  const inside = scan(s.text, s.at, s.end, BACKSLASH, noPlace);
  inside.at++;
  if (code === SINGLE_QUOTE) {
    const close = s.text.indexOf("'", inside.at);
    return close < 0 ? -1 : close + 1;
  }
  return scanQuoted(inside) ? inside.at : -1;
}

/** Inside double quotes, whose opening one has been read. */
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

/** Words as the shell lexer splits a line when it looks for heredocs: quotes and escapes stay (heredocsFromLine). */
function shellRanges(text: string): readonly number[] {
  const ranges: number[] = [];
  const s = scan(text, 0, text.length, BACKSLASH, noPlace);
  let start = -1;
  while (s.at < text.length) {
    const from = s.at;
    const code = text.charCodeAt(from);
    const special = isSpecial(text, from);
    const to = special ? stepOver(s) : from + 1;
    if (to < 0) return [];
    s.at = to;
    // White space splits, also the one within `${…}`; quoted and escaped white space does not.
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

/** Reads lines up to the end mark (BuildKit parser.go, Parse). */
function readBody(reading: Reading, name: string, chomp: boolean): Body {
  const { document } = reading;
  const start = reading.next;
  while (reading.next < document.length) {
    const from = reading.next;
    const eol = nextBreak(document, from);
    const end = lineEnd(document, from, eol);
    noteLength(reading, from, eol);
    reading.next = Math.min(eol + 1, document.length);
    let at = from;
    if (chomp) while (at < end && document.charCodeAt(at) === TAB) at++;
    if (end - at === name.length && document.startsWith(name, at)) {
      return { body: { start, end: from }, terminator: { start: at, end } };
    }
  }
  return { body: { start, end: document.length }, terminator: undefined };
}

/** Variables in the body of a COPY or ADD heredoc; quotes mean nothing there (BuildKit convert.go, ExpandRaw). */
function bodyVariables(reading: Reading, body: Span, checked: boolean): readonly Variable[] {
  const first = reading.document.indexOf('$', body.start);
  if (first < 0 || first >= body.end) return none;
  const place = (start: number, end: number): Span => ({ start, end });
  const s = scan(reading.document, body.start, body.end, BACKSLASH, place, false);
  scanUntil(s, -1);
  noteTrouble(s, checked ? reading.errors : undefined);
  return s.found;
}

/**
 * The heredocs that a line opens, their bodies read from the lines below it.
 * `expanding`: variables count in unquoted ones; `checked`: wrong ones are errors.
 */
export function readHeredocs(
  reading: Reading,
  line: Line,
  expanding: boolean,
  checked: boolean,
): readonly Heredoc[] {
  const text = line.text.slice(line.from, line.to);
  if (!text.includes('<<')) return noHeredocs;
  const heredocs: Heredoc[] = [];
  const ranges = shellRanges(text);
  let open = false;
  for (let i = 0; i + 1 < ranges.length; i += 2) {
    const from = line.from + (ranges[i] ?? 0);
    const to = line.from + (ranges[i + 1] ?? 0);
    const raw = line.text.slice(from, to);
    const mark = heredocMark(raw);
    if (mark === undefined) continue;
    const { body, terminator } = readBody(reading, mark.name, mark.chomp);
    const span = spanOf(line, from, to);
    // What stands behind an end mark that is missing belongs to the heredoc: one error says it.
    if (terminator === undefined && !open) {
      open = true;
      reading.errors.push(trouble('unterminated-heredoc', { span }, mark.name));
    }
    heredocs.push({
      span,
      name: nameWord(line, from + mark.nameAt, to, mark.name),
      expands: mark.expands,
      chomp: mark.chomp,
      body,
      ...(terminator && { terminator }),
      variables: expanding && mark.expands ? bodyVariables(reading, body, checked) : none,
    });
  }
  return heredocs;
}

function nameWord(line: Line, from: number, to: number, text: string): Word {
  const raw = line.text.slice(from, to);
  const first = raw.charAt(0);
  const quoted = (first === '"' || first === "'") && raw === first + text + first;
  const word = { span: spanOf(line, from, to), raw, text, variables: none };
  return quoted ? { ...word, quote: first } : word;
}
