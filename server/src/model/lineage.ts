/** What a stage is built from: its parent stages, its base image, and the instructions that it inherits. */
import type { Instruction, Kind, InstructionOf } from '../syntax/tree.ts';
import type { Image } from '../images/image.ts';
import { ObjectCache } from '../text/object-cache.ts';
import { keepCode } from '../text/kept-code.ts';
import { onceFor } from '../text/memoize.ts';
import type { Model, Stage } from './model.ts';

/** Stages below this number of others are not searched, so that a long chain takes no longer than the file is long. */
export const deepest = 200;

/** A stage and the stages that it is built from, the stage itself first. */
export function lineage(stage: Stage | undefined): readonly Stage[] {
  const found: Stage[] = [];
  for (let one = stage; one && found.length < deepest; one = parentStage(one)) found.push(one);
  return found;
}

/**
 * The stage that a stage is built from; undefined if it is built from an image, from scratch, or if that is not known.
 */
export function parentStage({ base }: Stage): Stage | undefined {
  return base?.kind === 'stage' ? base : undefined;
}

/**
 * The image that a stage is built from directly; undefined if it is built from a stage, from scratch, or if that is not
 * known.
 */
export function baseImage({ base }: Stage): Image | undefined {
  return base?.kind === 'image' ? base : undefined;
}

/**
 * The first stage of the lineage: the stage itself, or the one that it is built from, directly or through other stages.
 */
export function rootStage(stage: Stage): Stage {
  let root = stage;
  for (let depth = 0; root.base?.kind === 'stage' && depth < deepest; depth++) root = root.base;
  return root;
}

/** The base image of a stage, directly or through other stages; undefined for scratch and if it is not known. */
export function rootImage(stage: Stage | undefined): Image | undefined {
  const base = stage && rootStage(stage).base;
  return base?.kind === 'image' ? base : undefined;
}

/** Whether a stage is built from scratch, directly or through other stages. */
export function isFromScratch(stage: Stage): boolean {
  const { base, image } = rootStage(stage);
  return base === undefined && image === 'scratch';
}

/** Whether a stage is another stage or is built from it, directly or through other stages. */
export function isBuiltFrom(stage: Stage, base: Stage | undefined): boolean {
  // A stage is only built from those above it.
  if (base === undefined || base.index > stage.index) return false;
  let one = stage;
  for (let depth = 1; one !== base; depth++) {
    if (one.base?.kind !== 'stage' || depth === deepest) return false;
    one = one.base;
  }
  return true;
}

/**
 * Whether the files of a stage are in the image that is built by default: in the last stage or one that it is built
 * from.
 */
export function isShipped({ target }: Model, stage: Stage): boolean {
  return target === stage || (target !== undefined && isBuiltFrom(target, stage));
}

/** Stages that no other stage is built from or copies from. */
export function leafStages({ stages }: Model): readonly Stage[] {
  return stages.filter(({ usedBy }) => usedBy.length === 0);
}

/**
 * Whether stages have an instruction that satisfies a condition. The instructions of each stage are searched once, although many
 * stages can be built from it.
 */
export class StageSearch {
  readonly #hasOwn: (stage: Stage) => boolean;

  constructor(isFound: (instruction: Instruction) => boolean) {
    this.#hasOwn = onceFor(({ instructions }) => instructions.some(isFound));
  }
  /** Whether a stage has one, or a stage that it is built from. */
  isIn(stage: Stage | undefined): boolean {
    return lineage(stage).some(this.#hasOwn);
  }
}

keepCode(new StageSearch(() => true));

/** The last instruction of a kind in a stage or, if it has none, in the stages that it is built from. */
export function lastIn<K extends Kind>(stage: Stage, kind: K): InstructionOf<K> | undefined {
  let depth = 0;
  for (let one: Stage | undefined = stage; one && depth < deepest; one = parentStage(one)) {
    depth++;
    // Read each time, so that it is known what the answer depends on.
    const { instructions } = one;
    if (instructions.length >= manyInstructions) {
      const found = lastOwn(one, instructions).get(kind);
      if (found) return found as InstructionOf<K>;
      continue;
    }
    for (let i = instructions.length - 1; i >= 0; i--)
      if (instructions[i]?.kind === kind) return instructions[i] as InstructionOf<K>;
  }
  return undefined;
}

/** From this number of instructions on, the last of each kind are kept: rules ask for each CMD and ENTRYPOINT of a stage. */
const manyInstructions = 50;

const lastOfKinds = new ObjectCache<Stage, ReadonlyMap<Kind, Instruction>>();

/** The last instruction of each kind. */
function lastOwn(
  stage: Stage,
  instructions: readonly Instruction[],
): ReadonlyMap<Kind, Instruction> {
  const before = lastOfKinds.get(stage);
  if (before !== undefined) return before;
  const found = new Map<Kind, Instruction>();
  for (const instruction of instructions) found.set(instruction.kind, instruction);
  lastOfKinds.set(stage, found);
  return found;
}
