/** `${…}`: a parameter and the operator applied to its value. */
import {
  AT,
  BANG,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  DASH,
  DOLLAR,
  EQUALS,
  HASH,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  PIPE,
  PLUS,
  QUESTION,
  SPACE,
  STAR,
  TAB,
  digit,
  kindsOf,
  letter,
  parameterSign,
} from './characters.ts';
import { enclosed } from './enclosed.ts';
import type { Reading } from './reading.ts';
import { braceSubstitution } from './substitutions.ts';
import { PosixVariable } from './word.ts';

const COLON = 58;

/** Reads from the `$` on. In quotes, words that replace the value are quoted too. */
export function parameter(reading: Reading, inQuotes: boolean): void {
  const start = reading.at;
  const first = reading.code(start + 2);
  if (first === SPACE || first === TAB || first === NEWLINE || first === PIPE) {
    braceSubstitution(reading);
    return;
  }
  if (!reading.enter()) return;
  const nameStart = nameStartOf(reading, start + 2);
  const nameEnd = nameEndOf(reading, nameStart);
  const variable = new PosixVariable(reading.source, {
    start,
    nameStart,
    nameEnd,
    end: nameEnd,
    quoted: reading.quoted,
  });
  (reading.variables ??= []).push(variable);
  reading.expands = true;
  reading.at = nameEnd;
  subscript(reading);
  const isKnown = operates(reading.code(reading.at));
  const found = { variables: reading.variables.length, scripts: reading.scripts?.length ?? 0 };
  const isClosed = enclosed(reading, {
    open: -1,
    close: CLOSE_BRACE,
    inQuotes: inQuotes && standsIn(reading),
  });
  if (!isClosed) reading.error(start);
  variable.end = reading.at;
  if (!isKnown) {
    // Every shell refuses it.
    reading.variables.length = found.variables;
    if (reading.scripts) reading.scripts.length = found.scripts;
  }
  reading.depth--;
}

/** In `${#name}` and `${!name}`, the character before the name is not part of it, unless there is nothing else. */
function nameStartOf(reading: Reading, at: number): number {
  const sign = reading.code(at);
  if (sign === BANG) return reading.code(at + 1) === CLOSE_BRACE ? at : at + 1;
  if (sign !== HASH) return at;
  const end = nameEndOf(reading, at + 1);
  const behind = reading.code(end);
  return end > at + 1 && (behind === CLOSE_BRACE || behind === OPEN_BRACKET) ? at + 1 : at;
}

function nameEndOf(reading: Reading, start: number): number {
  const kinds = kindsOf(reading.code(start));
  if ((kinds & parameterSign) !== 0) {
    const isAnother = reading.code(start) === DOLLAR && reading.code(start + 1) === OPEN_BRACE;
    return isAnother ? start : start + 1;
  }
  let at = start;
  if ((kinds & digit) !== 0) while ((kindsOf(reading.code(at)) & digit) !== 0) at++;
  else if ((kinds & letter) !== 0)
    while ((kindsOf(reading.code(at)) & (letter | digit)) !== 0) at++;
  return at;
}

function subscript(reading: Reading): void {
  if (reading.code(reading.at) !== OPEN_BRACKET) return;
  const code = reading.code(reading.at + 1);
  const isWhole = code === AT || code === STAR;
  if (isWhole && reading.code(reading.at + 2) === CLOSE_BRACKET) {
    reading.at += 3;
    return;
  }
  const close = reading.text.indexOf(']', reading.at);
  if (close < 0 || close >= reading.end) return;
  reading.at++;
  enclosed(reading, { open: OPEN_BRACKET, close: CLOSE_BRACKET, inQuotes: false });
}

/** Whether a character begins an operator or is the closing brace. */
function operates(code: number): boolean {
  return code === CLOSE_BRACE || (code >= 0 && operators.includes(String.fromCharCode(code)));
}

const operators = ':-=?+#%/^,@*';

/** Whether the word after the operator replaces the value: `-`, `=`, `?` and `+`, with a colon or without. */
function standsIn(reading: Reading): boolean {
  const code = reading.code(reading.at);
  const sign = code === COLON ? reading.code(reading.at + 1) : code;
  return sign === DASH || sign === EQUALS || sign === QUESTION || sign === PLUS;
}
