/** Lists of edits in the order of the text, and what becomes of very many of them. */
import { type Edit, replace } from '../../text/edit.ts';
import { keepCode } from '../../text/kept-code.ts';

/** By their places. */
export function compare(a: Edit, b: Edit): number {
  return a.span.start - b.span.start || a.span.end - b.span.end;
}

/** Up to this number of edits, as most instructions have, moving each to its place is faster than `sort`. */
const few = 32;

/** Sorts the edits from an index on. */
export function sortFrom(edits: Edit[], begin: number): void {
  if (edits.length - begin > few) {
    const sorted = edits.slice(begin).sort(compare);
    for (let i = 0; i < sorted.length; i++) edits[begin + i] = sorted[i] as Edit;
    return;
  }
  for (let i = begin + 1; i < edits.length; i++) {
    const edit = edits[i];
    let to = i;
    for (
      let above = edits[to - 1];
      edit && above && to > begin && compare(above, edit) > 0;
      above = edits[--to - 1]
    ) {
      edits[to] = above;
    }
    if (edit && to < i) edits[to] = edit;
  }
}

/**
 * Up to this number, each change is an edit of its own, so that editors keep the cursor and the marks around it. Editors need
 * seconds for a hundred thousand edits, which have many times the length of the text that they change.
 */
export const mostSingleEdits = 10_000;

/** Further edits that are no more characters apart are one. */
const nearby = 200;

/** This number of parts is joined: a list of all would be copied by each garbage collection. */
const mostParts = 500;

/** Replaces edits beyond `mostSingleEdits` by one for each run of edits that are near one another. */
export class EditRuns {
  readonly #text: string;
  readonly #edits: Edit[];
  /** The number of edits that are not changed. */
  #single = 0;
  readonly #runs: Edit[] = [];
  /** The place of the last run; its start is -1 if there is none. */
  #start = -1;
  #end = 0;
  /** The text of the last run, and what is added to it. */
  #written = '';
  #parts: string[] = [];

  constructor(text: string, edits: Edit[]) {
    this.#text = text;
    this.#edits = edits;
  }
  /** Takes the last edits of the list; later ones are below all of them. */
  settle(): void {
    const edits = this.#edits;
    if (this.#start < 0 && edits.length <= mostSingleEdits) {
      this.#single = edits.length;
      return;
    }
    sortFrom(edits, this.#single);
    for (let i = this.#single; i < edits.length; i++) this.#take(edits[i] as Edit);
    while (edits.length > this.#single) edits.pop();
  }
  #take({ span, text }: Edit): void {
    if (this.#start < 0 || span.start - this.#end > nearby) {
      this.#finish();
      this.#start = span.start;
    } else this.#parts.push(this.#text.slice(this.#end, span.start));
    this.#parts.push(text);
    this.#end = span.end;
    if (this.#parts.length > mostParts) this.#join();
  }
  #join(): void {
    this.#written += this.#parts.join('');
    this.#parts = [];
  }
  #finish(): void {
    if (this.#start < 0) return;
    this.#join();
    this.#runs.push(replace({ start: this.#start, end: this.#end }, this.#written));
    this.#written = '';
  }
  /** Adds the runs to the list, which is complete. */
  end(): void {
    this.settle();
    this.#finish();
    for (const run of this.#runs) this.#edits.push(run);
  }
}

keepCode(new EditRuns('', []));
