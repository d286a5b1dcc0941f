/** Turns nested marks into adjacent tokens. */
import { gap, type Marks } from './marks.ts';

/**
 * Adds the tokens of marks in the order of the text, on single lines and without overlap; sorts the marks. Of two marks
 * at the same place, the later one wins; a mark that extends past the surrounding mark is cut off. Reads each character
 * once.
 */
export function paint(
  { text, escape }: { readonly text: string; readonly escape: string },
  marks: Marks,
  tokens: Marks,
): void {
  marks.sort();
  /** The marks around the place, innermost last, and where they end. */
  const open: number[] = [];
  const ends: number[] = [];
  let at = 0;
  const upTo = (place: number): void => {
    while (open.length > 0) {
      const mark = open[open.length - 1] ?? 0;
      const markEnd = ends[ends.length - 1] ?? 0;
      const end = Math.min(markEnd, place);
      const type = marks.type(mark);
      if (end > at && type !== gap)
        addLines({ text, escape, type, modifiers: marks.modifiers(mark), start: at, end }, tokens);
      at = Math.max(at, end);
      if (markEnd > place) return;
      open.pop();
      ends.pop();
    }
    at = Math.max(at, Math.min(place, text.length));
  };
  for (let i = 0; i < marks.count; i++) {
    const start = marks.start(i);
    upTo(start);
    const end = Math.min(marks.end(i), ends[ends.length - 1] ?? text.length);
    if (end <= start) continue;
    open.push(i);
    ends.push(end);
  }
  upTo(text.length);
}

interface Segment {
  readonly text: string;
  readonly escape: string;
  readonly type: number;
  readonly modifiers: number;
  readonly start: number;
  readonly end: number;
}

/** Splits a token by line, without indentation and line continuation. */
function addLines({ text, escape, type, modifiers, start, end }: Segment, tokens: Marks): void {
  let from = start;
  for (let at = start; at <= end; at++) {
    const atBreak = at < end && isBreak(text.charCodeAt(at));
    if (!atBreak && at < end) continue;
    let to = atBreak ? trimmedEnd(text, from, at) : at;
    if (atBreak && to > from && text[to - 1] === escape) to = trimmedEnd(text, from, to - 1);
    if (from > start) while (from < to && isSpaceOrTab(text.charCodeAt(from))) from++;
    if (to > from) tokens.addNumbers(from, to, type, modifiers);
    from = at + 1;
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
