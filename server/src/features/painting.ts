/** Turns nested marks into adjacent tokens. */
import { keepCode } from '../text/kept-code.ts';
import { gap, Marks } from './marks.ts';

/**
 * Adds the tokens of marks in the order of the text, on single lines and without overlap. Of two marks at the same place, the
 * later one wins; a mark that extends past the surrounding mark is cut off. Reads each character once.
 *
 * A class, because a long file is painted one instruction after the other: functions and lists for each of them would take
 * as long as painting it.
 */
export class Painter {
  readonly #text: string;
  readonly #escape: number;
  readonly #tokens: Marks;
  /** The marks around the place, innermost last, and where they end. */
  readonly #open: number[] = [];
  readonly #ends: number[] = [];
  /** How many of them are open. */
  #depth = 0;
  /** What is before this place is painted. */
  #at = 0;

  constructor({ text, escape }: { readonly text: string; readonly escape: string }, tokens: Marks) {
    this.#text = text;
    this.#escape = escape.charCodeAt(0);
    this.#tokens = tokens;
  }
  /** Paints marks that are below those painted before; sorts them. */
  paint(marks: Marks): void {
    marks.sort();
    this.#at = 0;
    for (let i = 0; i < marks.count; i++) {
      const start = marks.start(i);
      this.#paintUpTo(start, marks);
      const around = this.#depth > 0 ? (this.#ends[this.#depth - 1] ?? 0) : this.#text.length;
      const end = Math.min(marks.end(i), around);
      if (end <= start) continue;
      this.#open[this.#depth] = i;
      this.#ends[this.#depth++] = end;
    }
    this.#paintUpTo(this.#text.length, marks);
  }
  #paintUpTo(place: number, marks: Marks): void {
    while (this.#depth > 0) {
      const mark = this.#open[this.#depth - 1] ?? 0;
      const markEnd = this.#ends[this.#depth - 1] ?? 0;
      const end = Math.min(markEnd, place);
      const type = marks.type(mark);
      if (end > this.#at && type !== gap)
        this.#addLines(this.#at, end, type, marks.modifiers(mark));
      if (end > this.#at) this.#at = end;
      if (markEnd > place) return;
      this.#depth--;
    }
    this.#at = Math.max(this.#at, Math.min(place, this.#text.length));
  }
  /** Splits the token of a mark by line, without indentation and line continuation. */
  #addLines(start: number, end: number, type: number, modifiers: number): void {
    const text = this.#text;
    let from = start;
    for (let at = start; at <= end; at++) {
      const atBreak = at < end && isBreak(text.charCodeAt(at));
      if (!atBreak && at < end) continue;
      let to = atBreak ? trimmedEnd(text, from, at) : at;
      if (atBreak && to > from && text.charCodeAt(to - 1) === this.#escape)
        to = trimmedEnd(text, from, to - 1);
      if (from > start) while (from < to && isSpaceOrTab(text.charCodeAt(from))) from++;
      if (to > from) this.#tokens.addNumbers(from, to, type, modifiers);
      from = at + 1;
    }
  }
}

function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}

function isSpaceOrTab(code: number): boolean {
  return code === 32 || code === 9;
}

/** The end of a segment without trailing whitespace. */
function trimmedEnd(text: string, from: number, end: number): number {
  let to = end;
  while (to > from && isSpaceOrTab(text.charCodeAt(to - 1))) to--;
  return to;
}

keepCode(new Painter({ text: '', escape: '\\' }, new Marks()));
