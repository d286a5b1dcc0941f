/** Windows stages, in which some features of Linux are refused or have no effect. */
import type { Model, Stage } from './model.ts';
import type { Instruction } from '../syntax/tree.ts';
import { ObjectCache } from '../text/object-cache.ts';
import { rootStage } from './lineage.ts';

/**
 * Whether a stage runs on Windows, by its image, its platform or the escape character, which is changed only for
 * Windows.
 */
export function runsOnWindows(model: Model, stage: Stage): boolean {
  return model.stateAt(rootStage(stage).from).shell.dialect === 'cmd';
}

/** Whether any stage may run on Windows: a quick check, so that most files need no exact one. */
export function mayBeWindows(model: Model): boolean {
  const before = cache.get(model);
  if (before !== undefined) return before;
  const { tree, stages } = model;
  const isPossible =
    tree.escape === '`' ||
    stages.some(
      ({ from, image = '' }) =>
        /windows|nanoserver|servercore|dotnet\/framework/i.test(image) || from.flags.length > 0,
    );
  cache.set(model, isPossible);
  return isPossible;
}

const cache = new ObjectCache<Model, boolean>();

/** Whether an instruction is in a Windows stage. */
export function isOnWindows(model: Model, instruction: Instruction): boolean {
  const stage = mayBeWindows(model) ? model.stageOf(instruction) : undefined;
  return stage !== undefined && runsOnWindows(model, stage);
}
