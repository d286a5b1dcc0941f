/** `${…}`: a parameter and the operator applied to its value. */
import {
  AT,
  BACKSLASH,
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
  specialParameter,
} from './characters.ts';
import { readEnclosed } from './enclosures.ts';
import type { Reader } from './reader.ts';
import { readBraceSubstitution } from './substitutions.ts';
import { PosixVariable } from './word.ts';

const COLON = 58;

/** Reads from the `$` on. In quotes, words that replace the value are quoted too. */
export function readParameter(reader: Reader, inQuotes: boolean): void {
  const start = reader.at;
  const first = reader.code(start + 2);
  if (first === SPACE || first === TAB || first === NEWLINE || first === PIPE) {
    readBraceSubstitution(reader);
    return;
  }
  if (!reader.enter()) return;
  const nameStart = nameStartOf(reader, start + 2);
  const nameEnd = nameEndOf(reader, nameStart);
  const variable = new PosixVariable(reader.source, start, nameStart, nameEnd, reader.quoted);
  (reader.variables ??= []).push(variable);
  reader.expands = true;
  reader.at = nameEnd;
  readSubscript(reader);
  const isKnown = beginsOperator(reader.code(reader.at));
  const found = { variables: reader.variables.length, scripts: reader.scripts?.length ?? 0 };
  const isClosed = readEnclosed(reader, {
    open: -1,
    close: CLOSE_BRACE,
    inQuotes: inQuotes && replacesValue(reader),
  });
  if (!isClosed) reader.addError(start);
  variable.end = reader.at;
  if (!isKnown) {
    // Every shell refuses it.
    reader.variables.length = found.variables;
    if (reader.scripts) reader.scripts.length = found.scripts;
  }
  reader.depth--;
}

/** In `${#name}` and `${!name}`, the character before the name is not part of it, unless there is nothing else. */
function nameStartOf(reader: Reader, at: number): number {
  const character = reader.code(at);
  if (character === BANG) return reader.code(at + 1) === CLOSE_BRACE ? at : at + 1;
  if (character !== HASH) return at;
  const end = nameEndOf(reader, at + 1);
  const next = reader.code(end);
  return end > at + 1 && (next === CLOSE_BRACE || next === OPEN_BRACKET) ? at + 1 : at;
}

function nameEndOf(reader: Reader, start: number): number {
  const kinds = kindsOf(reader.code(start));
  if ((kinds & specialParameter) !== 0) {
    const isAnother = reader.code(start) === DOLLAR && reader.code(start + 1) === OPEN_BRACE;
    return isAnother ? start : start + 1;
  }
  let at = start;
  if ((kinds & digit) !== 0) while ((kindsOf(reader.code(at)) & digit) !== 0) at++;
  else if ((kinds & letter) !== 0) {
    while ((kindsOf(reader.code(at)) & (letter | digit)) !== 0) at++;
    if (reader.code(at) === BACKSLASH) at = reader.continuedName(at);
  }
  return at;
}

function readSubscript(reader: Reader): void {
  if (reader.code(reader.at) !== OPEN_BRACKET) return;
  const code = reader.code(reader.at + 1);
  const isWhole = code === AT || code === STAR;
  if (isWhole && reader.code(reader.at + 2) === CLOSE_BRACKET) {
    reader.at += 3;
    return;
  }
  const close = reader.text.indexOf(']', reader.at);
  if (close < 0 || close >= reader.end) return;
  reader.at++;
  readEnclosed(reader, { open: OPEN_BRACKET, close: CLOSE_BRACKET, inQuotes: false });
}

/** Whether a character begins an operator or is the closing brace. */
function beginsOperator(code: number): boolean {
  return code === CLOSE_BRACE || (code >= 0 && operators.includes(String.fromCharCode(code)));
}

const operators = ':-=?+#%/^,@*';

/** Whether the word after the operator replaces the value: `-`, `=`, `?` and `+`, with a colon or without. */
function replacesValue(reader: Reader): boolean {
  const code = reader.code(reader.at);
  const character = code === COLON ? reader.code(reader.at + 1) : code;
  return character === DASH || character === EQUALS || character === QUESTION || character === PLUS;
}
