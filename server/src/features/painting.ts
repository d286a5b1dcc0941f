/** Turns nested marks into adjacent tokens. */
import type { Node } from '../text/span.ts';

export type TokenType =
  | 'keyword'
  | 'flag'
  | 'stage'
  | 'variable'
  | 'key'
  | 'string'
  | 'number'
  | 'comment'
  | 'directive'
  | 'operator'
  | 'command';

/** A place with a type, except for the marks inside it; without a type, a gap in the surrounding mark. */
export interface Mark extends Node {
  readonly type: TokenType | undefined;
  /** Defines a name. */
  readonly defines?: true;
  /** Part of a script. */
  readonly inScript?: true;
}

/** On a single line, without overlap. */
export interface SemanticToken extends Mark {
  readonly type: TokenType;
}

/** Sorts marks by their start, outer ones first; of two at the same place, the order stays. Returns the same list. */
export function sortMarks(marks: Mark[]): readonly Mark[] {
  // Most are in order already.
  for (let i = 1; i < marks.length; i++)
    if (compare(marks[i - 1], marks[i]) > 0)
      return marks.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  return marks;
}

function compare(a: Mark | undefined, b: Mark | undefined): number {
  if (a === undefined || b === undefined) return 0;
  return a.span.start - b.span.start || b.span.end - a.span.end;
}

/**
 * Adds the tokens of marks in the order of the text; sorts the marks. Of two marks at the same place, the later one
 * wins; a mark that extends past the surrounding mark is cut off. Reads each character once.
 */
export function addTokens(
  text: string,
  marks: Mark[],
  escape: string,
  tokens: SemanticToken[],
): void {
  sortMarks(marks);
  const open: Mark[] = [];
  const ends: number[] = [];
  let at = 0;
  const upTo = (place: number): void => {
    for (let top = open.length - 1; top >= 0; top--) {
      const mark = open[top];
      const topEnd = ends[top] ?? 0;
      const end = Math.min(topEnd, place);
      if (end > at && mark) addSegment(text, { mark, start: at, end, escape }, tokens);
      at = Math.max(at, end);
      if (topEnd > place) return;
      open.pop();
      ends.pop();
    }
    at = Math.max(at, Math.min(place, text.length));
  };
  for (const mark of marks) {
    const { start } = mark.span;
    upTo(start);
    const end = Math.min(mark.span.end, ends[ends.length - 1] ?? text.length);
    if (end <= start) continue;
    open.push(mark);
    ends.push(end);
  }
  upTo(text.length);
}

interface Segment {
  readonly mark: Mark;
  readonly start: number;
  readonly end: number;
  readonly escape: string;
}

/** Splits a token by line, without indentation and line continuation. */
function addSegment(
  text: string,
  { mark, start, end, escape }: Segment,
  tokens: SemanticToken[],
): void {
  if (!hasType(mark)) return;
  let from = start;
  for (let at = start; at <= end; at++) {
    const atBreak = at < end && isBreak(text.charCodeAt(at));
    if (!atBreak && at < end) continue;
    let to = atBreak ? trimmedEnd(text, from, at) : at;
    if (atBreak && to > from && text[to - 1] === escape) to = trimmedEnd(text, from, to - 1);
    if (from > start) while (from < to && isSpaceOrTab(text.charCodeAt(from))) from++;
    if (to > from) tokens.push(tokenOf(mark, from, to));
    from = at + 1;
  }
}

function hasType(mark: Mark): mark is SemanticToken {
  return mark.type !== undefined;
}

/** The mark itself if it is a whole token, as most are. */
function tokenOf(mark: SemanticToken, start: number, end: number): SemanticToken {
  const { span } = mark;
  return span.start === start && span.end === end ? mark : { ...mark, span: { start, end } };
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
