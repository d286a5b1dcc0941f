import type { Span } from '../text/span.ts';
import type { Line, Reader } from './lexer.ts';
import type { Flag, Kind, Word } from './tree.ts';
import type { SyntaxTrouble } from './trouble.ts';

/** An instruction whose keyword and flags are parsed. Its arguments are between the indices `from` and `to`. */
export interface Draft {
  readonly reader: Reader;
  readonly line: Line;
  readonly kind: Kind;
  readonly keyword: Word;
  readonly flags: readonly Flag[];
  readonly from: number;
  readonly to: number;
  /** The place in the document, without heredocs. */
  readonly span: Span;
  /** Whether it is the trigger of ONBUILD, which BuildKit parses but does not expand here. */
  readonly onbuild: boolean;
  /** Receives the errors of expanded words; undefined if BuildKit does not report them. */
  readonly errors: SyntaxTrouble[] | undefined;
}
