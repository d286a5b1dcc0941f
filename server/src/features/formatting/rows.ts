/** Physical lines with their start, indentation, trailing whitespace and line break. */
import { isSpace } from '../../syntax/characters.ts';
import { lineEnd, nextBreak } from '../../syntax/lexer.ts';
import { type Edit, replace } from '../../text/edit.ts';
import { keepCode } from '../../text/kept-code.ts';

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
const LINE_FEED = 10;

/**
 * All lines of a text, without the empty one after the last line break. Only their starts are kept; the rest is found
 * when a line is needed, so that a long file takes little memory.
 */
export class Rows {
  readonly text: string;
  readonly count: number;
  /** Whether a line has a carriage return. */
  readonly hasReturns: boolean;
  /** The line break for lines that are added. */
  readonly lineBreak: '\n' | '\r\n';
  readonly #starts: Int32Array;

  constructor(text: string) {
    this.text = text;
    let starts = new Int32Array(64);
    let count = 0;
    let start = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
    while (start < text.length) {
      if (count === starts.length) {
        const longer = new Int32Array(2 * count);
        longer.set(starts);
        starts = longer;
      }
      starts[count++] = start;
      start = nextBreak(text, start) + 1;
    }
    this.#starts = starts;
    this.count = count;
    this.hasReturns = text.includes('\r');
    this.lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  }
  at(index: number): Row | undefined {
    if (index < 0 || index >= this.count) return undefined;
    return rowAt(this.text, this.#starts[index] ?? 0);
  }
  /** The start of a line; the end of the text if there is no such line. */
  start(index: number): number {
    return index < this.count ? (this.#starts[index] ?? 0) : this.text.length;
  }
  /** Whether a line contains only whitespace, as defined by BuildKit. */
  isEmpty(index: number): boolean {
    const start = this.start(index);
    return this.text.charCodeAt(start) === LINE_FEED || this.at(index)?.empty === true;
  }
  /** The index of the line that contains an offset, which is at or after the start of a line not far above it. */
  indexFrom(index: number, offset: number): number {
    let at = index;
    while (at < this.count - 1 && this.start(at + 1) <= offset) at++;
    return at;
  }
  /** The line that contains an offset. */
  containing(offset: number): Row | undefined {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.start(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return this.at(low);
  }
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

/** Adds the edit that gives a line an indentation. */
export function addIndent(
  text: string,
  { start, from }: Pick<Row, 'start' | 'from'>,
  indent: string,
  edits: Edit[],
): void {
  if (from - start !== indent.length || !text.startsWith(indent, start))
    edits.push(replace({ start, end: from }, indent));
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

/** The indentation of a row in columns. */
export function widthOf(
  text: string,
  { start, from }: Pick<Row, 'start' | 'from'>,
  tabSize: number,
): number {
  let width = 0;
  for (let at = start; at < from; at++)
    width += text.charCodeAt(at) === 9 ? tabSize - (width % tabSize) : 1;
  return width;
}

keepCode(new Rows(''));
