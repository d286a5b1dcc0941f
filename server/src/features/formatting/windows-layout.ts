/** The levels of the lines of scripts for PowerShell and cmd, by their braces and quotes. */
import type { Dialect } from '../../shell/script.ts';
import {
  BACKTICK,
  CARET,
  CLOSE_BRACE,
  CLOSE_PAREN,
  OPEN_BRACE,
  OPEN_PAREN,
} from '../../shell/posix/characters.ts';
import { DOUBLE_QUOTE, isSpace, SINGLE_QUOTE } from '../../syntax/characters.ts';
import type { MaskedText, Span } from '../../text/span.ts';
import { type Row, rowIndexAt, widthOf } from './rows.ts';

export interface ScriptLayout {
  /** For each line, its level; undefined if whitespace before it may be significant. */
  readonly levels: readonly (number | undefined)[];
  /** For each line, the spaces before its escaped line break, if there are several that are insignificant. */
  readonly gaps: readonly (Span | undefined)[];
}

interface Lines {
  readonly text: string;
  readonly rows: readonly Row[];
  readonly tabSize: number;
  /** For each line, whether whitespace before it separates words already. */
  readonly loose: readonly boolean[];
  /** For each line, several spaces before its escaped line break. */
  readonly gaps: readonly (Span | undefined)[];
}

/**
 * The layout of a script for PowerShell or cmd. Whitespace is significant in quotes, and in cmd everywhere but where a
 * command starts, because `echo` and `set` keep all spaces.
 */
export function windowsLayout(
  { text, rows, tabSize, loose, gaps }: Lines,
  masked: MaskedText,
  dialect: Dialect,
): ScriptLayout | undefined {
  // What follows is passed on as it is written.
  if (masked.text.includes('--%')) return undefined;
  const walk = walker(masked.text, dialect);
  const starts = statementStarts(text, rows, dialect);
  const widths = rows.map((row) => widthOf(text, row, tabSize));
  const insignificant: (Span | undefined)[] = [];
  const places = rows.map(({ from }, i): Place | undefined => {
    // The walker goes forward only: first to the start of the line, then to its end.
    const open = from <= masked.at ? none : walk(from - masked.at);
    const left = open ? Math.max(0, open.length - closersAt(text, from)) : 0;
    const [opener, closed] = [open?.[left - 1], open?.[left]];
    const gap = dialect === 'cmd' ? undefined : gaps[i];
    const isFree = gap && gap.start > masked.at && walk(gap.start - masked.at) !== undefined;
    insignificant.push(isFree ? gap : undefined);
    if (from <= masked.at) return {};
    const isKept = open === undefined || !loose[i] || (dialect === 'cmd' && !starts[i]);
    if (isKept) return undefined;
    const rowOf = (at: number | undefined): number | undefined =>
      at === undefined ? undefined : rowIndexAt(rows, at + masked.at);
    return { opener: rowOf(opener), closed: rowOf(closed) };
  });
  let base: number | undefined;
  for (const [i, width] of widths.entries())
    if (i > 0 && starts[i] && places[i] && places[i].opener === undefined)
      base = Math.min(base ?? Infinity, width);
  const levels: (number | undefined)[] = [];
  const levelOf = (row: number): number | undefined => (row === 0 ? 1 : levels[row]);
  /** The line on which the statement starts. */
  let unit = 0;
  for (const [i, place] of places.entries()) {
    if (starts[i] === true) unit = i;
    const { opener, closed } = place ?? {};
    if (i === 0 || place === undefined) levels.push(i === 0 ? 0 : undefined);
    else if (closed !== undefined) levels.push(levelOf(closed));
    else if (starts[i] === true) levels.push(opener === undefined ? 1 : deeper(levelOf(opener), 1));
    else {
      const width = unit === 0 ? base : widths[unit];
      // Where a statement continues, deeper indentation is kept as one level.
      const step = width !== undefined && (widths[i] ?? 0) > width ? 1 : 0;
      levels.push(deeper(levelOf(unit), step));
    }
  }
  return { levels, gaps: insignificant };
}

/** What is open at the start of a line. */
interface Place {
  /** The line of the innermost brace or parenthesis that is still open. */
  readonly opener?: number | undefined;
  /** The line of the outermost one that the line closes first. */
  readonly closed?: number | undefined;
}

function deeper(level: number | undefined, step: number): number | undefined {
  return level === undefined ? undefined : level + step;
}

/** For each line, whether a statement or a block starts there: by the end of the last line with text above. */
function statementStarts(text: string, rows: readonly Row[], dialect: Dialect): readonly boolean[] {
  const endings = dialect === 'cmd' ? '&|(' : ';{(},';
  let isStart = true;
  return rows.map(({ from, to }) => {
    const here = isStart;
    // Without the escape character.
    let end = to - 1;
    while (end > from && isSpace(text.charCodeAt(end - 1))) end--;
    if (end > from) isStart = endings.includes(text.charAt(end - 1));
    return here;
  });
}

/** The number of characters at an offset that close braces and parentheses. */
function closersAt(text: string, offset: number): number {
  let count = 0;
  while (count < mostClosers && isCloser(text.charCodeAt(offset + count))) count++;
  return count;
}

/** A line does not begin with more. */
const mostClosers = 20;

const none: readonly never[] = [];

/** For increasing offsets, the offsets of the open braces and parentheses; undefined in quotes. */
function walker(text: string, dialect: Dialect): (upTo: number) => readonly number[] | undefined {
  const isCmd = dialect === 'cmd';
  const escape = isCmd ? CARET : BACKTICK;
  const open: number[] = [];
  let at = 0;
  /** The quote that is not closed yet, or 0. */
  let quote = 0;
  return (upTo) => {
    for (; at < upTo; at++) {
      const code = text.charCodeAt(at);
      if (code === escape && quote !== SINGLE_QUOTE) at++;
      else if (quote !== 0) quote = code === quote ? 0 : quote;
      else if (code === DOUBLE_QUOTE || (code === SINGLE_QUOTE && !isCmd)) quote = code;
      else if (code === OPEN_BRACE || code === OPEN_PAREN) open.push(at);
      else if (isCloser(code)) open.pop();
    }
    return at === upTo && quote === 0 ? open : undefined;
  };
}

function isCloser(code: number): boolean {
  return code === CLOSE_BRACE || code === CLOSE_PAREN;
}
