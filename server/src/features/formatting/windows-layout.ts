/** The levels of the lines of scripts for PowerShell and cmd, by their braces and quotes. */
import type { Dialect } from '../../shell/script.ts';
import type { MaskedText } from '../../text/span.ts';
import { type Row, widthOf } from './rows.ts';

interface Lines {
  readonly text: string;
  readonly rows: readonly Row[];
  readonly tabSize: number;
  /** For each line, whether whitespace before it separates words already. */
  readonly loose: readonly boolean[];
}

/**
 * For each line, its level; undefined if whitespace before it may be significant: in quotes, and in cmd everywhere but
 * where a command starts, because `echo` and `set` keep all spaces.
 */
export function windowsLevels(
  { text, rows, tabSize, loose }: Lines,
  masked: MaskedText,
  dialect: Dialect,
): readonly (number | undefined)[] | undefined {
  // What follows is passed on as it is written.
  if (masked.text.includes('--%')) return undefined;
  const walk = walker(masked.text, dialect);
  const starts = statementStarts(text, rows, dialect);
  const depths = rows.map(({ from }, i) => {
    if (from <= masked.at) return 0;
    const depth = walk(from - masked.at);
    const isKept = depth === undefined || !loose[i] || (dialect === 'cmd' && !starts[i]);
    return isKept ? undefined : Math.max(0, depth - closersAt(text, from));
  });
  const widths = rows.map((row) => widthOf(text, row, tabSize));
  let base: number | undefined;
  for (const [i, width] of widths.entries())
    if (i > 0 && starts[i] && depths[i] === 0) base = Math.min(base ?? Infinity, width);
  const levels: (number | undefined)[] = [];
  /** The line on which the statement starts. */
  let unit = 0;
  for (const [i, depth] of depths.entries()) {
    if (starts[i] === true) unit = i;
    if (i === 0 || depth === undefined) levels.push(i === 0 ? 0 : undefined);
    else if (starts[i] === true) levels.push(1 + depth);
    else {
      const width = unit === 0 ? base : widths[unit];
      // Where a statement continues, deeper indentation is kept as one level.
      const step = width !== undefined && (widths[i] ?? 0) > width ? 1 : 0;
      levels.push(1 + depth + step);
    }
  }
  return levels;
}

/** For each line, whether a statement or a block starts there: by the end of the last line with text above. */
function statementStarts(text: string, rows: readonly Row[], dialect: Dialect): readonly boolean[] {
  const ending = dialect === 'cmd' ? /[&|(]$/ : /[;{(},]$/;
  let isStart = true;
  return rows.map(({ from, to }) => {
    const here = isStart;
    // Without the escape character.
    const written = text.slice(from, to - 1).trimEnd();
    if (written !== '') isStart = ending.test(written);
    return here;
  });
}

function closersAt(text: string, offset: number): number {
  return /^[)}]*/.exec(text.slice(offset, offset + 20))?.[0].length ?? 0;
}

/** For increasing offsets, the number of open braces and parentheses; undefined in quotes. */
function walker(text: string, dialect: Dialect): (upTo: number) => number | undefined {
  const [escape, quotes] = dialect === 'cmd' ? ['^', '"'] : ['`', `"'`];
  let [at, depth, quote] = [0, 0, ''];
  return (upTo) => {
    for (; at < upTo; at++) {
      const character = text.charAt(at);
      if (character === escape && quote !== "'") at++;
      else if (quote !== '') quote = character === quote ? '' : quote;
      else if (quotes.includes(character)) quote = character;
      else if (character === '{' || character === '(') depth++;
      else if ((character === '}' || character === ')') && depth > 0) depth--;
    }
    return at === upTo && quote === '' ? depth : undefined;
  };
}
