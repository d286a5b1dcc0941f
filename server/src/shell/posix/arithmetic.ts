/** `$((…))`, `((…))` and `$[…]`, of which only variables and substitutions are read. */
import {
  BACKSLASH,
  BACKTICK,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  DOLLAR,
  DOUBLE_QUOTE,
  HASH,
  OPEN_BRACKET,
  OPEN_PAREN,
  QUOTE,
  digit,
  kindsOf,
  letter,
} from './characters.ts';
import { enclosed, inside } from './enclosed.ts';
import type { Reading } from './reading.ts';
import { PosixVariable } from './word.ts';

/** The result of reading arithmetic: closed, not closed, or something else. */
export type Outcome = 'closed' | 'open' | 'other';

/** Reads up to `))` or `]`, after the opening characters. If it is not arithmetic, the state is restored. */
export function arithmetic(reading: Reading, close: number): Outcome {
  const { at: start, variables, scripts, expands } = reading;
  if (reading.refused?.has(start)) return 'other';
  if (!reading.enter()) return 'open';
  const found = { variables: variables?.length, scripts: scripts?.length };
  const { errors, gaps } = reading;
  const marks = { errors: errors.length, gaps: gaps.length };
  const outcome = expression(reading, close);
  reading.depth--;
  gaps.length = marks.gaps;
  if (outcome !== 'other') {
    reading.expands ||= reading.at > start + (close === CLOSE_PAREN ? 2 : 1);
    return outcome;
  }
  reading.refuse(start);
  errors.length = marks.errors;
  reading.at = start;
  reading.expands = expands;
  reading.variables = cut(reading.variables, found.variables);
  reading.scripts = cut(reading.scripts, found.scripts);
  return outcome;
}

function cut<T>(list: T[] | undefined, length: number | undefined): T[] | undefined {
  return length === undefined ? undefined : list?.slice(0, length);
}

function expression(reading: Reading, close: number): Outcome {
  const { text, end } = reading;
  let depth = 0;
  /** The end of a part that a name directly after it continues. */
  let glued = -1;
  while (reading.at < end) {
    const { at } = reading;
    const code = text.charCodeAt(at);
    if ((kindsOf(code) & (letter | digit)) !== 0) {
      name(reading, glued === at);
      glued = reading.at;
    } else if (code === OPEN_PAREN || (code === OPEN_BRACKET && close === CLOSE_BRACKET)) {
      depth++;
      reading.at++;
    } else if (code === close && depth > 0) {
      depth--;
      reading.at++;
    } else if (code === CLOSE_PAREN && close !== CLOSE_PAREN) {
      depth--;
      reading.at++;
    } else if (code === close) {
      return closed(reading, close);
    } else {
      part(reading, code);
      if (code === DOLLAR || code === BACKTICK) glued = reading.at;
    }
  }
  return close === CLOSE_BRACKET ? 'other' : 'open';
}

function closed(reading: Reading, close: number): Outcome {
  if (close === CLOSE_BRACKET) {
    reading.at++;
    return 'closed';
  }
  if (reading.code(reading.at + 1) !== CLOSE_PAREN) return 'other';
  reading.at += 2;
  return 'closed';
}

/**
 * A number or a name. The name of an array is followed by a subscript, whose words may be keys instead of variables.
 */
function name(reading: Reading, isRest: boolean): void {
  const { text, end } = reading;
  const start = reading.at;
  let at = start + 1;
  while (at < end && isWordPart(text.charCodeAt(at))) at++;
  reading.at = at;
  const next = reading.code(at);
  if (next === OPEN_BRACKET) {
    reading.at++;
    enclosed(reading, subscript);
    return;
  }
  const isName = (kindsOf(text.charCodeAt(start)) & letter) !== 0 && !isRest;
  if (!isName || next === DOLLAR || next === BACKTICK || next === BACKSLASH) return;
  if (next === QUOTE || next === DOUBLE_QUOTE || text.slice(start, at).includes('#')) return;
  (reading.variables ??= []).push(
    new PosixVariable(reading.source, {
      start,
      nameStart: start,
      nameEnd: at,
      end: at,
      quoted: true,
    }),
  );
}

const subscript = { open: OPEN_BRACKET, close: CLOSE_BRACKET, inQuotes: false };

/** `16#ff` is a number too. */
function isWordPart(code: number): boolean {
  return (kindsOf(code) & (letter | digit)) !== 0 || code === HASH;
}

function part(reading: Reading, code: number): void {
  // Here `<(` is a comparison, and nothing is run.
  if (code === DOLLAR || code === BACKTICK || code === BACKSLASH) inside(reading, code, false);
  else if (code === QUOTE || code === DOUBLE_QUOTE) inside(reading, code, false);
  else reading.at++;
}
