import type { Span } from '../text/span.ts';
import { CR, HASH, isSpace, SPACE, TAB } from './characters.ts';
import type { Comment } from './tree.ts';
import { trouble, type SyntaxTrouble } from './trouble.ts';

/** The state of reading a text from top to bottom. */
export interface Reading {
  readonly document: string;
  readonly escape: '\\' | '`';
  /** The start of the next physical line. */
  next: number;
  readonly comments: Comment[];
  readonly emptyContinuations: Span[];
  readonly errors: SyntaxTrouble[];
}

/** The line of an instruction with its continuations joined, as BuildKit parses it. */
export interface Line {
  readonly document: string;
  /** The text that indices refer to: the document itself, or the joined parts of a continued line. */
  readonly text: string;
  /** The range of the line in that text. */
  readonly from: number;
  readonly to: number;
  readonly escape: '\\' | '`';
  /** Where each part begins in the joined text; empty for a line that is not continued. */
  readonly joins: readonly number[];
  /** Where each part begins in the document. */
  readonly places: readonly number[];
  /** The offset after an escape character that no line follows. */
  readonly dangling: number | undefined;
}

/** In bytes. Longer lines do not fit into the buffer of BuildKit's scanner. */
const longestLine = 65535;

/** The end of a line without its line break. BuildKit removes every CR at the end. */
export function lineEnd(text: string, from: number, eol: number): number {
  let end = eol;
  while (end > from && text.charCodeAt(end - 1) === CR) end--;
  return end;
}

/** The index of the next line feed, or the end of the text. */
export function nextBreak(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

function isLong(text: string, from: number, to: number): boolean {
  if ((to - from) * 3 <= longestLine) return false;
  let bytes = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800 || (code >= 0xd800 && code < 0xe000)) bytes += 2;
    else bytes += 3;
  }
  return bytes > longestLine;
}

/** Reports a line that is too long for BuildKit. */
export function noteLength(reading: Reading, from: number, eol: number): void {
  if (!isLong(reading.document, from, eol)) return;
  const place = { start: from, end: lineEnd(reading.document, from, eol) };
  reading.errors.push(trouble('line-too-long', { span: place }, String(longestLine)));
}

/** The index of the first character that is not whitespace. */
export function skipSpace(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** The index after the last character that is not whitespace. */
export function trimEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && isSpace(text.charCodeAt(end - 1))) end--;
  return end;
}

export function comment(document: string, from: number, to: number, inside: boolean): Comment {
  return { span: { start: from, end: to }, text: document.slice(from + 1, to), inside };
}

/**
 * The index of the escape character that continues a line, or -1. It is the last character before spaces and tabs, and
 * not doubled (BuildKit frontend/dockerfile/parser/parser.go, setEscapeToken).
 */
function continuation(text: string, from: number, to: number, escape: number): number {
  let end = to;
  while (end > from && (text.charCodeAt(end - 1) === SPACE || text.charCodeAt(end - 1) === TAB)) {
    end--;
  }
  if (end === from || text.charCodeAt(end - 1) !== escape) return -1;
  return end - 1 > from && text.charCodeAt(end - 2) === escape ? -1 : end - 1;
}

/** Skips comments and empty lines between the lines of an instruction; returns the start of the next line with text. */
function nextPiece(reading: Reading): number | undefined {
  const { document } = reading;
  while (reading.next < document.length) {
    const from = reading.next;
    const eol = nextBreak(document, from);
    const end = lineEnd(document, from, eol);
    const start = skipSpace(document, from, end);
    if (start < end && document.charCodeAt(start) !== HASH) return from;
    noteLength(reading, from, eol);
    reading.next = Math.min(eol + 1, document.length);
    if (start < end) reading.comments.push(comment(document, start, end, true));
    else reading.emptyContinuations.push({ start: from, end: reading.next });
  }
  return undefined;
}

const unbroken: readonly number[] = [];

/** Reads the line of an instruction, which ends at `eol`, with all its continuations (BuildKit parser.go, Parse). */
export function readLine(reading: Reading, start: number, eol: number): Line {
  const { document, escape } = reading;
  const end = lineEnd(document, start, eol);
  const at = continuation(document, start, end, escape.charCodeAt(0));
  if (at >= 0) return readPieces(reading, start);
  noteLength(reading, start, eol);
  reading.next = Math.min(eol + 1, document.length);
  return {
    document,
    text: document,
    from: start,
    to: end,
    escape,
    joins: unbroken,
    places: unbroken,
    dangling: undefined,
  };
}

function readPieces(reading: Reading, start: number): Line {
  const { document, escape } = reading;
  const code = escape.charCodeAt(0);
  const joins: number[] = [];
  const places: number[] = [];
  let text = '';
  let from: number | undefined = start;
  let dangling: number | undefined;
  while (from !== undefined) {
    const eol = nextBreak(document, from);
    const end = lineEnd(document, from, eol);
    noteLength(reading, from, eol);
    reading.next = Math.min(eol + 1, document.length);
    joins.push(text.length);
    places.push(from);
    const at = continuation(document, from, end, code);
    text += document.slice(from, at < 0 ? end : at);
    dangling = at < 0 ? undefined : at + 1;
    from = at < 0 ? undefined : nextPiece(reading);
  }
  return { document, text, from: 0, to: text.length, escape, joins, places, dangling };
}

/** The part of the line that contains an index. */
export function pieceAt(line: Line, index: number): number {
  let low = 0;
  let high = line.joins.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((line.joins[middle] ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The offset in the document of the character at an index. */
export function offsetAt(line: Line, index: number): number {
  if (line.joins.length === 0) return index;
  const piece = pieceAt(line, index);
  return (line.places[piece] ?? 0) + index - (line.joins[piece] ?? 0);
}

/** The span of the characters between two indices. It ends after the last of them, not at the next part. */
export function spanOf(line: Line, from: number, to: number): Span {
  if (line.joins.length === 0) return { start: from, end: Math.max(from, to) };
  if (to > from) {
    const piece = pieceAt(line, from);
    const shift = (line.places[piece] ?? 0) - (line.joins[piece] ?? 0);
    // Most words are within one part.
    const next = line.joins[piece + 1];
    const end = next === undefined || to <= next ? to + shift : offsetAt(line, to - 1) + 1;
    return { start: from + shift, end };
  }
  // An empty span stays on the line of the character before it.
  const start = from > 0 ? offsetAt(line, from - 1) + 1 : offsetAt(line, from);
  return { start, end: start };
}
