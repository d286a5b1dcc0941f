/** Comments and empty lines between the instructions, and the end of the text. */
import type { Document } from '../../model/document.ts';
import { type Edit, insert, remove } from '../../text/edit.ts';
import type { FormatOptions } from './options.ts';
import type { Rows } from './rows.ts';

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

/** Formats rows that do not belong to an instruction. */
export class OutsideRows {
  readonly #text: string;
  readonly #options: FormatOptions;
  readonly #rows: Rows;
  /** Where the lines of directives start. */
  readonly #directives: ReadonlySet<number>;

  constructor({ text, tree }: Document, options: FormatOptions, rows: Rows) {
    this.#text = text;
    this.#options = options;
    this.#rows = rows;
    this.#directives = new Set(tree.directives.map(({ span }) => span.start));
  }
  /** Adds the edits of the rows between two instructions. */
  addBetween(first: number, end: number, edits: Edit[]): void {
    this.#add({ first, end, contentEnd: end }, edits);
  }
  /** Adds the edits of the rows after the last instruction; `isOpen` if added text would belong to that. */
  addEnd(first: number, isOpen: boolean, edits: Edit[]): void {
    const rows = this.#rows;
    let contentEnd = rows.count;
    if (this.#options.emptyLines)
      while (contentEnd > first && rows.isEmpty(contentEnd - 1)) contentEnd--;
    this.#add({ first, end: rows.count, contentEnd }, edits);
    const last = rows.at(contentEnd - 1);
    const isEnded = contentEnd < rows.count || last === undefined || last.next > last.end;
    const isUnfinished = isOpen && contentEnd === first;
    if (this.#options.finalNewline && !isEnded && !isUnfinished)
      edits.push(insert(last.end, this.#text.includes('\r\n') ? '\r\n' : '\n'));
  }
  #add({ first, end: rowEnd, contentEnd }: RowRange, edits: Edit[]): void {
    const text = this.#text;
    const rows = this.#rows;
    const { emptyLines } = this.#options;
    const removed = new RemovedLines(edits);
    let isAfterEmpty = false;
    for (let i = first; i < rowEnd; i++) {
      const isEmpty = rows.isEmpty(i);
      if (isEmpty && (i >= contentEnd || (emptyLines && isAfterEmpty))) {
        removed.add(rows.start(i), rows.start(i + 1));
        continue;
      }
      isAfterEmpty = isEmpty;
      const row = rows.at(i);
      if (row === undefined) continue;
      const { start, from, to, end } = row;
      if (isEmpty) {
        if (start < end && text.charAt(end - 1) !== '\r') edits.push(remove({ start, end }));
        continue;
      }
      // `#!` has a meaning at the top of the file only without whitespace before it.
      if (start < from && !text.startsWith('#!', from)) edits.push(remove({ start, end: from }));
      if (to < end && !this.#directives.has(from)) edits.push(remove({ start: to, end }));
    }
  }
}

/** Rows by their indexes; those from `contentEnd` on are removed. */
interface RowRange {
  readonly first: number;
  readonly end: number;
  readonly contentEnd: number;
}
