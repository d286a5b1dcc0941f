/** An open ignore file. */
import { usedPattern } from '../../ignore/ignore-filter.ts';
import { ignoreLines, type IgnoreLine } from '../../ignore/ignore-text.ts';
import { lines, type Lines } from '../../text/lines.ts';
import { contains } from '../../text/span.ts';

export interface IgnoreDocument {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  readonly lines: Lines;
  readonly all: readonly IgnoreLine[];
  readonly patterns: readonly PatternLine[];
}

/** A line with a pattern, and what Docker compares with paths. */
export interface PatternLine extends IgnoreLine {
  /** Without `!`. */
  readonly used: string;
  readonly includes: boolean;
}

export function ignoreDocument(uri: string, text: string, version: number): IgnoreDocument {
  const all = ignoreLines(text);
  const patterns = all
    .filter(({ kind }) => kind === 'pattern')
    .map((line): PatternLine => {
      const used = usedPattern(line.pattern);
      return { ...line, used: used?.text ?? '', includes: used?.isException === true };
    });
  return { uri, version, text, lines: lines(text), all, patterns };
}

/** The line at an offset, as the builder counts lines. */
export function lineAt({ all }: IgnoreDocument, offset: number): IgnoreLine | undefined {
  return all.find(({ span }) => contains(span, offset));
}

/** The number of a line as people count it. */
export function lineNumber({ number }: IgnoreLine): number {
  return number + 1;
}
