/** How a Dockerfile is to be laid out. */
export type KeywordCase = 'upper' | 'lower' | 'keep';

export interface FormatOptions {
  readonly tabSize: number;
  readonly insertSpaces: boolean;
  readonly keywordCase: KeywordCase;
  /** Whether the last line gets a line break where it has none. */
  readonly finalNewline: boolean;
  /** Whether empty lines are taken out but for one between others. */
  readonly emptyLines: boolean;
  /** Whether the further lines of an instruction are indented. */
  readonly continuedLines: boolean;
}

export const usual: FormatOptions = {
  tabSize: 4,
  insertSpaces: true,
  keywordCase: 'upper',
  finalNewline: true,
  emptyLines: true,
  continuedLines: true,
};

/** The blanks in front of a line at a level. */
export function indentation({ tabSize, insertSpaces }: FormatOptions, level: number): string {
  return insertSpaces ? ' '.repeat(Math.max(1, tabSize) * level) : '\t'.repeat(level);
}
