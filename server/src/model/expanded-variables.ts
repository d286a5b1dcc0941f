/** The variables that Docker itself, and not a shell, expands in instructions, outermost first. */
import type { Model } from './model.ts';
import type { Instruction, Variable, Word } from '../syntax/tree.ts';
import { ModelCache } from './reads.ts';

export interface VariableAt {
  readonly instruction: Instruction;
  readonly variable: Variable;
}

const cache = new ModelCache<Model, readonly VariableAt[]>();

/** The variables of a whole file in order, computed once. */
export function variablesToExpand(model: Model): readonly VariableAt[] {
  return cache.of(model, collectAll);
}

function collectAll(model: Model): readonly VariableAt[] {
  const all: VariableAt[] = [];
  for (const instruction of model.each()) collect(instruction, all);
  return all;
}

function collect(instruction: Instruction, found: VariableAt[]): void {
  const addVariables = (word: Pick<Word, 'variables'> | undefined): void => {
    for (const variable of word?.variables ?? none) found.push({ instruction, variable });
  };
  switch (instruction.kind) {
    case 'ARG':
    case 'ENV':
    case 'LABEL':
      for (const { key, value } of instruction.pairs) {
        addVariables(key);
        addVariables(value);
      }
      return;
    case 'ONBUILD': // Its words are those of the trigger.
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
      return;
    default:
      for (const { name, value } of instruction.flags)
        if (expandedFlags.has(name.text)) addVariables(value);
      if (instruction.kind === 'RUN') return;
      for (const word of instruction.words) addVariables(word);
      if (instruction.kind === 'COPY' || instruction.kind === 'ADD')
        for (const heredoc of instruction.heredocs) addVariables(heredoc);
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

const none: readonly never[] = [];

/** Whether a variable is the default of itself, as in `${Y:-${Y}}`, where one report says everything. */
export function isRepeatedInside(outer: Variable | undefined, { name, span }: Variable): boolean {
  return outer?.name === name && outer.span.start < span.start && span.end <= outer.span.end;
}
