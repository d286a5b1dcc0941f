/** What a container of a stage starts, according to the file. */
import type { Instruction, InstructionOf } from '../syntax/tree.ts';
import { lastIn } from './lineage.ts';
import type { Model, Stage } from './model.ts';
import { isDefaultShell } from './state.ts';

/** The ENTRYPOINT and the CMD of a stage. */
export function startCommands(
  stage: Stage,
): readonly (InstructionOf<'ENTRYPOINT'> | InstructionOf<'CMD'>)[] {
  const entrypoint = lastIn(stage, 'ENTRYPOINT');
  const cmd = lastIn(stage, 'CMD');
  return [...(entrypoint ? [entrypoint] : []), ...(cmd ? [cmd] : [])];
}

/** The words of an exec form, or those of a script, split at whitespace. */
export function firstWords({
  command,
}: InstructionOf<'ENTRYPOINT'> | InstructionOf<'CMD'>): readonly string[] {
  if (command === undefined) return [];
  if (command.form === 'exec') return command.argv.map(({ text }) => text);
  return command.script.text.trim().split(/\s+/);
}

/** Whether an instruction starts the container with the default shell: not in a trigger, nor after SHELL. */
export function startsInDefaultShell(model: Model, instruction: Instruction): boolean {
  if (instruction.onbuild === true) return false;
  if (instruction.kind !== 'CMD' && instruction.kind !== 'ENTRYPOINT') return false;
  return isDefaultShell(model.stateAt(instruction).shell);
}
