/** Turns nested marks into adjacent tokens. */
import type { Node, Span } from '../text/span.ts';

/** In the order of the numbers that stand for them in `Tokens`. */
export const tokenTypes = [
  'keyword',
  'flag',
  'stage',
  'variable',
  'key',
  'string',
  'number',
  'comment',
  'directive',
  'operator',
  'command',
] as const;

export type TokenType = (typeof tokenTypes)[number];

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

/** Four numbers for each token, because objects for the tokens of a long file would take longer than finding them. */
export class Tokens {
  /** Start, end, the number of the type, and a sum of `isDefinition` and `isInScript`. */
  data = new Int32Array(256);
  count = 0;

  add(start: number, end: number, { type = 'keyword', defines, inScript }: Mark): void {
    const at = this.count++ * numbersPerToken;
    if (at === this.data.length) {
      const longer = new Int32Array(2 * at);
      longer.set(this.data);
      this.data = longer;
    }
    const { data } = this;
    data[at] = start;
    data[at + 1] = end;
    data[at + 2] = numberOf.get(type) ?? 0;
    data[at + 3] = (defines ? isDefinition : 0) + (inScript ? isInScript : 0);
  }

  /** The tokens that touch a part of the text, as objects. */
  within(place: Span): readonly SemanticToken[] {
    const found: SemanticToken[] = [];
    for (let at = 0; at < this.count * numbersPerToken; at += numbersPerToken) {
      const [start = 0, end = 0, type = 0, modifiers = 0] = this.data.subarray(at, at + 4);
      if (end <= place.start || start >= place.end) continue;
      found.push({
        span: { start, end },
        type: tokenTypes[type] ?? 'keyword',
        ...((modifiers & isInScript) !== 0 && { inScript: true as const }),
        ...((modifiers & isDefinition) !== 0 && { defines: true as const }),
      });
    }
    return found;
  }
}

export const numbersPerToken = 4;
export const isDefinition = 1;
export const isInScript = 2;

const numberOf: ReadonlyMap<TokenType, number> = new Map(tokenTypes.map((type, i) => [type, i]));

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
export function addTokens(text: string, marks: Mark[], escape: string, tokens: Tokens): void {
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
function addSegment(text: string, { mark, start, end, escape }: Segment, tokens: Tokens): void {
  if (mark.type === undefined) return;
  let from = start;
  for (let at = start; at <= end; at++) {
    const atBreak = at < end && isBreak(text.charCodeAt(at));
    if (!atBreak && at < end) continue;
    let to = atBreak ? trimmedEnd(text, from, at) : at;
    if (atBreak && to > from && text[to - 1] === escape) to = trimmedEnd(text, from, to - 1);
    if (from > start) while (from < to && isSpaceOrTab(text.charCodeAt(from))) from++;
    if (to > from) tokens.add(from, to, mark);
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
