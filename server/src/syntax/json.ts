import {
  BACKSLASH,
  BRACKET,
  CLOSE_BRACKET,
  COMMA,
  CR,
  DOUBLE_QUOTE,
  LF,
  SPACE,
  TAB,
} from './characters.ts';

/** A string in an array. `indices` contains the index of each character of its text if the string has escapes. */
export interface JsonString {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly indices: readonly number[] | undefined;
}

/** The strings of an array; `other` if it also contains other values; undefined if it is not valid JSON. */
export type JsonArray = readonly JsonString[] | 'other' | undefined;

const COLON = 58;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
/** Go's limit is 10000; this one is lower to prevent a stack overflow. */
const maxDepth = 500;

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

export function skipJsonSpace(text: string, from: number, to: number): number {
  let at = from;
  for (; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code !== SPACE && code !== TAB && code !== LF && code !== CR) break;
  }
  return at;
}

/** The string whose opening quote is at `from`. */
function stringAt(text: string, from: number, to: number): JsonString | undefined {
  let at = from + 1;
  while (at < to) {
    const code = text.charCodeAt(at);
    if (code === DOUBLE_QUOTE) {
      const inner = text.slice(from + 1, at);
      return inner.includes('\\')
        ? decode(text, from, at)
        : { from, to: at + 1, text: inner, indices: undefined };
    }
    if (code < SPACE) return undefined;
    at += code === BACKSLASH ? 2 : 1;
  }
  return undefined;
}

function decode(text: string, from: number, close: number): JsonString | undefined {
  let decoded = '';
  const indices: number[] = [];
  let at = from + 1;
  // Indices are needed only for variables in the decoded text.
  const needsIndices = /\$|\\u0024/.test(text.slice(from, close));
  while (at < close) {
    if (needsIndices) indices.push(at);
    if (text.charCodeAt(at) !== BACKSLASH) {
      decoded += text.charAt(at++);
      continue;
    }
    const hex = text.charAt(at + 1) === 'u' ? text.slice(at + 2, at + 6) : '';
    const character = hex === '' ? escapes[text.charAt(at + 1)] : decodeHex(hex);
    if (character === undefined) return undefined;
    decoded += character;
    at += hex === '' ? 2 : 6;
  }
  return { from, to: close + 1, text: decoded, indices };
}

function decodeHex(hex: string): string | undefined {
  return /^[0-9a-fA-F]{4}$/.test(hex) ? String.fromCharCode(parseInt(hex, 16)) : undefined;
}

/** The index after any value, or -1 if it is not valid JSON. */
function valueEnd(text: string, from: number, to: number, depth: number): number {
  const code = from < to ? text.charCodeAt(from) : 0;
  if (code === DOUBLE_QUOTE) return stringAt(text, from, to)?.to ?? -1;
  if (code === BRACKET) return itemsEnd(text, from, to, depth, CLOSE_BRACKET);
  if (code === OPEN_BRACE) return itemsEnd(text, from, to, depth, CLOSE_BRACE);
  const literal = /(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)/y;
  literal.lastIndex = from;
  return literal.test(text) && literal.lastIndex <= to ? literal.lastIndex : -1;
}

/** The index after an array or an object, or -1 if it is not valid JSON. Its contents are not returned. */
function itemsEnd(text: string, from: number, to: number, depth: number, close: number): number {
  let at = skipJsonSpace(text, from + 1, to);
  if (at < to && text.charCodeAt(at) === close) return at + 1;
  while (at < to && depth < maxDepth) {
    if (close === CLOSE_BRACE) {
      const key = text.charCodeAt(at) === DOUBLE_QUOTE ? stringAt(text, at, to) : undefined;
      at = key ? skipJsonSpace(text, key.to, to) : to;
      if (text.charCodeAt(at) !== COLON) return -1;
      at = skipJsonSpace(text, at + 1, to);
    }
    const end = valueEnd(text, at, to, depth + 1);
    if (end < 0) return -1;
    at = skipJsonSpace(text, end, to);
    if (at >= to) return -1;
    if (text.charCodeAt(at) === close) return at + 1;
    if (text.charCodeAt(at) !== COMMA) return -1;
    at = skipJsonSpace(text, at + 1, to);
  }
  return -1;
}

/** Parses an array of strings that spans the whole range (BuildKit line_parsers.go, parseJSON). */
export function jsonArray(text: string, from: number, to: number): JsonArray {
  if (from >= to || text.charCodeAt(from) !== BRACKET) return undefined;
  const strings: JsonString[] = [];
  let hasOther = false;
  let at = skipJsonSpace(text, from + 1, to);
  let hasMore = at >= to || text.charCodeAt(at) !== CLOSE_BRACKET;
  while (hasMore) {
    const item = text.charCodeAt(at) === DOUBLE_QUOTE ? stringAt(text, at, to) : undefined;
    const end = item ? item.to : valueEnd(text, at, to, 1);
    if (end < 0) return undefined;
    if (item) strings.push(item);
    else hasOther = true;
    at = skipJsonSpace(text, end, to);
    hasMore = at < to && text.charCodeAt(at) === COMMA;
    if (hasMore) at = skipJsonSpace(text, at + 1, to);
  }
  const isClosed = at < to && text.charCodeAt(at) === CLOSE_BRACKET;
  if (!isClosed || skipJsonSpace(text, at + 1, to) !== to) return undefined;
  return hasOther ? 'other' : strings;
}
