/** The variables that Docker itself expands in an instruction, outermost first, not those of a shell. */
import type { Instruction, Variable } from '../syntax/tree.ts';

export function variablesOf(instruction: Instruction): readonly Variable[] {
  const flags = instruction.flags.flatMap(({ value }) => value?.variables ?? []);
  switch (instruction.kind) {
    case 'ARG':
    case 'ENV':
    case 'LABEL':
      return instruction.pairs.flatMap(({ key, value }) => [
        ...key.variables,
        ...(value?.variables ?? []),
      ]);
    case 'COPY':
    case 'ADD':
      return [
        ...flags,
        ...instruction.words.flatMap(({ variables }) => variables),
        ...instruction.heredocs.flatMap(({ variables }) => variables),
      ];
    case 'RUN':
      return flags;
    default:
      return [...flags, ...instruction.words.flatMap(({ variables }) => variables)];
  }
}
