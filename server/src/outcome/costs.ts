/** What each instruction of a build cost: bytes of the image and time. */
import type { BuildEvent, BuiltLayer, StepState } from '../../../contract/build.ts';
import type { Document } from '../model/document.ts';
import type { Stage } from '../model/model.ts';
import type { Instruction } from '../syntax/tree.ts';
import { historyEntries, type HistoryEntry } from './history.ts';
import { stageBases, targetStage, type BuildOptions } from './stage-bases.ts';
import { instructionKey } from './step-text.ts';
import { instructionOfStep } from './steps.ts';

export interface FinishedBuild extends BuildOptions {
  /** The events of the build in order; only those of steps are read. */
  readonly events: readonly BuildEvent[];
  /** The history of the image, the newest entry first, as the engine lists it; absent if the build made no image. */
  readonly layers?: readonly BuiltLayer[] | undefined;
}

/** The part of a cost that is compared with an earlier one. */
export interface Cost {
  /** Bytes that the instruction adds to the image; absent if it is not in the image. */
  readonly bytes?: number;
  /** Absent if the instruction has no step of its own. */
  readonly milliseconds?: number;
}

export interface InstructionCost extends Cost {
  /** The text by which the same instruction is found in another build. */
  readonly text: string;
  /** Offsets of the instruction; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** The index of its entry in the history of the image. */
  readonly entry?: number;
  readonly cached: boolean;
  readonly state: StepState | undefined;
}

export interface StageCost extends Cost {
  /** The name after AS; undefined if it has none. */
  readonly name: string | undefined;
  readonly index: number;
  /** Offsets of FROM; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** The steps of the stage that ran or were cached. */
  readonly steps: number;
  readonly cached: number;
}

export interface BuildCosts {
  /** In the order of the file; those without a step and without a layer are left out. */
  readonly instructions: readonly InstructionCost[];
  readonly stages: readonly StageCost[];
}

/** The costs of a build that ended. */
export function costsOf(document: Document, build: FinishedBuild): BuildCosts {
  const bases = stageBases(document, build);
  const target = targetStage(document, build);
  const layers = build.layers ?? [];
  const entries = target
    ? historyEntries(document, target, { bases, layers })
    : new Map<Instruction, HistoryEntry>();
  const steps = stepsOf(document, build);
  const { model } = document;
  const found = model.each().flatMap((instruction): readonly CostInStage[] => {
    const cost = costOf(document, instruction, {
      step: steps.get(instruction),
      made: entries.get(instruction),
    });
    return cost ? [{ cost, stage: model.stageOf(instruction) }] : [];
  });
  const costsIn = (stage: Stage): readonly InstructionCost[] =>
    found.filter((one) => one.stage === stage).map(({ cost }) => cost);
  return {
    instructions: found.map(({ cost }) => cost),
    stages: model.stages.flatMap((stage) => stageCost(stage, costsIn(stage)) ?? []),
  };
}

interface CostInStage {
  readonly cost: InstructionCost;
  readonly stage: Stage | undefined;
}

/** Undefined if the instruction has neither a step nor a layer. */
function costOf(
  { tree }: Document,
  instruction: Instruction,
  { step, made }: { readonly step: Step | undefined; readonly made: HistoryEntry | undefined },
): InstructionCost | undefined {
  if (step === undefined && (made === undefined || made.bytes === 0)) return undefined;
  const { start, end } = instruction.span;
  return {
    text: instructionKey(instruction, tree),
    start,
    end,
    ...(made && { bytes: made.bytes, entry: made.index }),
    ...(step?.duration !== undefined && { milliseconds: step.duration }),
    cached: step?.state === 'cached',
    state: step?.state,
  };
}

interface Step {
  readonly state: StepState;
  readonly duration: number | undefined;
}

/** An instruction that several platforms run has the state with the largest weight. */
const weight: Readonly<Record<StepState, number>> = {
  cached: 0,
  done: 1,
  running: 2,
  canceled: 3,
  failed: 4,
};

/** The last event of a step counts; steps that are equal share one, and so do their instructions. */
function stepsOf(document: Document, build: FinishedBuild): ReadonlyMap<Instruction, Step> {
  const last = new Map<string, Extract<BuildEvent, { kind: 'step' }>>();
  for (const event of build.events) if (event.kind === 'step') last.set(event.id, event);
  const steps = new Map<Instruction, Step>();
  for (const { name, state, duration } of last.values()) {
    const instruction = instructionOfStep(document, name, build);
    if (instruction === undefined) continue;
    const before = steps.get(instruction);
    const isBefore = before !== undefined && weight[before.state] > weight[state];
    steps.set(instruction, {
      state: isBefore ? before.state : state,
      duration: before?.duration === undefined ? duration : before.duration + (duration ?? 0),
    });
  }
  return steps;
}

/** Undefined if no step of the stage ran. */
function stageCost(stage: Stage, costs: readonly InstructionCost[]): StageCost | undefined {
  if (costs.length === 0) return undefined;
  const { start, end } = stage.from.span;
  const bytes = sumOf(costs.map((one) => one.bytes));
  const milliseconds = sumOf(costs.map((one) => one.milliseconds));
  return {
    name: stage.name,
    index: stage.index,
    start,
    end,
    ...(bytes !== undefined && { bytes }),
    ...(milliseconds !== undefined && { milliseconds }),
    steps: costs.filter(({ state }) => state !== undefined).length,
    cached: costs.filter(({ cached }) => cached).length,
  };
}

/** Undefined if no number is known. */
function sumOf(numbers: readonly (number | undefined)[]): number | undefined {
  const known = numbers.filter((one) => one !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, one) => sum + one, 0);
}

/**
 * How much more each instruction costs than in an earlier build, in the order of the costs after. Undefined for
 * instructions that the earlier build did not have. The time of a cached step is not compared.
 */
export function costDifferences(
  before: BuildCosts,
  after: BuildCosts,
): readonly (Cost | undefined)[] {
  const earlier = new Map<string, InstructionCost[]>();
  for (const one of before.instructions) {
    const list = earlier.get(one.text);
    if (list) list.push(one);
    else earlier.set(one.text, [one]);
  }
  // Of equal instructions, the first is compared with the first.
  return after.instructions.map((one) => {
    const same = earlier.get(one.text)?.shift();
    return same && differenceOf(same, one);
  });
}

function differenceOf(before: InstructionCost, after: InstructionCost): Cost {
  const isTimed = !before.cached && !after.cached;
  return {
    ...(before.bytes !== undefined &&
      after.bytes !== undefined && { bytes: after.bytes - before.bytes }),
    ...(isTimed &&
      before.milliseconds !== undefined &&
      after.milliseconds !== undefined && {
        milliseconds: after.milliseconds - before.milliseconds,
      }),
  };
}
