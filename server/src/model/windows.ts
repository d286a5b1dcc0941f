/** Windows stages, in which some features of Linux are refused or have no effect. */
import type { Model, Stage } from './model.ts';
import type { Instruction } from '../syntax/tree.ts';
import { rootStage } from './lineage.ts';
import { ModelCache } from './reads.ts';

/**
 * Whether a stage runs on Windows, by its image, its platform or the escape character, which is changed only for
 * Windows.
 */
export function runsOnWindows(model: Model, stage: Stage): boolean {
  return model.shellAt(rootStage(stage).from)?.dialect === 'cmd';
}

/** Whether any stage may run on Windows: a quick check, so that most files need no exact one. */
export function mayBeWindows(model: Model): boolean {
  return cache.of(model, hasWindowsMark);
}

const cache = new ModelCache<Model, boolean>();

function hasWindowsMark({ source, stages }: Model): boolean {
  return (
    source.escape === '`' ||
    stages.some(
      ({ from, image = '' }) =>
        /windows|nanoserver|servercore|dotnet\/framework/i.test(image) || from.flags.length > 0,
    )
  );
}

/** Whether an instruction is in a Windows stage. */
export function isOnWindows(model: Model, instruction: Instruction): boolean {
  const stage = mayBeWindows(model) ? model.stageOf(instruction) : undefined;
  return stage !== undefined && runsOnWindows(model, stage);
}
