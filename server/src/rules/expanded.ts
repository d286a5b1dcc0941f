/** Words with the values that variables have where they stand. */
import type { Model } from '../model/model.ts';
import { resolved } from '../model/values.ts';
import type { Instruction, Word } from '../syntax/tree.ts';

/** What a word stands for; undefined where a variable in it is not known. */
export function expanded(model: Model, instruction: Instruction, word: Word): string | undefined {
  if (word.variables.length === 0) return word.text;
  const { variables } = model.stateAt(instruction);
  return resolved(word, model.tree.escape, (name) => {
    const value = variables.get(name)?.value;
    return value === undefined ? 'unknown' : { value };
  });
}
