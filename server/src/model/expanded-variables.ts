/** The variables that Docker itself, and not a shell, expands in instructions, outermost first. */
import { slice } from '../text/span.ts';
import type { Model } from './model.ts';
import type { Instruction, Variable, Word } from '../syntax/tree.ts';

export interface VariableAt {
  readonly instruction: Instruction;
  readonly variable: Variable;
}

/** The variables of a whole file but those in FROM, in order. */
export function variablesToExpand(model: Model): readonly VariableAt[] {
  const all: VariableAt[] = [];
  const { text } = model.source;
  for (const instruction of model.each()) {
    const { kind, flags } = instruction;
    // Most variables are in scripts, and the parts of most other instructions need not be looked at.
    if (kind === 'FROM' || (kind === 'RUN' && flags.length === 0)) continue;
    if (slice(text, instruction.span).includes('$')) collect(instruction, all);
  }
  return all;
}

/** The variables in FROM. */
export function variablesInFrom(model: Model): readonly VariableAt[] {
  const all: VariableAt[] = [];
  for (const from of model.each('FROM')) collect(from, all);
  return all;
}

/** Adds the variables of a word. */
function add(
  instruction: Instruction,
  word: Pick<Word, 'variables'> | undefined,
  found: VariableAt[],
): void {
  if (word === undefined) return;
  const { variables } = word;
  for (let i = 0; i < variables.length; i++)
    found.push({ instruction, variable: variables[i] as Variable });
}

function collect(instruction: Instruction, found: VariableAt[]): void {
  switch (instruction.kind) {
    case 'ARG':
    case 'ENV':
    case 'LABEL':
      for (const { key, value } of instruction.pairs) {
        add(instruction, key, found);
        add(instruction, value, found);
      }
      return;
    case 'ONBUILD': // Its words are those of the trigger.
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
      return;
    default:
      for (const { name, value } of instruction.flags)
        if (expandedFlags.has(name.text)) add(instruction, value, found);
      if (instruction.kind === 'RUN') return;
      for (const word of instruction.words) add(instruction, word, found);
      if (instruction.kind === 'COPY' || instruction.kind === 'ADD')
        for (const heredoc of instruction.heredocs) add(instruction, heredoc, found);
  }
}

/** Flags whose values BuildKit expands (instructions/commands.go, Expand). */
const expandedFlags: ReadonlySet<string> = new Set([
  'platform',
  'mount',
  'chown',
  'chmod',
  'checksum',
]);

/** Whether a variable is the default of itself, as in `${Y:-${Y}}`, where one report says everything. */
export function isRepeatedInside(outer: Variable | undefined, { name, span }: Variable): boolean {
  return outer?.name === name && outer.span.start < span.start && span.end <= outer.span.end;
}
