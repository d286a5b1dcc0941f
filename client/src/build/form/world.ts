/** What a build is checked against: the Dockerfile, the engine, and the files of this machine. */
import type { BuildFacts } from '../../../../contract/protocol.ts';
import type { ContextSize } from '../../build-context/measure.ts';
import type { BuilderSummary } from '../../engine/builder-summary.ts';
import type { LineContext } from '../../command-line/words.ts';
import type { BuildSpec } from '../spec.ts';

export interface World {
  /** The folder and the variables of commands. */
  readonly context: LineContext;
  /** What is built without any change: the rows of other values are marked. */
  readonly defaults: BuildSpec;
  /** Where the proposed tag comes from; absent if it is made from the folder. */
  readonly tagSource?: string;
  /** Of the Dockerfile that the options name; absent if it is not known. */
  readonly facts?: BuildFacts;
  /** Absent if no engine can be reached. */
  readonly engine?: EngineFacts;
  /** The builders besides the engine itself; absent if they are not known. */
  readonly builders?: readonly BuilderSummary[];
  /** Kinds of the local paths that the options name. */
  readonly paths: ReadonlyMap<string, PathKind>;
  readonly canShowContext: boolean;
  /** Absent until it is known, and for contexts that are not directories of this machine. */
  readonly contextSize?: ContextSize;
  /** Versions of BuildKit by the name of the builder, empty for the engine of this window; those that are known. */
  readonly versions?: ReadonlyMap<string, string | undefined>;
}

export interface EngineFacts {
  /** `linux/amd64`. */
  readonly platform: string;
  /** False if it can store images for one platform only. */
  readonly storesPlatforms: boolean;
  /** `Docker 28.5.2`. */
  readonly version: string;
  /** The version of its BuildKit as far as the engine's version says it; absent if it builds without BuildKit. */
  readonly buildKit?: string;
}

export type PathKind = 'directory' | 'file' | 'other' | 'missing';
