import type { Line, Reading } from './lexer.ts';
import type { Flag, Kind, Word } from './tree.ts';
import type { SyntaxTrouble } from './trouble.ts';

/** An instruction on the way: keyword and flags are read, its arguments stand from `from` to `to`. */
export interface Draft {
  readonly reading: Reading;
  readonly line: Line;
  readonly kind: Kind;
  readonly keyword: Word;
  readonly flags: readonly Flag[];
  readonly from: number;
  readonly to: number;
  /** Behind the last character in the document, heredocs not counted. */
  readonly end: number;
  /** In a trigger of ONBUILD, which BuildKit reads but does not expand here. */
  readonly onbuild: boolean;
  /** Where troubles of expanded words go. */
  readonly errors: SyntaxTrouble[] | undefined;
}
