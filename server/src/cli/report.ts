/** The results of a run, as the formats print them. */
import type { Finding, Registered, Severity } from '../lint/rule.ts';
import type { Lines } from '../text/lines.ts';
import type { Span } from '../text/span.ts';

export interface FileReport {
  readonly path: string;
  readonly text: string;
  readonly lines: Lines;
  readonly findings: readonly Finding[];
  /** How many fixes were applied. */
  readonly fixed: number;
  /** The lowest severity that fails the run, if the project's configuration sets it. */
  readonly failOn?: Severity | 'never';
  /** Why the file could not be linted. */
  readonly error?: string;
}
export interface Report {
  readonly files: readonly FileReport[];
  readonly rules: readonly Registered[];
  readonly version: string;
  readonly colors: boolean;
}
export type Format = (report: Report) => string;

/** 1-based lines and columns in UTF-16 code units; the end is exclusive. */
export interface Region {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function region(lines: Lines, { start, end }: Span): Region {
  const from = lines.positionAt(start);
  const to = lines.positionAt(end);
  return {
    line: from.line + 1,
    column: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
  };
}
