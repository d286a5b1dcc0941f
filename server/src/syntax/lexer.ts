import type { Span } from '../text/span.ts';
import { CR, HASH, isSpace, SPACE, TAB } from './characters.ts';
import type { Comment } from './tree.ts';
import { trouble, type SyntaxTrouble } from './trouble.ts';

/** What is gathered while a text is read from top to bottom. */
export interface Reading {
  readonly document: string;
  readonly escape: '\\' | '`';
  /** Where the next physical line begins. */
  next: number;
  readonly comments: Comment[];
  readonly emptyContinuations: Span[];
  readonly errors: SyntaxTrouble[];
}

/** One instruction's line with its continuations joined, as BuildKit sees it. */
export interface Line {
  readonly document: string;
  /** What every index is one in: the document itself, or the joined pieces of a continued line. */
  readonly text: string;
  /** Where the line stands in that text. */
  readonly from: number;
  readonly to: number;
  readonly escape: '\\' | '`';
  /** Where each piece begins in the joined text, none for a line that is not continued, … */
  readonly joins: readonly number[];
  /** … and where it begins in the document. */
  readonly places: readonly number[];
  /** Behind an escape character that nothing follows. */
  readonly dangling: number | undefined;
}

/** Longer lines do not fit into the buffer of the scanner that BuildKit reads with. */
const longestLine = 65535;

/** The index behind the last character of a line, without its line break; BuildKit takes every CR off its end. */
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

/** Notes a line that BuildKit cannot read for its length. */
export function noteLength(reading: Reading, from: number, eol: number): void {
  if (!isLong(reading.document, from, eol)) return;
  const place = { start: from, end: lineEnd(reading.document, from, eol) };
  reading.errors.push(trouble('line-too-long', { span: place }, String(longestLine)));
}

/** The first index that is no white space. */
export function skipSpace(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** The index behind the last character that is no white space. */
export function trimEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && isSpace(text.charCodeAt(end - 1))) end--;
  return end;
}

export function comment(document: string, from: number, to: number, inside: boolean): Comment {
  return { span: { start: from, end: to }, text: document.slice(from + 1, to), inside };
}

/**
 * Where the escape character stands that continues a line, or -1: the last character but blanks, and not doubled
 * (BuildKit frontend/dockerfile/parser/parser.go, setEscapeToken).
 */
function continuation(text: string, from: number, to: number, escape: number): number {
  let end = to;
  while (end > from && (text.charCodeAt(end - 1) === SPACE || text.charCodeAt(end - 1) === TAB)) {
    end--;
  }
  if (end === from || text.charCodeAt(end - 1) !== escape) return -1;
  return end - 1 > from && text.charCodeAt(end - 2) === escape ? -1 : end - 1;
}

/** Skips comments and empty lines between the lines of an instruction; gives the start of the next one with text. */
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

/** Reads an instruction's line, which ends at `eol`, with all its continuations (BuildKit parser.go, Parse). */
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

/** Which piece of the line an index stands in. */
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

/** The document's offset of the character at an index. */
export function offsetAt(line: Line, index: number): number {
  if (line.joins.length === 0) return index;
  const piece = pieceAt(line, index);
  return (line.places[piece] ?? 0) + index - (line.joins[piece] ?? 0);
}

/** The place of the characters between two indices: it ends behind the last of them, not at the next piece. */
export function spanOf(line: Line, from: number, to: number): Span {
  if (line.joins.length === 0) return { start: from, end: Math.max(from, to) };
  if (to > from) {
    const piece = pieceAt(line, from);
    const shift = (line.places[piece] ?? 0) - (line.joins[piece] ?? 0);
    // Most words stand in one piece.
    const next = line.joins[piece + 1];
    const end = next === undefined || to <= next ? to + shift : offsetAt(line, to - 1) + 1;
    return { start: from + shift, end };
  }
  // A place without characters stays on the line of what stands before it.
  const start = from > 0 ? offsetAt(line, from - 1) + 1 : offsetAt(line, from);
  return { start, end: start };
}
