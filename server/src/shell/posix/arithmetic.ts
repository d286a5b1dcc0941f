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
import { readEnclosed, readSegment } from './enclosures.ts';
import type { Reader } from './reader.ts';
import { PosixVariable } from './word.ts';

/** The result of reading arithmetic: closed, not closed, or something else. */
export type Outcome = 'closed' | 'open' | 'other';

/** Reads up to `))` or `]`, after the opening characters. If it is not arithmetic, the state is restored. */
export function readArithmetic(reader: Reader, close: number): Outcome {
  const { at: start, variables, scripts, expands } = reader;
  if (reader.failures?.has(start)) return 'other';
  if (!reader.enter()) return 'open';
  const found = { variables: variables?.length, scripts: scripts?.length };
  const { errors, gaps } = reader;
  const lengths = { errors: errors.length, gaps: gaps.length };
  const outcome = readExpression(reader, close);
  reader.depth--;
  gaps.length = lengths.gaps;
  if (outcome !== 'other') {
    reader.expands ||= reader.at > start + (close === CLOSE_PAREN ? 2 : 1);
    return outcome;
  }
  reader.addFailure(start);
  errors.length = lengths.errors;
  reader.at = start;
  reader.expands = expands;
  reader.variables = truncate(reader.variables, found.variables);
  reader.scripts = truncate(reader.scripts, found.scripts);
  return outcome;
}

function truncate<T>(list: T[] | undefined, length: number | undefined): T[] | undefined {
  return length === undefined ? undefined : list?.slice(0, length);
}

function readExpression(reader: Reader, close: number): Outcome {
  const { text, end } = reader;
  let depth = 0;
  /** The end of a part that a name directly after it continues. */
  let continuedAt = -1;
  while (reader.at < end) {
    const { at } = reader;
    const code = text.charCodeAt(at);
    if ((kindsOf(code) & (letter | digit)) !== 0) {
      readName(reader, continuedAt === at);
      continuedAt = reader.at;
    } else if (code === OPEN_PAREN || (code === OPEN_BRACKET && close === CLOSE_BRACKET)) {
      depth++;
      reader.at++;
    } else if (code === close && depth > 0) {
      depth--;
      reader.at++;
    } else if (code === CLOSE_PAREN && close !== CLOSE_PAREN) {
      depth--;
      reader.at++;
    } else if (code === close) {
      return readClose(reader, close);
    } else {
      readPart(reader, code);
      if (code === DOLLAR || code === BACKTICK) continuedAt = reader.at;
    }
  }
  return close === CLOSE_BRACKET ? 'other' : 'open';
}

function readClose(reader: Reader, close: number): Outcome {
  if (close === CLOSE_BRACKET) {
    reader.at++;
    return 'closed';
  }
  if (reader.code(reader.at + 1) !== CLOSE_PAREN) return 'other';
  reader.at += 2;
  return 'closed';
}

/**
 * A number or a name. The name of an array is followed by a subscript, whose words may be keys instead of variables.
 */
function readName(reader: Reader, isRest: boolean): void {
  const { text, end } = reader;
  const start = reader.at;
  let at = start + 1;
  while (at < end && isWordPart(text.charCodeAt(at))) at++;
  reader.at = at;
  const next = reader.code(at);
  if (next === OPEN_BRACKET) {
    reader.at++;
    readEnclosed(reader, subscript);
    return;
  }
  const isName = (kindsOf(text.charCodeAt(start)) & letter) !== 0 && !isRest;
  if (!isName || next === DOLLAR || next === BACKTICK || next === BACKSLASH) return;
  if (next === QUOTE || next === DOUBLE_QUOTE || text.slice(start, at).includes('#')) return;
  (reader.variables ??= []).push(new PosixVariable(reader.source, start, start, at, true));
}

const subscript = { open: OPEN_BRACKET, close: CLOSE_BRACKET, inQuotes: false };

/** `16#ff` is a number too. */
function isWordPart(code: number): boolean {
  return (kindsOf(code) & (letter | digit)) !== 0 || code === HASH;
}

function readPart(reader: Reader, code: number): void {
  // Here `<(` is a comparison, and nothing is run.
  if (code === DOLLAR || code === BACKTICK || code === BACKSLASH) readSegment(reader, code, false);
  else if (code === QUOTE || code === DOUBLE_QUOTE) readSegment(reader, code, false);
  else reader.at++;
}
