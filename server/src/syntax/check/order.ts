import type { Instruction } from '../tree.ts';
import { trouble, type SyntaxTrouble, type TroubleCode } from '../trouble.ts';
import { keywordOf } from './word-parts.ts';

/** Errors of the file as a whole, which do not depend on the instruction that they are reported at. */
export const fileTroubleCodes: ReadonlySet<TroubleCode> = new Set([
  'no-instructions',
  'before-from',
  'no-stages',
]);

/** What BuildKit refuses in the list of instructions (instructions/parse.go, Parse). */
export function checkOrder(
  text: string,
  instructions: readonly Instruction[],
  errors: SyntaxTrouble[],
): void {
  const first = instructions[0];
  if (first === undefined) {
    // BuildKit reports the last line that it read; a line break at the end does not start another line.
    const start = text.slice(0, -1).lastIndexOf('\n') + 1;
    errors.push(trouble('no-instructions', { span: { start, end: start } }));
    return;
  }
  // An unknown keyword may be a FROM that is being typed.
  for (let i = 0; i < instructions.length; i++) {
    const instruction = instructions[i] as Instruction;
    const { kind } = instruction;
    if (kind === 'FROM' || kind === 'unknown') return;
    if (kind === 'ARG') continue;
    errors.push(trouble('before-from', instruction.keyword, keywordOf(instruction)));
    return;
  }
  errors.push(trouble('no-stages', first.keyword));
}
