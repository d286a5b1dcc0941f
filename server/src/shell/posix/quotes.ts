/** Quotes and escapes. */
import { ansiC } from './ansi-c.ts';
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
import type { Reading } from './reading.ts';
import { backtick } from './substitutions.ts';

/** A backslash outside quotes and the character after it. The backslash is removed, also a line break after it. */
export function escaped(reading: Reading): void {
  const { at } = reading;
  if (at + 1 >= reading.end) {
    reading.at = reading.end;
    return;
  }
  reading.gap(at, reading.text.charCodeAt(at + 1) === NEWLINE ? at + 2 : at + 1);
  reading.at = at + 2;
}

/** `'…'`, from the first quote on. */
export function singleQuoted(reading: Reading): void {
  const start = reading.at;
  const close = reading.text.indexOf("'", start + 1);
  reading.gap(start, start + 1);
  if (close < 0 || close >= reading.end) {
    reading.error(start);
    reading.at = reading.end;
    return;
  }
  reading.gap(close, close + 1);
  reading.at = close + 1;
}

/** `$'…'`, from the `$` on. */
export function ansiCQuoted(reading: Reading): void {
  const { text, end } = reading;
  const start = reading.at;
  let at = start + 2;
  while (at < end && text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  const close = Math.min(at, end);
  const whole = Math.min(at + 1, end);
  if (at >= end) reading.error(start + 1);
  reading.gap(start, whole);
  (reading.decoded ??= new Map()).set(start, ansiC(text.slice(start + 2, close)));
  reading.at = whole;
}

/** `"…"` or `$"…"`, from the quote on. */
export function doubleQuoted(reading: Reading): void {
  const { text, end, quoted } = reading;
  const start = reading.at;
  let at = start + 1;
  reading.gap(start, at);
  reading.quoted = true;
  while (at < end) {
    const code = text.charCodeAt(at);
    if ((kindsOf(code) & specialInQuotes) === 0) {
      at++;
      continue;
    }
    if (code === DOUBLE_QUOTE) break;
    reading.at = at;
    if (code === BACKSLASH) escapedInQuotes(reading);
    else if (code === DOLLAR) reading.grammar.dollar(reading, true);
    else backtick(reading, true);
    at = reading.at;
  }
  reading.quoted = quoted;
  if (at >= end) {
    reading.error(start);
    reading.at = end;
    return;
  }
  reading.gap(at, at + 1);
  reading.at = at + 1;
}

/** In double quotes, a backslash is an ordinary character before most characters. */
function escapedInQuotes(reading: Reading): void {
  const { at } = reading;
  const code = reading.code(at + 1);
  if (code === NEWLINE) reading.gap(at, at + 2);
  else if (code === DOLLAR || code === BACKTICK || code === DOUBLE_QUOTE || code === BACKSLASH)
    reading.gap(at, at + 1);
  reading.at = Math.min(at + 2, reading.end);
}
