/** The size of a file from which on no rules are applied, so that an editor with a very long file stays responsive. */
import { mostInstructions } from '../model/stages.ts';
import type { Dockerfile } from '../syntax/tree.ts';

export interface SizeLimits {
  readonly characters: number;
  readonly instructions: number;
}

/** The largest of 444 real Dockerfiles has 31,183 characters. */
export const sizeLimits: SizeLimits = { characters: 1_000_000, instructions: mostInstructions };

/** The id of the rule that reports it. */
export const sizeRule = 'file-too-large';

export function isTooLarge(
  { text, instructions }: Dockerfile,
  limits: SizeLimits = sizeLimits,
): boolean {
  return text.length > limits.characters || instructions.length > limits.instructions;
}
