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

interface OpenMark {
  readonly mark: Mark;
  readonly end: number;
}

/**
 * Sorted tokens. Of two marks at the same place, the later one wins; a mark that extends past the surrounding mark is
 * cut off. Reads each character once.
 */
export function tokensOf(text: string, marks: Mark[], escape: string): readonly SemanticToken[] {
  marks.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const tokens: SemanticToken[] = [];
  const open: OpenMark[] = [];
  let at = 0;
  const upTo = (place: number): void => {
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const end = Math.min(top.end, place);
      if (end > at) addTokens(text, { mark: top.mark, start: at, end, escape }, tokens);
      at = Math.max(at, end);
      if (top.end > place) return;
      open.pop();
    }
    at = Math.max(at, Math.min(place, text.length));
  };
  for (const mark of marks) {
    upTo(mark.span.start);
    const end = Math.min(mark.span.end, open.at(-1)?.end ?? text.length);
    if (end > mark.span.start) open.push({ mark, end });
  }
  upTo(text.length);
  return tokens;
}

interface Segment {
  readonly mark: Mark;
  readonly start: number;
  readonly end: number;
  readonly escape: string;
}

/** Splits a token by line, without indentation and line continuation. */
function addTokens(
  text: string,
  { mark, start, end, escape }: Segment,
  tokens: SemanticToken[],
): void {
  const { type } = mark;
  if (type === undefined) return;
  let from = start;
  for (let at = start; at <= end; at++) {
    const atBreak = at < end && isBreak(text.charCodeAt(at));
    if (!atBreak && at < end) continue;
    let to = atBreak ? trimmedEnd(text, from, at) : at;
    if (atBreak && to > from && text[to - 1] === escape) to = trimmedEnd(text, from, to - 1);
    if (from > start) while (from < to && isSpaceOrTab(text.charCodeAt(from))) from++;
    if (to > from) tokens.push({ ...mark, type, span: { start: from, end: to } });
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
