/** Quotes and escapes. */
import { decodeAnsiC } from './ansi-c.ts';
import {
  BACKSLASH,
  BACKTICK,
  DOLLAR,
  DOUBLE_QUOTE,
  NEWLINE,
  QUOTE,
  kindsOf,
  specialInQuotes,
} from './characters.ts';
import type { Reader } from './reader.ts';
import { readBackticks } from './substitutions.ts';

/** A backslash outside quotes and the character after it. The backslash is removed, also a line break after it. */
export function readEscape(reader: Reader): void {
  const { at } = reader;
  if (at + 1 >= reader.end) {
    reader.at = reader.end;
    return;
  }
  reader.addGap(at, reader.text.charCodeAt(at + 1) === NEWLINE ? at + 2 : at + 1);
  reader.at = at + 2;
}

/** `'…'`, from the first quote on. */
export function readSingleQuotes(reader: Reader): void {
  const start = reader.at;
  const close = reader.text.indexOf("'", start + 1);
  reader.addGap(start, start + 1);
  if (close < 0 || close >= reader.end) {
    reader.addError(start);
    reader.at = reader.end;
    return;
  }
  reader.addGap(close, close + 1);
  reader.at = close + 1;
}

/** `$'…'`, from the `$` on. */
export function readAnsiCQuotes(reader: Reader): void {
  const { text, end } = reader;
  const start = reader.at;
  let at = start + 2;
  while (at < end && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  const close = Math.min(at, end);
  const next = Math.min(at + 1, end);
  if (at >= end) reader.addError(start + 1);
  reader.addGap(start, next);
  (reader.decoded ??= new Map()).set(start, decodeAnsiC(text.slice(start + 2, close)));
  reader.at = next;
}

/** `"…"` or `$"…"`, from the quote on. */
export function readDoubleQuotes(reader: Reader): void {
  const { text, end, quoted } = reader;
  const start = reader.at;
  let at = start + 1;
  reader.addGap(start, at);
  reader.quoted = true;
  while (at < end) {
    const code = text.charCodeAt(at);
    if ((kindsOf(code) & specialInQuotes) === 0) {
      at++;
      continue;
    }
    if (code === DOUBLE_QUOTE) break;
    reader.at = at;
    if (code === BACKSLASH) readEscapeInQuotes(reader);
    else if (code === DOLLAR) reader.grammar.dollar(reader, true);
    else readBackticks(reader, true);
    at = reader.at;
  }
  reader.quoted = quoted;
  if (at >= end) {
    reader.addError(start);
    reader.at = end;
    return;
  }
  reader.addGap(at, at + 1);
  reader.at = at + 1;
}

/** In double quotes, a backslash is an ordinary character before most characters. */
function readEscapeInQuotes(reader: Reader): void {
  const { at } = reader;
  const code = reader.code(at + 1);
  if (code === NEWLINE) reader.addGap(at, at + 2);
  else if (code === DOLLAR || code === BACKTICK || code === DOUBLE_QUOTE || code === BACKSLASH)
    reader.addGap(at, at + 1);
  reader.at = Math.min(at + 2, reader.end);
}
