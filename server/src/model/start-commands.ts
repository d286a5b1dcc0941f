/** What a container of a stage starts, as far as the file says. */
import type { Instruction, Of } from '../syntax/tree.ts';
import { lastIn } from './lineage.ts';
import type { Model, Stage } from './model.ts';
import { isDefaultShell } from './state.ts';

/** Both as written, the entry point first. */
export function startCommands(stage: Stage): readonly (Of<'ENTRYPOINT'> | Of<'CMD'>)[] {
  const entrypoint = lastIn(stage, 'ENTRYPOINT');
  const cmd = lastIn(stage, 'CMD');
  return [...(entrypoint ? [entrypoint] : []), ...(cmd ? [cmd] : [])];
}

/** The first words of a command line: the argv of the exec form, or what a plain script begins with. */
export function firstWords({ command }: Of<'ENTRYPOINT'> | Of<'CMD'>): readonly string[] {
  if (command === undefined) return [];
  if (command.form === 'exec') return command.argv.map(({ text }) => text);
  return command.script.text.trim().split(/\s+/);
}

/** Whether it starts the container with the default shell: not in a trigger, nor after SHELL. */
export function isPlainStart(model: Model, instruction: Instruction): boolean {
  if (instruction.onbuild === true) return false;
  if (instruction.kind !== 'CMD' && instruction.kind !== 'ENTRYPOINT') return false;
  return isDefaultShell(model.stateAt(instruction).shell);
}
