/** The result of a build as the formats print it. Lines and columns count from 1 in UTF-16 code units; ends are exclusive. */
import type { StepState } from '../../../contract/build.ts';
import type { Region } from '../../../server/src/cli/report.ts';

export interface ReportedStep {
  /** As the builder names it: `[build 2/5] RUN npm ci`. */
  readonly name: string;
  /** Null for steps of the builder itself. */
  readonly stage: string | null;
  readonly line: number | null;
  readonly endLine: number | null;
  readonly state: StepState;
  readonly ms: number;
  /** Of its layer in the image; null if it has none. */
  readonly bytes: number | null;
}

export interface ReportedError {
  readonly message: string;
  readonly exitCode: number | null;
  /** The Dockerfile, relative to the working directory. */
  readonly path: string;
  readonly place: Region | null;
  /** The last lines of output of the failed step. */
  readonly log: readonly string[];
  readonly related: readonly {
    readonly path: string;
    readonly line: number;
    readonly message: string;
  }[];
}

export interface BuildReport {
  readonly image: {
    readonly id: string;
    readonly tags: readonly string[];
    readonly bytes: number | null;
  } | null;
  readonly context: { readonly bytesSent: number; readonly filesSent: number };
  readonly steps: readonly ReportedStep[];
  readonly error: ReportedError | null;
  /** The text of the Dockerfile that was built; undefined if it is not on this machine. */
  readonly text: string | undefined;
}
