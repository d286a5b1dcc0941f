/** Stages that may be built for their own sake, and what they have from the stages below. */
import type { Model, Stage } from '../model/model.ts';
import type { Instruction } from '../syntax/tree.ts';

/** Those that no other stage is built from or copies from. */
export function leaves({ stages }: Model): readonly Stage[] {
  return stages.filter(({ usedBy }) => usedBy.length === 0);
}

/** The instructions of a stage and of those below it in the file, its own first. */
export function* inherited(stage: Stage): Iterable<Instruction> {
  yield* stage.instructions;
  for (let base = stage.base; base && 'from' in base; base = base.base) yield* base.instructions;
}
