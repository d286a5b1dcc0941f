/** What is known of a Dockerfile and its build; answered by the bundle that contains the parser. */
import type { BuildFailure, BuildRequest, BuiltLayer } from '../../../../contract/build.ts';
import type { Fix, RelatedPlace, TextRange } from '../../ui/build-marks.ts';
import type { Plan, PlannedStep } from './plan.ts';
import { noPlan } from './plan.ts';
import type { Step } from './steps.ts';

export interface FailurePlace extends TextRange {
  /** The kind of failure, for people and for filters: `command-not-found`. */
  readonly kind: string;
  /** One sentence. */
  readonly message: string;
  /** The whole instruction. */
  readonly instruction: TextRange;
  readonly exitCode?: number;
  /** The last lines of the output, without control sequences. */
  readonly lastLines: readonly string[];
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
}

export interface FailureContext {
  readonly failure: BuildFailure;
  /** The output of the failed step. */
  readonly log: string;
}

/** The layer of an instruction. */
export interface InstructionLayer {
  readonly step: PlannedStep;
  /** Bytes; absent if the image does not contain it. */
  readonly bytes?: number;
  /** The index of its entry in the history. */
  readonly entry?: number;
}

/** A Dockerfile as it is built. */
export interface BuiltDockerfile {
  readonly plan: Plan;
  /** Where and why the build failed; undefined if that is not in this file. */
  placeOf(context: FailureContext): Promise<FailurePlace | undefined>;
  /** The instructions with their layers, from the history of the image, the latest entry first. */
  layersOf(steps: readonly Step[], history: readonly BuiltLayer[]): readonly InstructionLayer[];
}

export type ReadDockerfile = (text: string, request: BuildRequest) => Promise<BuiltDockerfile>;

/** For a build whose Dockerfile cannot be read here. */
export const unreadDockerfile: BuiltDockerfile = {
  plan: noPlan,
  placeOf: () => Promise.resolve(undefined),
  layersOf: () => [],
};
