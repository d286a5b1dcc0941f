/** Comments and empty lines between the instructions, and the end of the text. */
import type { Dockerfile } from '../../syntax/tree.ts';
import { type Edit, insert, remove, replace } from '../../text/edit.ts';
import { type FormatOptions, indentation } from './options.ts';
import type { Row, Rows } from './rows.ts';
import { keepCode } from '../../text/kept-code.ts';

/** Adds edits that remove lines; lines one after the other are one edit. */
export class RemovedLines {
  readonly #edits: Edit[];
  #last = { start: 0, end: -1 };

  constructor(edits: Edit[]) {
    this.#edits = edits;
  }
  /** Removes what is between the starts of two lines. */
  add(start: number, end: number): void {
    if (start === this.#last.end) {
      this.#last.end = end;
      return;
    }
    this.#last = { start, end };
    this.#edits.push(remove(this.#last));
  }
}

type OutsideText = Pick<Dockerfile, 'text' | 'directives'>;

/** Formats rows that do not belong to an instruction. */
export class OutsideRows {
  readonly #text: string;
  readonly #options: FormatOptions;
  readonly #rows: Rows;
  /** Where the lines of directives start. */
  readonly #directives: ReadonlySet<number>;

  constructor({ text, directives }: OutsideText, options: FormatOptions, rows: Rows) {
    this.#text = text;
    this.#options = options;
    this.#rows = rows;
    this.#directives = new Set(directives.map(({ span }) => span.start));
  }
  /** Adds the edits of the rows between two instructions. */
  addBetween({ first, end, isAfterLong }: Between, edits: Edit[]): void {
    this.#add({ first, end, contentEnd: end, isAfterLong }, edits);
  }
  /** Adds an empty line above the comments of the instruction below, unless there is one. */
  addEmptyLine({ first, end, isAfterLong }: Between, edits: Edit[]): void {
    const rows = this.#rows;
    let at = end;
    while (at > first && !rows.isEmpty(at - 1)) at--;
    // An empty line is above already.
    if (at > first) return;
    // Comments of the instruction above.
    while (isAfterLong && this.#options.continuedLines && at < end && isIndented(rows.at(at))) at++;
    const { start } = rows.at(at) ?? {};
    if (start !== undefined) edits.push(insert(start, rows.lineBreak));
  }
  /** Adds the edits of the rows after the last instruction. */
  addEnd({ first, isOpen, isAfterLong }: EndRange, edits: Edit[]): void {
    const rows = this.#rows;
    let contentEnd = rows.count;
    if (this.#options.emptyLines)
      while (contentEnd > first && rows.isEmpty(contentEnd - 1)) contentEnd--;
    this.#add({ first, end: rows.count, contentEnd, isAfterLong }, edits);
    const last = rows.at(contentEnd - 1);
    const isEnded = contentEnd < rows.count || last === undefined || last.next > last.end;
    const isUnfinished = isOpen && contentEnd === first;
    if (this.#options.finalNewline && !isEnded && !isUnfinished)
      edits.push(insert(last.end, rows.lineBreak));
  }
  #add({ first, end: rowEnd, contentEnd, isAfterLong }: RowRange, edits: Edit[]): void {
    if (first >= rowEnd) return;
    const text = this.#text;
    const rows = this.#rows;
    const { emptyLines, continuedLines } = this.#options;
    const indent = indentation(this.#options, 1);
    // Comments that follow the last line of an instruction like one of its lines belong to it.
    let belongs = isAfterLong && continuedLines;
    const removed = new RemovedLines(edits);
    let isAfterEmpty = false;
    for (let i = first; i < rowEnd; i++) {
      const isEmpty = rows.isEmpty(i);
      if (isEmpty && (i >= contentEnd || (emptyLines && isAfterEmpty))) {
        removed.add(rows.start(i), rows.start(i + 1));
        continue;
      }
      isAfterEmpty = isEmpty;
      belongs &&= !isEmpty;
      const row = rows.at(i);
      if (row === undefined) continue;
      const { start, from, to, end } = row;
      if (isEmpty) {
        if (start < end && text.charAt(end - 1) !== '\r') edits.push(remove({ start, end }));
        continue;
      }
      // `#!` has a meaning at the top of the file only without whitespace before it.
      belongs &&= start < from;
      if (belongs && text.slice(start, from) !== indent)
        edits.push(replace({ start, end: from }, indent));
      else if (!belongs && start < from && !text.startsWith('#!', from))
        edits.push(remove({ start, end: from }));
      if (to < end && !this.#directives.has(from)) edits.push(remove({ start: to, end }));
    }
  }
}

function isIndented(row: Row | undefined): boolean {
  return row !== undefined && row.start < row.from;
}

/** The rows between two instructions, of which the first may have several lines. */
type Between = Omit<RowRange, 'contentEnd'>;

/** Rows by their indexes; those from `contentEnd` on are removed. */
interface RowRange {
  readonly first: number;
  readonly end: number;
  readonly contentEnd: number;
  /** Whether the instruction above has several lines. */
  readonly isAfterLong: boolean;
}

interface EndRange extends Pick<RowRange, 'first' | 'isAfterLong'> {
  /** Whether added text would belong to the last instruction. */
  readonly isOpen: boolean;
}

keepCode(new RemovedLines([]));
