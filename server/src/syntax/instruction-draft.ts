import type { InstructionNode } from './instruction-node.ts';
import type { Line, Reader } from './lexer.ts';
import type { SyntaxTrouble } from './trouble.ts';

/** An instruction whose keyword and flags are parsed. Its arguments are between the indices `from` and `to`. */
export interface Draft {
  readonly reader: Reader;
  readonly line: Line;
  /** Gets its arguments. */
  readonly node: InstructionNode;
  readonly from: number;
  readonly to: number;
  /** Receives what BuildKit refuses; undefined for the trigger of ONBUILD, which BuildKit parses but does not check here. */
  readonly errors: SyntaxTrouble[] | undefined;
}
