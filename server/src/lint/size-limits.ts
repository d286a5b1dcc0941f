/** The size of a file from which on no rules are applied, so that an editor with a very long file stays responsive. */
import { mostInstructions, mostVariables, variablesEnd } from '../model/coverage.ts';
import { nthInstruction } from '../syntax/long-file.ts';
import type { Dockerfile } from '../syntax/tree.ts';

export interface SizeLimits {
  readonly characters: number;
  readonly instructions: number;
  readonly variables: number;
}

/** The largest of 444 real Dockerfiles has 31,183 characters. */
export const sizeLimits: SizeLimits = {
  characters: 1_000_000,
  instructions: mostInstructions,
  variables: mostVariables,
};

/** The id of the rule that reports it. */
export const sizeRule = 'file-too-large';

/** The limit that a file exceeds. */
export function exceededLimit(
  tree: Dockerfile,
  limits: SizeLimits = sizeLimits,
): keyof SizeLimits | undefined {
  if (nthInstruction(tree, limits.instructions)) return 'instructions';
  if (tree.text.length > limits.characters) return 'characters';
  return variablesEnd(tree, limits.variables) < Infinity ? 'variables' : undefined;
}
