/** Reads each word in one pass. */
import type { ShellWord } from '../script.ts';
import {
  BACKSLASH,
  BACKTICK,
  CLOSE_BRACE,
  CLOSE_PAREN,
  DOLLAR,
  DOUBLE_QUOTE,
  GREATER,
  LESS,
  NEWLINE,
  OPEN_BRACE,
  OPEN_PAREN,
  QUOTE,
  SPACE,
  breaks,
  kindsOf,
  patternSign,
  special,
  specialInBraces,
} from './characters.ts';
import { enclosed, processSubstitution } from './enclosed.ts';
import { doubleQuoted, escaped, singleQuoted } from './quotes.ts';
import { none, type Reading } from './reading.ts';
import { backtick } from './substitutions.ts';
import { PosixWord, plain } from './word.ts';

/** The word at the current position. */
export function word(reading: Reading): PosixWord {
  const { text, end } = reading;
  const start = reading.at;
  let at = start;
  let code = -1;
  while (at < end) {
    code = text.charCodeAt(at);
    if ((kindsOf(code) & (breaks | special)) !== 0) break;
    at++;
  }
  reading.at = at;
  const isPlain = at >= end || ((kindsOf(code) & breaks) !== 0 && !goesOn(reading, code, start));
  if (!isPlain) return composed(reading, start, -1);
  reading.last = at;
  return new PosixWord(reading.source, start, at, plain);
}

/** A word with special characters, part of which may have been read. Its value may begin after its start. */
export function composed(reading: Reading, start: number, from: number): PosixWord {
  begin(reading);
  const base = reading.gaps.length;
  pieces(reading, from < 0 ? start : from);
  return finished(reading, { start, from, base });
}

/** Resets what was found in the previous word. */
export function begin(reading: Reading): void {
  reading.variables = undefined;
  reading.scripts = undefined;
  reading.expands = false;
}

export interface Place {
  readonly start: number;
  readonly from: number;
  /** The number of gaps of the words around it. */
  readonly base: number;
}

/** Creates the word from what was found since it began. */
export function finished(reading: Reading, { start, from, base }: Place): PosixWord {
  const { at, gaps, variables, scripts, expands } = reading;
  const text = gaps.length === base ? undefined : valueOf(reading, start, base);
  if (gaps.length > base) gaps.length = base;
  reading.last = at;
  return new PosixWord(reading.source, start, at, {
    from,
    text,
    expands,
    variables: variables ?? none,
    scripts: scripts ?? none,
  });
}

function valueOf({ text, at, gaps, decoded }: Reading, start: number, base: number): string {
  let value = '';
  let from = start;
  for (let i = base; i < gaps.length; i += 2) {
    const gap = gaps[i] as number;
    if (gap > from) value += text.slice(from, gap);
    if (decoded !== undefined) value += decoded.get(gap) ?? '';
    from = gaps[i + 1] as number;
  }
  return from < at ? value + text.slice(from, at) : value;
}

/** Whether a character that usually ends a word continues it, because of the characters around it. */
function goesOn(reading: Reading, code: number, start: number): boolean {
  const { at } = reading;
  if (code === OPEN_PAREN)
    return at > start && (kindsOf(reading.text.charCodeAt(at - 1)) & patternSign) !== 0;
  return (code === LESS || code === GREATER) && reading.code(at + 1) === OPEN_PAREN;
}

/** Reads to the end of the word. */
export function pieces(reading: Reading, start: number): void {
  const { text, end } = reading;
  while (reading.at < end) {
    const { at } = reading;
    const code = text.charCodeAt(at);
    const kinds = kindsOf(code);
    if ((kinds & (breaks | special)) === 0) reading.at++;
    else if ((kinds & special) !== 0) piece(reading, code);
    else if (!goesOn(reading, code, start)) return;
    else if (code !== OPEN_PAREN) processSubstitution(reading);
    else if (!pattern(reading)) return;
  }
}

/** One quote, escape or expansion. */
function piece(reading: Reading, code: number): void {
  switch (code) {
    case DOUBLE_QUOTE:
      doubleQuoted(reading);
      return;
    case DOLLAR:
      reading.grammar.dollar(reading, false);
      return;
    case QUOTE:
      singleQuoted(reading);
      return;
    case BACKSLASH:
      escaped(reading);
      return;
    case BACKTICK:
      backtick(reading, false);
      return;
    case OPEN_BRACE:
      braces(reading);
      return;
    default:
      reading.at++;
  }
}

/** `@(…)` and similar patterns. Empty parentheses are those of a function. */
function pattern(reading: Reading): boolean {
  const open = reading.at;
  let at = open + 1;
  while (reading.code(at) === SPACE) at++;
  if (reading.code(at) === CLOSE_PAREN) return false;
  reading.at = open + 1;
  if (!enclosed(reading, { open: OPEN_PAREN, close: CLOSE_PAREN, inQuotes: false }))
    reading.error(open - 1);
  reading.expands = true;
  return true;
}

/**
 * `{a,b}` and `{1..3}`, which are kept as written; other braces are ordinary characters. Nested braces are read in one
 * pass.
 */
function braces(reading: Reading): void {
  const { text, end, gaps } = reading;
  const first = reading.code(reading.at + 1);
  if (first <= SPACE || first === CLOSE_BRACE) {
    reading.at++;
    return;
  }
  const start = reading.at;
  /**
   * For each open brace, the number of gaps before it. The number is negative until the braces are known to be a list.
   */
  const open: number[] = [];
  while (reading.at < end) {
    const { at } = reading;
    const code = text.charCodeAt(at);
    const kinds = kindsOf(code);
    if ((kinds & (breaks | special | specialInBraces)) === 0) reading.at++;
    else if (code === OPEN_BRACE) {
      open.push(-gaps.length - 1);
      reading.at++;
    } else if ((kinds & special) !== 0) piece(reading, code);
    else if ((kinds & breaks) !== 0) {
      if (!goesOn(reading, code, start)) return;
      if (code !== OPEN_PAREN) processSubstitution(reading);
      else if (!pattern(reading)) return;
    } else {
      inBraces(reading, code, open);
      if (open.length === 0) return;
    }
  }
}

function inBraces(reading: Reading, code: number, open: number[]): void {
  const last = open.length - 1;
  const mark = open[last] ?? 0;
  const isDots = code !== CLOSE_BRACE && code !== COMMA;
  reading.at++;
  if (code === CLOSE_BRACE) {
    open.pop();
    if (mark < 0) return;
    reading.gaps.length = mark;
    reading.expands = true;
  } else if (mark < 0 && (!isDots || reading.code(reading.at) === code)) open[last] = -mark - 1;
}

const COMMA = 44;

/** All words up to something that does not begin one. */
export function wordsTo(reading: Reading, into: ShellWord[]): void {
  for (;;) {
    const code = reading.next();
    if (!beginsWord(reading, code)) return;
    into.push(word(reading));
  }
}

/** Whether a word begins with this character at the current position. */
export function beginsWord(reading: Reading, code: number): boolean {
  if (code < 0 || code === NEWLINE) return false;
  if ((kindsOf(code) & breaks) === 0) return true;
  return (code === LESS || code === GREATER) && reading.code(reading.at + 1) === OPEN_PAREN;
}
