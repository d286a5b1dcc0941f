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
  wordBreak,
  kindsOf,
  mayContinueWord,
  patternPrefix,
  special,
  specialInBraces,
} from './characters.ts';
import { readEnclosed, readProcessSubstitution } from './enclosures.ts';
import { readDoubleQuotes, readEscape, readSingleQuotes } from './quotes.ts';
import { none, type Reader } from './reader.ts';
import { readBackticks } from './substitutions.ts';
import { PosixWord, plainContents } from './word.ts';

/** The word at the current position. */
export function readWord(reader: Reader): PosixWord {
  const { at: start, gaps } = reader;
  const base = gaps.length;
  beginWord(reader);
  readRest(reader, start);
  return finishWord(reader, start, start, base);
}

/** Resets what was found in the previous word. */
export function beginWord(reader: Reader): void {
  reader.variables = undefined;
  reader.scripts = undefined;
  reader.expands = false;
}

/**
 * Creates the word from what was found since it began. `from`: where its value begins; `base`: the number of gaps of the words
 * around it.
 */
export function finishWord(reader: Reader, start: number, from: number, base: number): PosixWord {
  const { source, at, gaps, variables, scripts, expands } = reader;
  reader.last = at;
  const hasGaps = gaps.length > base;
  // Most words have no special characters.
  if (!hasGaps && !expands && scripts === undefined && from === start)
    return new PosixWord(source, start, at, plainContents);
  const text = hasGaps ? valueOf(reader, start, base) : undefined;
  if (hasGaps) gaps.length = base;
  return new PosixWord(source, start, at, {
    from,
    text,
    expands,
    variables: variables ?? none,
    scripts: scripts ?? none,
  });
}

function valueOf({ text, at, gaps, decoded }: Reader, start: number, base: number): string {
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
function continuesWord(reader: Reader, code: number, start: number): boolean {
  const { at } = reader;
  if (code === OPEN_PAREN)
    return at > start && (kindsOf(reader.text.charCodeAt(at - 1)) & patternPrefix) !== 0;
  return (code === LESS || code === GREATER) && reader.code(at + 1) === OPEN_PAREN;
}

/** Reads to the end of the word. */
export function readRest(reader: Reader, start: number): void {
  const { text, end } = reader;
  let { at } = reader;
  while (at < end) {
    const code = text.charCodeAt(at);
    const kinds = kindsOf(code);
    if ((kinds & (wordBreak | special)) === 0) {
      at++;
      continue;
    }
    reader.at = at;
    if ((kinds & special) !== 0) readSpecial(reader, code);
    else if ((kinds & mayContinueWord) === 0 || !continuesWord(reader, code, start)) return;
    else if (code !== OPEN_PAREN) readProcessSubstitution(reader);
    else if (!readPattern(reader)) return;
    at = reader.at;
  }
  reader.at = at;
}

/** One quote, escape or expansion. */
function readSpecial(reader: Reader, code: number): void {
  switch (code) {
    case DOUBLE_QUOTE:
      readDoubleQuotes(reader);
      return;
    case DOLLAR:
      reader.grammar.dollar(reader, false);
      return;
    case QUOTE:
      readSingleQuotes(reader);
      return;
    case BACKSLASH:
      readEscape(reader);
      return;
    case BACKTICK:
      readBackticks(reader, false);
      return;
    case OPEN_BRACE:
      readBraces(reader);
      return;
    default:
      reader.at++;
  }
}

/** `@(…)` and similar patterns. Empty parentheses are those of a function. */
function readPattern(reader: Reader): boolean {
  const open = reader.at;
  let at = open + 1;
  while (reader.code(at) === SPACE) at++;
  if (reader.code(at) === CLOSE_PAREN) return false;
  reader.at = open + 1;
  if (!readEnclosed(reader, { open: OPEN_PAREN, close: CLOSE_PAREN, inQuotes: false }))
    reader.addError(open - 1);
  reader.expands = true;
  return true;
}

/**
 * `{a,b}` and `{1..3}`, which are kept as written; other braces are ordinary characters. Nested braces are read in one
 * pass.
 */
function readBraces(reader: Reader): void {
  const { text, end, gaps } = reader;
  const first = reader.code(reader.at + 1);
  if (first <= SPACE || first === CLOSE_BRACE) {
    reader.at++;
    return;
  }
  const start = reader.at;
  /**
   * For each open brace, the number of gaps before it. The number is negative until the braces are known to be a list.
   */
  const open: number[] = [];
  while (reader.at < end) {
    const { at } = reader;
    const code = text.charCodeAt(at);
    const kinds = kindsOf(code);
    if ((kinds & (wordBreak | special | specialInBraces)) === 0) reader.at++;
    else if (code === OPEN_BRACE) {
      open.push(-gaps.length - 1);
      reader.at++;
    } else if ((kinds & special) !== 0) readSpecial(reader, code);
    else if ((kinds & wordBreak) !== 0) {
      if (!continuesWord(reader, code, start)) return;
      if (code !== OPEN_PAREN) readProcessSubstitution(reader);
      else if (!readPattern(reader)) return;
    } else {
      readInBraces(reader, code, open);
      if (open.length === 0) return;
    }
  }
}

function readInBraces(reader: Reader, code: number, open: number[]): void {
  const last = open.length - 1;
  const gapCount = open[last] ?? 0;
  const isDots = code !== CLOSE_BRACE && code !== COMMA;
  reader.at++;
  if (code === CLOSE_BRACE) {
    open.pop();
    if (gapCount < 0) return;
    reader.gaps.length = gapCount;
    reader.expands = true;
  } else if (gapCount < 0 && (!isDots || reader.code(reader.at) === code))
    open[last] = -gapCount - 1;
}

const COMMA = 44;

/** All words up to something that does not begin one. */
export function readWords(reader: Reader, into: ShellWord[]): void {
  for (;;) {
    const code = reader.next();
    if (!beginsWord(reader, code)) return;
    into.push(readWord(reader));
  }
}

/** Whether a word begins with this character at the current position. */
export function beginsWord(reader: Reader, code: number): boolean {
  if (code < 0 || code === NEWLINE) return false;
  if ((kindsOf(code) & wordBreak) === 0) return true;
  return (code === LESS || code === GREATER) && reader.code(reader.at + 1) === OPEN_PAREN;
}
