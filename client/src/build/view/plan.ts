/** What a Dockerfile says of its build, before the first step. */

/** An instruction that becomes a step of the build. */
export interface PlannedStep {
  /** The index of its stage. */
  readonly stage: number;
  /** From 1. */
  readonly line: number;
  readonly keyword: string;
  /** The arguments, on one line. */
  readonly text: string;
  /** Where it is in the text: UTF-16 offsets, the end exclusive. */
  readonly start: number;
  readonly end: number;
  /** Equal for instructions that a builder runs only once, because their stages are equal up to there. */
  readonly identity: string;
}

export interface PlannedStage {
  /** Its FROM: UTF-16 offsets, the end exclusive. */
  readonly from: { readonly start: number; readonly end: number };
  /** Absent if it has no name. */
  readonly name?: string;
  /** Whether the target requires it. */
  readonly needed: boolean;
  readonly steps: readonly PlannedStep[];
}

export interface Plan {
  readonly stages: readonly PlannedStage[];
  /** The instruction of a step by the name that the builder gives it; undefined if it belongs to none. */
  stepOf(name: string): PlannedStep | undefined;
}

/** For a Dockerfile that cannot be read here, such as one in a Git repository. */
export const noPlan: Plan = { stages: [], stepOf: () => undefined };
