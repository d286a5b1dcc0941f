/** Everything that begins with `$`. */
import { arithmetic } from './arithmetic.ts';
import {
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
  parameterSign,
} from './characters.ts';
import { parameter } from './parameters.ts';
import { ansiCQuoted, doubleQuoted } from './quotes.ts';
import type { Reading } from './reading.ts';
import { substitution } from './substitutions.ts';
import { PosixVariable } from './word.ts';

/** Reads from the `$` on. An expansion is kept as written, so it adds no gaps. */
export function dollar(reading: Reading, inQuotes: boolean): void {
  const start = reading.at;
  const code = reading.code(start + 1);
  const kinds = kindsOf(code);
  if ((kinds & (letter | digit | parameterSign)) !== 0) named(reading, kinds);
  else if (code === OPEN_BRACE) parameter(reading, inQuotes);
  else if (code === OPEN_PAREN) parenthesis(reading, start + 1);
  else if (code === QUOTE && !inQuotes) ansiCQuoted(reading);
  else if (code === DOUBLE_QUOTE && !inQuotes) {
    reading.gap(start, start + 1);
    reading.at++;
    doubleQuoted(reading);
  } else if (code === OPEN_BRACKET) bracket(reading);
  else continued(reading);
}

function named(reading: Reading, kinds: number): void {
  const { text, end, at: start } = reading;
  let at = start + 2;
  if ((kinds & letter) !== 0)
    while (at < end && (kindsOf(text.charCodeAt(at)) & (letter | digit)) !== 0) at++;
  reading.at = at;
  reading.expands = true;
  (reading.variables ??= []).push(
    new PosixVariable(reading.source, {
      start,
      nameStart: start + 1,
      nameEnd: at,
      end: at,
      quoted: reading.quoted,
    }),
  );
}

function parenthesis(reading: Reading, open: number): void {
  const start = reading.at;
  reading.at = open + 1;
  if (reading.code(open + 1) === OPEN_PAREN) {
    reading.at = open + 2;
    const outcome = arithmetic(reading, CLOSE_PAREN);
    reading.expands = true;
    if (outcome === 'open') reading.error(start);
    if (outcome !== 'other') return;
    reading.at = open + 1;
  }
  substitution(reading, start);
}

/** The maximum length of `$[…]`: real ones are shorter, and each open one starts a new search. */
const longest = 200;

/** `$[…]` is the old form of `$((…))`. If it is not closed, the `$` is an ordinary character. */
function bracket(reading: Reading): void {
  const { at: start, end } = reading;
  reading.at = start + 2;
  reading.end = Math.min(end, start + longest);
  const mayClose = reading.text.slice(start, reading.end).includes(']');
  const outcome = mayClose ? arithmetic(reading, CLOSE_BRACKET) : 'other';
  reading.end = end;
  if (outcome === 'other') reading.at = start + 1;
  else reading.expands = true;
}

/** A line continuation may come before the parenthesis; otherwise the `$` is an ordinary character. */
function continued(reading: Reading): void {
  const start = reading.at;
  const open = reading.joined(start + 1);
  if (open === start + 1 || reading.code(open) !== OPEN_PAREN) reading.at++;
  else {
    reading.gap(start + 1, open);
    parenthesis(reading, open);
  }
}
