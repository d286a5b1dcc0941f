/** Formatting options. */
export type KeywordCase = 'upper' | 'lower' | 'keep';

export interface FormatOptions {
  readonly tabSize: number;
  readonly insertSpaces: boolean;
  readonly keywordCase: KeywordCase;
  /** Whether to add a final line break if it is missing. */
  readonly finalNewline: boolean;
  /** Whether to reduce several empty lines to one. */
  readonly emptyLines: boolean;
  /** Whether to indent continuation lines. */
  readonly continuedLines: boolean;
  /** Whether to add an empty line before a further stage. */
  readonly emptyLineBeforeStages: boolean;
  /** Whether each flag of a RUN with several mounts gets its own line. */
  readonly mountsOnOwnLines: boolean;
  /** Whether to reduce several spaces between words of a command to one. */
  readonly singleSpaces: boolean;
  /** Whether to indent the scripts in heredocs of RUN. */
  readonly heredocScripts: boolean;
  /** Whether to write `ENV NAME value` as `ENV NAME=value`. */
  readonly equalsSigns: boolean;
}

export const defaultOptions: FormatOptions = {
  tabSize: 4,
  insertSpaces: true,
  keywordCase: 'upper',
  finalNewline: true,
  emptyLines: true,
  continuedLines: true,
  emptyLineBeforeStages: true,
  mountsOnOwnLines: true,
  singleSpaces: true,
  heredocScripts: true,
  equalsSigns: true,
};

/** The whitespace before a line at a level. */
export function indentation(
  { tabSize, insertSpaces }: Pick<FormatOptions, 'tabSize' | 'insertSpaces'>,
  level: number,
): string {
  if (!insertSpaces) return level === 1 ? '\t' : '\t'.repeat(level);
  const width = Math.max(1, tabSize) * level;
  return width < known.length ? (known[width] as string) : ' '.repeat(width);
}

/** A new text for each line would take longer than all else that is done with it. */
const known = Array.from({ length: 33 }, (_, width) => ' '.repeat(width));
