/** `NAME=value`, `NAME+=value`, `NAME[key]=value` and `NAME=(value …)`. */
import {
  BACKSLASH,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  EQUALS,
  NEWLINE,
  OPEN_BRACKET,
  OPEN_PAREN,
  PLUS,
  digit,
  kindsOf,
  letter,
} from './characters.ts';
import { readEnclosed, readSegment } from './enclosures.ts';
import type { Reader } from './reader.ts';
import { hasPattern, type PosixWord } from './word.ts';
import { beginWord, finishWord, readRest } from './words.ts';

/** The assignment at the current position; if there is none, the position does not change. */
export function readAssignment(reader: Reader): PosixWord | undefined {
  const { text, end, at: start } = reader;
  if ((kindsOf(reader.code(start)) & letter) === 0) return undefined;
  let at = start + 1;
  while (at < end && (kindsOf(text.charCodeAt(at)) & (letter | digit)) !== 0) at++;
  let code = reader.code(at);
  if (code === BACKSLASH) {
    const rest = reader.afterContinuations(at);
    if (rest > at) at = continuedNameEnd(reader, rest);
    code = reader.code(at);
  }
  if (code === OPEN_BRACKET) return readIndexed(reader, at);
  const equalsAt = code === PLUS ? at + 1 : at;
  if (reader.code(equalsAt) !== EQUALS) return undefined;
  beginWord(reader);
  return readValue(reader, start, equalsAt + 1, reader.gaps.length);
}

/** The end of a name that continues on the next line. */
function continuedNameEnd(reader: Reader, start: number): number {
  let at = start;
  while ((kindsOf(reader.code(at)) & (letter | digit)) !== 0)
    at = reader.afterContinuations(at + 1);
  return at;
}

function readValue(reader: Reader, start: number, from: number, base: number): PosixWord {
  const open = reader.code(from) === BACKSLASH ? reader.afterContinuations(from) : from;
  if (reader.code(open) !== OPEN_PAREN) {
    reader.at = from;
    readRest(reader, from);
    return finishWord(reader, start, from, base);
  }
  reader.at = open;
  readArray(reader);
  // Its elements have been checked one by one.
  const end = reader.at;
  readRest(reader, end);
  return finishWord(reader, start, end, base);
}

/** The maximum length of a subscript. Real keys are shorter, and each bracket starts a new search. */
const maxLength = 500;

/** It is a subscript only if an equals sign follows; otherwise it is a pattern in the name of a command. */
function readIndexed(reader: Reader, open: number): PosixWord | undefined {
  const { at: start, end, errors } = reader;
  const lengths = { errors: errors.length, gaps: reader.gaps.length };
  beginWord(reader);
  reader.at = open + 1;
  reader.end = Math.min(end, open + maxLength);
  const isClosed = readEnclosed(reader, {
    open: OPEN_BRACKET,
    close: CLOSE_BRACKET,
    inQuotes: false,
  });
  reader.end = end;
  const equalsAt = reader.at + (reader.code(reader.at) === PLUS ? 1 : 0);
  if (isClosed && reader.code(equalsAt) === EQUALS)
    return readValue(reader, start, equalsAt + 1, lengths.gaps);
  reader.at = start;
  errors.length = lengths.errors;
  if (!isClosed && end - open < maxLength) reader.addError(open);
  return undefined;
}

/** The `(…)` of an array, which is kept as written; its words may be on several lines. */
function readArray(reader: Reader): void {
  const open = reader.at;
  const { gaps } = reader;
  const base = gaps.length;
  reader.at++;
  for (;;) {
    const code = reader.next();
    if (code === NEWLINE) reader.at++;
    else if (code === CLOSE_PAREN || code < 0) break;
    else readElement(reader, code);
  }
  if (gaps.length > base) gaps.length = base;
  if (reader.code(reader.at) === CLOSE_PAREN) reader.at++;
  else reader.addError(open);
}

function readElement(reader: Reader, code: number): void {
  const start = reader.at;
  readRest(reader, start);
  if (reader.at === start) {
    reader.addError(start);
    readSegment(reader, code, false);
  } else if (!reader.expands) {
    const { text, at } = reader;
    reader.expands = hasPattern(text, code === OPEN_BRACKET ? afterKey(reader, start) : start, at);
  }
}

/** The index after `[key]=`; without the equals sign, the bracket is a pattern. */
function afterKey({ text, at }: Reader, start: number): number {
  const close = text.indexOf(']', start);
  const equalsAt = close + (text.charCodeAt(close + 1) === PLUS ? 2 : 1);
  return close > 0 && equalsAt < at && text.charCodeAt(equalsAt) === EQUALS ? equalsAt + 1 : start;
}
