/** The variables that Docker itself expands in an instruction, outermost first, not those of a shell. */
import type { Model } from './model.ts';
import type { Instruction, Variable, Word } from '../syntax/tree.ts';
import { Kept } from '../text/kept.ts';

export interface VariableAt {
  readonly instruction: Instruction;
  readonly variable: Variable;
}

const known = new Kept<Model, readonly VariableAt[]>();

/** Those of a whole file in order, found once for all who ask. */
export function expandedVariables(model: Model): readonly VariableAt[] {
  let found = known.get(model);
  if (found === undefined) {
    const all: VariableAt[] = [];
    for (const instruction of model.each()) collect(instruction, all);
    known.set(model, (found = all));
  }
  return found;
}

function collect(instruction: Instruction, found: VariableAt[]): void {
  const take = (word: Pick<Word, 'variables'> | undefined): void => {
    for (const variable of word?.variables ?? none) found.push({ instruction, variable });
  };
  switch (instruction.kind) {
    case 'ARG':
    case 'ENV':
    case 'LABEL':
      for (const { key, value } of instruction.pairs) {
        take(key);
        take(value);
      }
      return;
    case 'ONBUILD':
      return; // Its words are those of the trigger.
    default:
      for (const { name, value } of instruction.flags) if (isExpanded.has(name.text)) take(value);
      if (instruction.kind === 'RUN') return;
      for (const word of instruction.words) take(word);
      if (instruction.kind === 'COPY' || instruction.kind === 'ADD')
        for (const heredoc of instruction.heredocs) take(heredoc);
  }
}

/** The flags in whose values BuildKit puts variables (instructions/commands.go, Expand). */
const isExpanded: ReadonlySet<string> = new Set([
  'platform',
  'mount',
  'chown',
  'chmod',
  'checksum',
]);

const none: readonly never[] = [];
