import type { Instruction } from '../tree.ts';
import { trouble, type SyntaxTrouble, type TroubleCode } from '../trouble.ts';
import { keywordOf } from './word-parts.ts';

/** Troubles of the file as a whole, which say nothing of the instruction that they are shown at. */
export const ofOrder: ReadonlySet<TroubleCode> = new Set([
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
  const [first] = instructions;
  if (first === undefined) {
    // BuildKit names the last line that it read; a line break at the end begins no line.
    const start = text.slice(0, -1).lastIndexOf('\n') + 1;
    errors.push(trouble('no-instructions', { span: { start, end: start } }));
    return;
  }
  // An unknown word may well be a FROM that somebody is writing.
  for (const instruction of instructions) {
    const { kind } = instruction;
    if (kind === 'FROM' || kind === 'unknown') return;
    if (kind === 'ARG') continue;
    errors.push(trouble('before-from', instruction.keyword, keywordOf(instruction)));
    return;
  }
  errors.push(trouble('no-stages', first.keyword));
}
