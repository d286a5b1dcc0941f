import { firstNotLess } from '../text/sorted.ts';
import type { Span } from '../text/span.ts';
import { BACKSLASH, CR, HASH, isSpace, SPACE, TAB } from './characters.ts';
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
  /** False if the document has no heredocs, as most have none. */
  readonly mayHaveHeredocs: boolean;
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
  /** Whether its continuations are as in a shell: a backslash and a line feed, after which the next part begins. */
  readonly isShell: boolean;
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

/** Lines up to this length fit, whatever their characters are: a UTF-16 unit has at most three bytes. */
export const surelyShort = maxLineLength / 3;

/** Reports a line that is too long for BuildKit. Most lines are `surelyShort` and need not be passed. */
export function checkLineLength(reader: Reader, from: number, eol: number): void {
  const { document, errors } = reader;
  let bytes = 0;
  for (let i = from; i < eol; i++) {
    const code = document.charCodeAt(i);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800 || (code >= 0xd800 && code < 0xe000)) bytes += 2;
    else bytes += 3;
  }
  if (bytes <= maxLineLength) return;
  const place = { start: from, end: lineEnd(document, from, eol) };
  errors.push(trouble('line-too-long', { span: place }, String(maxLineLength)));
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

/** Where the lines of an instruction begin that is continued. */
interface Parts {
  readonly starts: number[];
  readonly offsets: number[];
}

const noParts: Parts = { starts: [], offsets: [] };

/**
 * The line of the next instruction with all its continuations (BuildKit parser.go, Parse). Comments and empty lines are
 * skipped, above it and between its lines. Undefined at the end of the text.
 */
export function nextLine(reader: Reader): Line | undefined {
  const { document, escape, comments } = reader;
  const code = escape.charCodeAt(0);
  let parts: Parts | undefined;
  let text = '';
  let isShell = true;
  let from = 0;
  let end = 0;
  /** The offset of the escape character that continues the line before; -1 if there is none. */
  let at = -1;
  while (reader.next < document.length) {
    const begin = reader.next;
    const eol = nextBreak(document, begin);
    end = lineEnd(document, begin, eol);
    const start = skipSpace(document, begin, end);
    const isText = start < end && document.charCodeAt(start) !== HASH;
    // The indentation of an instruction does not belong to it, that of its further lines does.
    from = isText && parts === undefined ? start : begin;
    if (eol - from > surelyShort) checkLineLength(reader, from, eol);
    reader.next = Math.min(eol + 1, document.length);
    if (!isText) {
      const isInside = parts !== undefined;
      if (start < end) comments.push(comment(document, start, end, isInside));
      else if (isInside) reader.emptyContinuations.push({ start: begin, end: reader.next });
      continue;
    }
    if (parts !== undefined) isShell &&= begin === at + 2 && code === BACKSLASH;
    at = continuation(document, from, end, code);
    if (at >= 0) parts ??= { starts: [], offsets: [] };
    else if (parts === undefined) {
      // Most instructions are one line, whose text is not copied.
      parts = noParts;
      text = document;
      break;
    }
    parts.starts.push(text.length);
    parts.offsets.push(from);
    text += document.slice(from, at < 0 ? end : at);
    if (at < 0) break;
  }
  if (parts === undefined) return undefined;
  const isWhole = parts === noParts;
  return {
    document,
    text,
    from: isWhole ? from : 0,
    to: isWhole ? end : text.length,
    escape,
    partStarts: parts.starts,
    partOffsets: parts.offsets,
    isShell,
    danglingEnd: at < 0 ? undefined : at + 1,
  };
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
  const { partStarts, partOffsets } = line;
  if (partStarts.length === 0) return { start: from, end: Math.max(from, to) };
  if (to <= from) {
    // An empty span stays on the line of the character before it.
    const start = from > 0 ? offsetAt(line, from - 1) + 1 : offsetAt(line, from);
    return { start, end: start };
  }
  const first = partAt(line, from);
  const next = partStarts[first + 1];
  // Most words are within one part.
  const last = next === undefined || to <= next ? first : partAt(line, to - 1);
  return {
    start: from + (partOffsets[first] ?? 0) - (partStarts[first] ?? 0),
    end: to + (partOffsets[last] ?? 0) - (partStarts[last] ?? 0),
  };
}
