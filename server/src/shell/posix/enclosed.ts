/** Text up to a closing character: the contents of `${…}`, patterns and subscripts. */
import {
  BACKSLASH,
  BACKTICK,
  DOLLAR,
  DOUBLE_QUOTE,
  GREATER,
  LESS,
  OPEN_PAREN,
  QUOTE,
} from './characters.ts';
import { ansiCQuoted, doubleQuoted, escaped, singleQuoted } from './quotes.ts';
import type { Reading } from './reading.ts';
import { backtick, substitution } from './substitutions.ts';

export interface Enclosure {
  readonly close: number;
  /** The character that opens another level, or -1. */
  readonly open: number;
  /** Whether it is in double quotes, where other quotes are ordinary characters. */
  readonly inQuotes: boolean;
}

/** Reads past the closing character; returns whether there is one. Nothing in it changes the value of the word. */
export function enclosed(reading: Reading, { close, open, inQuotes }: Enclosure): boolean {
  const { text, end } = reading;
  const gaps = reading.gaps.length;
  let depth = 1;
  while (reading.at < end) {
    const code = text.charCodeAt(reading.at);
    if (code === close && --depth === 0) break;
    if (code === open) depth++;
    inside(reading, code, inQuotes);
  }
  reading.gaps.length = gaps;
  if (reading.at >= end) return false;
  reading.at++;
  return true;
}

/** Reads one character, or the quote or expansion that it begins. */
export function inside(reading: Reading, code: number, inQuotes: boolean): void {
  switch (code) {
    case BACKSLASH:
      escaped(reading);
      return;
    case DOUBLE_QUOTE:
      doubleQuoted(reading);
      return;
    case DOLLAR:
      if (!inQuotes && reading.code(reading.at + 1) === QUOTE) ansiCQuoted(reading);
      else reading.grammar.dollar(reading, inQuotes);
      return;
    case BACKTICK:
      backtick(reading, inQuotes);
      return;
    case QUOTE:
      if (!inQuotes) singleQuoted(reading);
      else reading.at++;
      return;
    case LESS:
    case GREATER:
      if (!inQuotes && reading.code(reading.at + 1) === OPEN_PAREN) processSubstitution(reading);
      else reading.at++;
      return;
    default:
      reading.at++;
  }
}

/** `<(…)` or `>(…)`, from its first character on. */
export function processSubstitution(reading: Reading): void {
  const start = reading.at;
  reading.at += 2;
  substitution(reading, start);
}
