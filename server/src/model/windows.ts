/** Stages of Windows, where some of what Linux has is refused or does nothing. */
import type { Model, Stage } from './model.ts';
import type { Instruction } from '../syntax/tree.ts';
import { rootStage } from './lineage.ts';

/** By its image or platform, or by the escape character, which nobody else changes. */
export function runsOnWindows(model: Model, stage: Stage): boolean {
  return model.stateAt(rootStage(stage).from).shell.dialect === 'cmd';
}

/** Whether any stage can be one of Windows: a quick look that spares most files a closer one. */
export function mayBeWindows({ tree, stages }: Model): boolean {
  if (tree.escape === '`') return true;
  return stages.some(
    ({ from, image = '' }) =>
      /windows|nanoserver|servercore|dotnet\/framework/i.test(image) || from.flags.length > 0,
  );
}

/** Whether an instruction stands in such a stage. */
export function isOnWindows(model: Model, instruction: Instruction): boolean {
  const stage = mayBeWindows(model) ? model.stageOf(instruction) : undefined;
  return stage !== undefined && runsOnWindows(model, stage);
}
