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
import { readAnsiCQuotes, readDoubleQuotes, readEscape, readSingleQuotes } from './quotes.ts';
import type { Reader } from './reader.ts';
import { readBackticks, readSubstitution } from './substitutions.ts';

export interface Enclosure {
  readonly close: number;
  /** The character that opens another level, or -1. */
  readonly open: number;
  /** Whether it is in double quotes, where other quotes are ordinary characters. */
  readonly inQuotes: boolean;
}

/** Reads past the closing character; returns whether there is one. Nothing in it changes the value of the word. */
export function readEnclosed(reader: Reader, { close, open, inQuotes }: Enclosure): boolean {
  const { text, end } = reader;
  const gaps = reader.gaps.length;
  let depth = 1;
  while (reader.at < end) {
    const code = text.charCodeAt(reader.at);
    if (code === close && --depth === 0) break;
    if (code === open) depth++;
    readSegment(reader, code, inQuotes);
  }
  reader.gaps.length = gaps;
  if (reader.at >= end) return false;
  reader.at++;
  return true;
}

/** Reads one character, or the quote or expansion that it begins. */
export function readSegment(reader: Reader, code: number, inQuotes: boolean): void {
  switch (code) {
    case BACKSLASH:
      readEscape(reader);
      return;
    case DOUBLE_QUOTE:
      readDoubleQuotes(reader);
      return;
    case DOLLAR:
      if (!inQuotes && reader.code(reader.at + 1) === QUOTE) readAnsiCQuotes(reader);
      else reader.grammar.dollar(reader, inQuotes);
      return;
    case BACKTICK:
      readBackticks(reader, inQuotes);
      return;
    case QUOTE:
      if (!inQuotes) readSingleQuotes(reader);
      else reader.at++;
      return;
    case LESS:
    case GREATER:
      if (!inQuotes && reader.code(reader.at + 1) === OPEN_PAREN) readProcessSubstitution(reader);
      else reader.at++;
      return;
    default:
      reader.at++;
  }
}

/** `<(…)` or `>(…)`, from its first character on. */
export function readProcessSubstitution(reader: Reader): void {
  const start = reader.at;
  reader.at += 2;
  readSubstitution(reader, start);
}
