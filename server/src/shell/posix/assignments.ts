/** `NAME=value`, `NAME+=value`, `NAME[key]=value` and `NAME=(value …)`. */
import {
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
import { enclosed, inside } from './enclosures.ts';
import type { Reader } from './reader.ts';
import { hasPattern, type PosixWord } from './word.ts';
import { begin, finished, pieces, type Place } from './words.ts';

/** The assignment at the current position; if there is none, the position does not change. */
export function assignment(reader: Reader): PosixWord | undefined {
  const { text, end, at: start } = reader;
  if ((kindsOf(reader.code(start)) & letter) === 0) return undefined;
  let at = start + 1;
  while (at < end && (kindsOf(text.charCodeAt(at)) & (letter | digit)) !== 0) at++;
  const rest = reader.joined(at);
  if (rest > at) at = nameGoesOn(reader, rest);
  const code = reader.code(at);
  if (code === EQUALS) return valued(reader, start, at + 1);
  if (code === PLUS && reader.code(at + 1) === EQUALS) return valued(reader, start, at + 2);
  return code === OPEN_BRACKET ? indexed(reader, at) : undefined;
}

/** The end of a name that continues on the next line. */
function nameGoesOn(reader: Reader, start: number): number {
  let at = start;
  while ((kindsOf(reader.code(at)) & (letter | digit)) !== 0) at = reader.joined(at + 1);
  return at;
}

function valued(reader: Reader, start: number, from: number): PosixWord {
  begin(reader);
  return withValue(reader, { start, from, base: reader.gaps.length });
}

function withValue(reader: Reader, place: Place): PosixWord {
  reader.at = reader.joined(place.from);
  if (reader.code(reader.at) === OPEN_PAREN) {
    array(reader);
    // Its elements have been checked one by one.
    const from = reader.at;
    pieces(reader, from);
    return finished(reader, { ...place, from });
  }
  reader.at = place.from;
  pieces(reader, place.from);
  return finished(reader, place);
}

/** The maximum length of a subscript. Real keys are shorter, and each bracket starts a new search. */
const longest = 500;

/** It is a subscript only if an equals sign follows; otherwise it is a pattern in the name of a command. */
function indexed(reader: Reader, open: number): PosixWord | undefined {
  const { at: start, end, errors } = reader;
  const marks = { errors: errors.length, gaps: reader.gaps.length };
  begin(reader);
  reader.at = open + 1;
  reader.end = Math.min(end, open + longest);
  const isClosed = enclosed(reader, {
    open: OPEN_BRACKET,
    close: CLOSE_BRACKET,
    inQuotes: false,
  });
  reader.end = end;
  const sign = reader.at + (reader.code(reader.at) === PLUS ? 1 : 0);
  if (isClosed && reader.code(sign) === EQUALS)
    return withValue(reader, { start, from: sign + 1, base: marks.gaps });
  reader.at = start;
  errors.length = marks.errors;
  if (!isClosed && end - open < longest) reader.error(open);
  return undefined;
}

/** The `(…)` of an array, which is kept as written; its words may be on several lines. */
function array(reader: Reader): void {
  const open = reader.at;
  const { gaps } = reader;
  const base = gaps.length;
  reader.at++;
  for (;;) {
    const code = reader.next();
    if (code === NEWLINE) reader.at++;
    else if (code === CLOSE_PAREN || code < 0) break;
    else element(reader, code);
  }
  if (gaps.length > base) gaps.length = base;
  if (reader.code(reader.at) === CLOSE_PAREN) reader.at++;
  else reader.error(open);
}

function element(reader: Reader, code: number): void {
  const start = reader.at;
  pieces(reader, start);
  if (reader.at === start) {
    reader.error(start);
    inside(reader, code, false);
  } else if (!reader.expands) {
    const { text, at } = reader;
    reader.expands = hasPattern(text, code === OPEN_BRACKET ? behindKey(reader, start) : start, at);
  }
}

/** The index after `[key]=`; without the equals sign, the bracket is a pattern. */
function behindKey({ text, at }: Reader, start: number): number {
  const close = text.indexOf(']', start);
  const sign = close + (text.charCodeAt(close + 1) === PLUS ? 2 : 1);
  return close > 0 && sign < at && text.charCodeAt(sign) === EQUALS ? sign + 1 : start;
}
