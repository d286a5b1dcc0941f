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
import { enclosed, inside } from './enclosed.ts';
import type { Reading } from './reading.ts';
import { hasPattern, type PosixWord } from './word.ts';
import { begin, finished, pieces, type Place } from './words.ts';

/** The assignment at the current position; if there is none, the position does not change. */
export function assignment(reading: Reading): PosixWord | undefined {
  const { text, end, at: start } = reading;
  if ((kindsOf(reading.code(start)) & letter) === 0) return undefined;
  let at = start + 1;
  while (at < end && (kindsOf(text.charCodeAt(at)) & (letter | digit)) !== 0) at++;
  const rest = reading.joined(at);
  if (rest > at) at = nameGoesOn(reading, rest);
  const code = reading.code(at);
  if (code === EQUALS) return valued(reading, start, at + 1);
  if (code === PLUS && reading.code(at + 1) === EQUALS) return valued(reading, start, at + 2);
  return code === OPEN_BRACKET ? indexed(reading, at) : undefined;
}

/** The end of a name that continues on the next line. */
function nameGoesOn(reading: Reading, start: number): number {
  let at = start;
  while ((kindsOf(reading.code(at)) & (letter | digit)) !== 0) at = reading.joined(at + 1);
  return at;
}

function valued(reading: Reading, start: number, from: number): PosixWord {
  begin(reading);
  return withValue(reading, { start, from, base: reading.gaps.length });
}

function withValue(reading: Reading, place: Place): PosixWord {
  reading.at = reading.joined(place.from);
  if (reading.code(reading.at) === OPEN_PAREN) {
    array(reading);
    // Its elements have been checked one by one.
    const from = reading.at;
    pieces(reading, from);
    return finished(reading, { ...place, from });
  }
  reading.at = place.from;
  pieces(reading, place.from);
  return finished(reading, place);
}

/** The maximum length of a subscript. Real keys are shorter, and each bracket starts a new search. */
const longest = 500;

/** It is a subscript only if an equals sign follows; otherwise it is a pattern in the name of a command. */
function indexed(reading: Reading, open: number): PosixWord | undefined {
  const { at: start, end, errors } = reading;
  const marks = { errors: errors.length, gaps: reading.gaps.length };
  begin(reading);
  reading.at = open + 1;
  reading.end = Math.min(end, open + longest);
  const isClosed = enclosed(reading, {
    open: OPEN_BRACKET,
    close: CLOSE_BRACKET,
    inQuotes: false,
  });
  reading.end = end;
  const sign = reading.at + (reading.code(reading.at) === PLUS ? 1 : 0);
  if (isClosed && reading.code(sign) === EQUALS)
    return withValue(reading, { start, from: sign + 1, base: marks.gaps });
  reading.at = start;
  errors.length = marks.errors;
  if (!isClosed && end - open < longest) reading.error(open);
  return undefined;
}

/** The `(…)` of an array, which is kept as written; its words may be on several lines. */
function array(reading: Reading): void {
  const open = reading.at;
  const { gaps } = reading;
  const base = gaps.length;
  reading.at++;
  for (;;) {
    const code = reading.next();
    if (code === NEWLINE) reading.at++;
    else if (code === CLOSE_PAREN || code < 0) break;
    else element(reading, code);
  }
  if (gaps.length > base) gaps.length = base;
  if (reading.code(reading.at) === CLOSE_PAREN) reading.at++;
  else reading.error(open);
}

function element(reading: Reading, code: number): void {
  const start = reading.at;
  pieces(reading, start);
  if (reading.at === start) {
    reading.error(start);
    inside(reading, code, false);
  } else if (!reading.expands) {
    const { text, at } = reading;
    reading.expands = hasPattern(
      text,
      code === OPEN_BRACKET ? behindKey(reading, start) : start,
      at,
    );
  }
}

/** The index after `[key]=`; without the equals sign, the bracket is a pattern. */
function behindKey({ text, at }: Reading, start: number): number {
  const close = text.indexOf(']', start);
  const sign = close + (text.charCodeAt(close + 1) === PLUS ? 2 : 1);
  return close > 0 && sign < at && text.charCodeAt(sign) === EQUALS ? sign + 1 : start;
}
