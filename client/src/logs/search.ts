/** Finds lines of a log, and the places of matches in a text. */
import { isAscii } from 'node:buffer';
import { controlBit, errorBit, levelMask, lineStart, markerBit, shownLine, sourceShift, type ChunkText } from './log-chunk.ts'; // prettier-ignore

export interface Query {
  readonly text: string;
  readonly matchesCase: boolean;
  readonly isExpression: boolean;
}

/** Which lines are shown, besides a query. Plain data, which is sent to the thread that searches. */
export interface Selection {
  /** By the number of the level, whether its lines are shown. */
  readonly levels: readonly boolean[];
  /** Numbers of containers whose lines are hidden. */
  readonly hidden: ReadonlySet<number>;
  readonly stream: 'both' | 'output' | 'error';
}

export const everything: Selection = { levels: [], hidden: new Set(), stream: 'both' };

/** Whether all lines are shown. */
export function isEverything({ levels, hidden, stream }: Selection): boolean {
  return levels.every((shown) => shown) && hidden.size === 0 && stream === 'both';
}

/** Whether a line with these properties is shown. What happened to a container is shown with its container. */
export function isSelected(bits: number, { levels, hidden, stream }: Selection): boolean {
  if (hidden.size > 0 && hidden.has(bits >>> sourceShift)) return false;
  if ((bits & markerBit) !== 0) return true;
  if (stream !== 'both' && ((bits & errorBit) !== 0) !== (stream === 'error')) return false;
  return levels[bits & levelMask] ?? true;
}

/** The numbers of the selected lines of a chunk, from index `from` up to `to`. */
export function selectLines(
  chunk: ChunkText,
  [from, to]: readonly [number, number],
  selection: Selection,
): Uint32Array {
  const found = new Uint32Array(to - from);
  let count = 0;
  for (let index = from; index < to; index++)
    if (isSelected(chunk.bits[index] ?? 0, selection)) found[count++] = chunk.first + index;
  return found.slice(0, count);
}

/** Longer lines have at most this many marked matches. */
const mostRanges = 200;

export class Matcher {
  readonly #expression: RegExp;
  /** The text itself, if the letters must match exactly. */
  readonly #text: string | undefined;
  readonly #isLiteral: boolean;

  /** Throws a SyntaxError for an invalid expression. */
  constructor({ text, matchesCase, isExpression }: Query) {
    const source = isExpression ? text : text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    this.#expression = new RegExp(source, matchesCase ? 'g' : 'gi');
    this.#text = matchesCase && !isExpression ? text : undefined;
    this.#isLiteral = !isExpression;
  }

  /** The numbers of the selected lines of a chunk that match. */
  findLines(chunk: ChunkText, range: readonly [number, number], selection: Selection): Uint32Array {
    const [from, to] = range;
    let all = 0;
    for (let index = from; index < to; index++) all |= chunk.bits[index] ?? 0;
    const start = lineStart(chunk, from);
    const end = chunk.ends[to - 1] ?? 0;
    const bytes = chunk.text.subarray(start, end);
    const isPlain = (all & controlBit) === 0 && isAscii(bytes);
    // In plain text, bytes are characters: it is decoded once, and the places of matches are those of bytes.
    const text = isPlain ? bytes.toString('latin1') : undefined;
    if (text !== undefined && this.#isLiteral)
      return this.#findLiteral(chunk, { range, selection, text });
    const found = new Uint32Array(to - from);
    let count = 0;
    for (let index = from; index < to; index++) {
      if (!isSelected(chunk.bits[index] ?? 0, selection)) continue;
      const line = text === undefined ? shownLine(chunk, index) : text.slice(lineStart(chunk, index) - start, this.#endOf(chunk, index) - start); // prettier-ignore
      if (this.#matches(line)) found[count++] = chunk.first + index;
    }
    return found.slice(0, count);
  }

  /** The places of matches in a text, as starts and ends. */
  ranges(text: string): readonly (readonly [number, number])[] {
    const found: (readonly [number, number])[] = [];
    this.#expression.lastIndex = 0;
    for (const { 0: match, index } of text.matchAll(this.#expression)) {
      if (match !== '') found.push([index, index + match.length]);
      if (found.length === mostRanges) break;
    }
    return found;
  }

  #endOf(chunk: ChunkText, index: number): number {
    const end = chunk.ends[index] ?? 0;
    return chunk.text[end - 1] === 13 ? end - 1 : end;
  }

  #matches(line: string): boolean {
    if (this.#text !== undefined) return line.includes(this.#text);
    this.#expression.lastIndex = 0;
    return this.#expression.test(line);
  }

  /** Searches all lines at once: a text without a line feed is in one line. */
  #findLiteral(
    chunk: ChunkText,
    { range: [from, to], selection, text }: { readonly range: readonly [number, number]; readonly selection: Selection; readonly text: string }, // prettier-ignore
  ): Uint32Array {
    const found = new Uint32Array(to - from);
    const start = lineStart(chunk, from);
    let count = 0;
    let index = from;
    for (let at = this.#next(text, 0); at >= 0;) {
      while ((chunk.ends[index] ?? 0) - start <= at && index < to - 1) index += 1;
      if (isSelected(chunk.bits[index] ?? 0, selection)) found[count++] = chunk.first + index;
      const end = (chunk.ends[index] ?? 0) - start;
      index += 1;
      if (index >= to) break;
      at = this.#next(text, end + 1);
    }
    return found.slice(0, count);
  }

  #next(text: string, from: number): number {
    if (this.#text !== undefined) return text.indexOf(this.#text, from);
    this.#expression.lastIndex = from;
    return this.#expression.exec(text)?.index ?? -1;
  }
}
