/** Everything that begins with `$`. */
import { readArithmetic } from './arithmetic.ts';
import {
  BACKSLASH,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  DOUBLE_QUOTE,
  OPEN_BRACE,
  OPEN_BRACKET,
  OPEN_PAREN,
  QUOTE,
  digit,
  kindsOf,
  letter,
  specialParameter,
} from './characters.ts';
import { readParameter } from './parameters.ts';
import { readAnsiCQuotes, readDoubleQuotes } from './quotes.ts';
import type { Reader } from './reader.ts';
import { readSubstitution } from './substitutions.ts';
import { PosixVariable } from './word.ts';

/** Reads from the `$` on. An expansion is kept as written, so it adds no gaps. */
export function readDollar(reader: Reader, inQuotes: boolean): void {
  const start = reader.at;
  const code = reader.code(start + 1);
  const kinds = kindsOf(code);
  if ((kinds & (letter | digit | specialParameter)) !== 0) {
    const { text, end, source, quoted } = reader;
    let at = start + 2;
    if ((kinds & letter) !== 0) {
      while (at < end && (kindsOf(text.charCodeAt(at)) & (letter | digit)) !== 0) at++;
      if (text.charCodeAt(at) === BACKSLASH) at = reader.continuedName(at);
    }
    reader.at = at;
    reader.expands = true;
    (reader.variables ??= []).push(new PosixVariable(source, start, start + 1, at, quoted));
  } else if (code === OPEN_BRACE) readParameter(reader, inQuotes);
  else if (code === OPEN_PAREN) readParenthesis(reader, start + 1);
  else if (code === QUOTE && !inQuotes) readAnsiCQuotes(reader);
  else if (code === DOUBLE_QUOTE && !inQuotes) {
    reader.addGap(start, start + 1);
    reader.at++;
    readDoubleQuotes(reader);
  } else if (code === OPEN_BRACKET) readBracket(reader);
  else readContinued(reader);
}

function readParenthesis(reader: Reader, open: number): void {
  const start = reader.at;
  reader.at = open + 1;
  if (reader.code(open + 1) === OPEN_PAREN) {
    reader.at = open + 2;
    const outcome = readArithmetic(reader, CLOSE_PAREN);
    reader.expands = true;
    if (outcome === 'open') reader.addError(start);
    if (outcome !== 'other') return;
    reader.at = open + 1;
  }
  readSubstitution(reader, start);
}

/** The maximum length of `$[…]`: real ones are shorter, and each open one starts a new search. */
const maxLength = 200;

/** `$[…]` is the old form of `$((…))`. If it is not closed, the `$` is an ordinary character. */
function readBracket(reader: Reader): void {
  const { at: start, end } = reader;
  reader.at = start + 2;
  reader.end = Math.min(end, start + maxLength);
  const mayClose = reader.text.slice(start, reader.end).includes(']');
  const outcome = mayClose ? readArithmetic(reader, CLOSE_BRACKET) : 'other';
  reader.end = end;
  if (outcome === 'other') reader.at = start + 1;
  else reader.expands = true;
}

/** A line continuation may come before the parenthesis; otherwise the `$` is an ordinary character. */
function readContinued(reader: Reader): void {
  const start = reader.at;
  const open = reader.afterContinuations(start + 1);
  if (open === start + 1 || reader.code(open) !== OPEN_PAREN) reader.at++;
  else {
    reader.addGap(start + 1, open);
    readParenthesis(reader, open);
  }
}
