/** What a stage is built on: the stages below it, the image at the bottom, and what it inherits from them. */
import type { Instruction, Kind, Of } from '../syntax/tree.ts';
import type { Image } from '../images/image.ts';
import type { Model, Stage } from './model.ts';

/** A stage and the stages that it is built from, the stage itself first. */
export function lineage(stage: Stage | undefined): readonly Stage[] {
  const found: Stage[] = [];
  for (let one = stage; one; one = parentStage(one)) found.push(one);
  return found;
}

/** The stage that a stage is built from; undefined where that is an image, scratch or not known. */
export function parentStage({ base }: Stage): Stage | undefined {
  return base?.kind === 'stage' ? base : undefined;
}

/** The image that a stage is built from directly; undefined where that is a stage, scratch or not known. */
export function baseImage({ base }: Stage): Image | undefined {
  return base?.kind === 'image' ? base : undefined;
}

/** The stage at the bottom: itself, or the one that it is built from over any number of others. */
export function rootStage(stage: Stage): Stage {
  let root = stage;
  for (let parent = parentStage(root); parent; parent = parentStage(root)) root = parent;
  return root;
}

/** The image under a stage, over any number of other stages; undefined for scratch and where it is not known. */
export function rootImage(stage: Stage | undefined): Image | undefined {
  return stage && baseImage(rootStage(stage));
}

/** Whether a stage begins with nothing, itself or over any number of other stages. */
export function isFromScratch(stage: Stage): boolean {
  const { base, image } = rootStage(stage);
  return base === undefined && image === 'scratch';
}

/** Whether a stage is built from another one, directly or over others, or is that stage itself. */
export function isBuiltFrom(stage: Stage, base: Stage | undefined): boolean {
  for (let one: Stage | undefined = stage; one; one = parentStage(one))
    if (one === base) return true;
  return false;
}

/** Whether what a stage leaves behind is in the image that is built by default: the last stage and those below it. */
export function isShipped({ target }: Model, stage: Stage): boolean {
  return target !== undefined && isBuiltFrom(target, stage);
}

/** Stages that no other stage is built from or copies from. */
export function leafStages({ stages }: Model): readonly Stage[] {
  return stages.filter(({ usedBy }) => usedBy.length === 0);
}

/** The instructions of a stage and of those below it in the file, its own first. */
export function inheritedInstructions(stage: Stage): readonly Instruction[] {
  return lineage(stage).flatMap(({ instructions }) => instructions);
}

/** The last instruction of a kind in a stage or, where it has none, in those below it. */
export function lastIn<K extends Kind>(stage: Stage, kind: K): Of<K> | undefined {
  for (const { instructions } of lineage(stage)) {
    const found = instructions.findLast((one: Instruction) => one.kind === kind);
    if (found) return found as Of<K>;
  }
  return undefined;
}
