import { firstNotLess } from '../text/sorted.ts';
import type { Span } from '../text/span.ts';
import { CR, HASH, isSpace, SPACE, TAB } from './characters.ts';
import type { Comment } from './tree.ts';
import { trouble, type SyntaxTrouble } from './trouble.ts';

/** The state of reading a text from top to bottom. */
export interface Reader {
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
  readonly partStarts: readonly number[];
  /** Where each part begins in the document. */
  readonly partOffsets: readonly number[];
  /** The offset after an escape character that no line follows. */
  readonly danglingEnd: number | undefined;
}

/** In bytes. Longer lines do not fit into the buffer of BuildKit's scanner. */
const maxLineLength = 65535;

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

function isTooLong(text: string, from: number, to: number): boolean {
  if ((to - from) * 3 <= maxLineLength) return false;
  let bytes = 0;
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800 || (code >= 0xd800 && code < 0xe000)) bytes += 2;
    else bytes += 3;
  }
  return bytes > maxLineLength;
}

/** Reports a line that is too long for BuildKit. */
export function checkLineLength(reader: Reader, from: number, eol: number): void {
  if (!isTooLong(reader.document, from, eol)) return;
  const place = { start: from, end: lineEnd(reader.document, from, eol) };
  reader.errors.push(trouble('line-too-long', { span: place }, String(maxLineLength)));
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

export function comment(document: string, from: number, to: number, isInside: boolean): Comment {
  return { span: { start: from, end: to }, text: document.slice(from + 1, to), isInside };
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
function nextPart(reader: Reader): number | undefined {
  const { document } = reader;
  while (reader.next < document.length) {
    const from = reader.next;
    const eol = nextBreak(document, from);
    const end = lineEnd(document, from, eol);
    const start = skipSpace(document, from, end);
    if (start < end && document.charCodeAt(start) !== HASH) return from;
    checkLineLength(reader, from, eol);
    reader.next = Math.min(eol + 1, document.length);
    if (start < end) reader.comments.push(comment(document, start, end, true));
    else reader.emptyContinuations.push({ start: from, end: reader.next });
  }
  return undefined;
}

/** The line of the next instruction; the comments above it are read, too. Undefined at the end of the text. */
export function nextLine(reader: Reader): Line | undefined {
  const { document } = reader;
  while (reader.next < document.length) {
    const from = reader.next;
    const eol = nextBreak(document, from);
    const end = lineEnd(document, from, eol);
    const start = skipSpace(document, from, end);
    if (start < end && document.charCodeAt(start) !== HASH) return readLine(reader, start, eol);
    checkLineLength(reader, from, eol);
    if (start < end) reader.comments.push(comment(document, start, end, false));
    reader.next = eol + 1;
  }
  return undefined;
}

const noParts: readonly number[] = [];

/** Reads the line of an instruction, which ends at `eol`, with all its continuations (BuildKit parser.go, Parse). */
export function readLine(reader: Reader, start: number, eol: number): Line {
  const { document, escape } = reader;
  const end = lineEnd(document, start, eol);
  const at = continuation(document, start, end, escape.charCodeAt(0));
  if (at >= 0) return readParts(reader, start);
  checkLineLength(reader, start, eol);
  reader.next = Math.min(eol + 1, document.length);
  return {
    document,
    text: document,
    from: start,
    to: end,
    escape,
    partStarts: noParts,
    partOffsets: noParts,
    danglingEnd: undefined,
  };
}

function readParts(reader: Reader, start: number): Line {
  const { document, escape } = reader;
  const code = escape.charCodeAt(0);
  const partStarts: number[] = [];
  const partOffsets: number[] = [];
  let text = '';
  let from: number | undefined = start;
  let danglingEnd: number | undefined;
  while (from !== undefined) {
    const eol = nextBreak(document, from);
    const end = lineEnd(document, from, eol);
    checkLineLength(reader, from, eol);
    reader.next = Math.min(eol + 1, document.length);
    partStarts.push(text.length);
    partOffsets.push(from);
    const at = continuation(document, from, end, code);
    text += document.slice(from, at < 0 ? end : at);
    danglingEnd = at < 0 ? undefined : at + 1;
    from = at < 0 ? undefined : nextPart(reader);
  }
  return { document, text, from: 0, to: text.length, escape, partStarts, partOffsets, danglingEnd };
}

/** Whether a line has continuations. */
export function isContinued({ partStarts }: Line): boolean {
  return partStarts.length > 0;
}

/** The part of the line that contains an index. */
export function partAt(line: Line, index: number): number {
  return Math.max(0, firstNotLess(line.partStarts, index + 1) - 1);
}

/** The offset in the document of the character at an index. */
export function offsetAt(line: Line, index: number): number {
  if (line.partStarts.length === 0) return index;
  const part = partAt(line, index);
  return (line.partOffsets[part] ?? 0) + index - (line.partStarts[part] ?? 0);
}

/** The span of the characters between two indices. It ends after the last of them, not at the next part. */
export function spanOf(line: Line, from: number, to: number): Span {
  if (line.partStarts.length === 0) return { start: from, end: Math.max(from, to) };
  if (to > from) {
    const part = partAt(line, from);
    const shift = (line.partOffsets[part] ?? 0) - (line.partStarts[part] ?? 0);
    // Most words are within one part.
    const next = line.partStarts[part + 1];
    const end = next === undefined || to <= next ? to + shift : offsetAt(line, to - 1) + 1;
    return { start: from + shift, end };
  }
  // An empty span stays on the line of the character before it.
  const start = from > 0 ? offsetAt(line, from - 1) + 1 : offsetAt(line, from);
  return { start, end: start };
}
