/** Physical lines with their start, indentation, trailing whitespace and line break. */
import { isSpace } from '../../syntax/characters.ts';
import { lineEnd, nextBreak } from '../../syntax/lexer.ts';

export interface Row {
  /** The start of the line, without a byte order mark. */
  readonly start: number;
  /** The offset of the first character that is not a space or tab. */
  readonly from: number;
  /** The offset after the last such character; equal to `from` on an empty line. */
  readonly to: number;
  /** The start of the line break. */
  readonly end: number;
  /** The start of the next line. */
  readonly next: number;
  /** Contains only whitespace, as defined by BuildKit. */
  readonly empty: boolean;
}

const BYTE_ORDER_MARK = 0xfeff;

/** All lines of a text, without the empty one after the last line break. */
export function rowsOf(text: string): readonly Row[] {
  const rows: Row[] = [];
  let start = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  while (start < text.length) {
    const row = rowAt(text, start);
    rows.push(row);
    start = row.next;
  }
  return rows;
}

function rowAt(text: string, start: number): Row {
  const eol = nextBreak(text, start);
  const end = lineEnd(text, start, eol);
  let from = start;
  while (from < end && isSpaceOrTab(text.charCodeAt(from))) from++;
  let to = end;
  while (to > from && isSpaceOrTab(text.charCodeAt(to - 1))) to--;
  let at = from;
  while (at < to && isSpace(text.charCodeAt(at))) at++;
  return { start, from, to, end, next: Math.min(eol + 1, text.length), empty: at === to };
}

/** Spaces and tabs; other whitespace is never changed. */
export function isSpaceOrTab(code: number): boolean {
  return code === 32 || code === 9;
}

/** The index of the row that contains an offset. */
export function rowIndexAt(rows: readonly Row[], offset: number): number {
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((rows[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The same for an offset at or after the start of a row that is not far above it, or at the end of the text. */
export function nextRowIndex(rows: readonly Row[], offset: number, from: number): number {
  let at = from;
  while (at < rows.length - 1 && (rows[at]?.next ?? 0) <= offset) at++;
  return at;
}

/** The indentation of a row in columns. */
export function widthOf(text: string, { start, from }: Row, tabSize: number): number {
  let width = 0;
  for (let at = start; at < from; at++)
    width += text.charCodeAt(at) === 9 ? tabSize - (width % tabSize) : 1;
  return width;
}
