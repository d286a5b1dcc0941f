/**
 * What a build is given and what it reports, as plain data: shared by the client of the builder, the pages, the command line,
 * and the code that finds the place of a failure in the Dockerfile.
 */

/** Where a builder reads the files that COPY and ADD name. */
export type ContextSource =
  | {
      readonly kind: 'directory';
      /** Absolute path. */
      readonly path: string;
    }
  /** A Git repository or an archive, which the builder itself reads. */
  | { readonly kind: 'remote'; readonly address: string };

export interface BuildSecret {
  readonly id: string;
  /** A value that was asked for is in no log and no state. */
  readonly from:
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'env'; readonly name: string }
    | { readonly kind: 'value'; readonly value: string };
}

/** An SSH agent, or key files, that RUN with `--mount=type=ssh` can use. */
export interface BuildSsh {
  /** `default` if no other name is given. */
  readonly id: string;
  /** Paths of an agent's socket or of private keys; empty: the agent of the environment. */
  readonly paths: readonly string[];
}

/** `type=registry,ref=…` as a type and its attributes. */
export interface BuildTarget {
  readonly type: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Limits of the container of each RUN instruction, not of all together. */
export interface BuildLimits {
  /** Bytes. */
  readonly memory?: number;
  /** Bytes of memory and swap together; -1: swap is not limited. */
  readonly memorySwap?: number;
  /** Relative weight. */
  readonly cpuShares?: number;
  /** Microseconds. */
  readonly cpuPeriod?: number;
  /** Microseconds in each period. */
  readonly cpuQuota?: number;
  /** `0-3`, `0,1`. */
  readonly cpusetCpus?: string;
  /** Memory nodes: `0-3`, `0,1`. */
  readonly cpusetMems?: string;
}

export interface BuildRequest {
  readonly context: ContextSource;
  /** Absolute path; for a remote context the path in it. */
  readonly dockerfile: string;
  /** The bytes that are built, if they are known: for example of a file read from standard input. */
  readonly dockerfileText?: Uint8Array;
  /** Complete names: `shop-api:dev`. */
  readonly tags: readonly string[];
  readonly target?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  /** `linux/arm64`; absent: the platform of the engine. */
  readonly platforms?: readonly string[];
  /** All stages, or those with these names. */
  readonly noCache?: true | readonly string[];
  readonly pull?: boolean;
  readonly secrets?: readonly BuildSecret[];
  readonly ssh?: readonly BuildSsh[];
  /** `name:address`. */
  readonly addHosts?: readonly string[];
  readonly network?: string;
  /** Bytes. */
  readonly shmSize?: number;
  /** `nofile=1024:2048`. */
  readonly ulimits?: readonly string[];
  readonly limits?: BuildLimits;
  /** Parent cgroup of RUN instructions. */
  readonly cgroupParent?: string;
  /** Named contexts: a directory, an image (`docker-image://…`), or an address. */
  readonly buildContexts?: Readonly<Record<string, string>>;
  readonly cacheFrom?: readonly BuildTarget[];
  readonly cacheTo?: readonly BuildTarget[];
  /** Where the result goes; absent: into the image store of the engine. */
  readonly outputs?: readonly BuildTarget[];
  readonly push?: boolean;
  /** A builder of docker buildx, or a Docker context whose engine builds; absent or `default`: the engine itself. */
  readonly builder?: string;
  /** The engine builds without BuildKit; without effect if a builder is named. */
  readonly classicBuilder?: true;
  /** Attributes for the Dockerfile frontend that have no field: `attest:provenance`. */
  readonly frontendAttributes?: Readonly<Record<string, string>>;
  /** Its name in the history of the builder: lowercase letters and digits, and different for each build; absent: a random one. */
  readonly ref?: string;
}

export type StepState = 'running' | 'done' | 'cached' | 'failed' | 'canceled';

/** An event of a running build. */
export type BuildEvent =
  | {
      readonly kind: 'step';
      /** The same in all events of one step. */
      readonly id: string;
      /** As the builder names it: `[build 2/5] RUN npm ci`. */
      readonly name: string;
      readonly state: StepState;
      /** Milliseconds; present if the step has ended. */
      readonly duration?: number;
      readonly error?: string;
      /** The ids of the steps whose results it uses. */
      readonly inputs?: readonly string[];
    }
  | {
      readonly kind: 'log';
      readonly id?: string;
      readonly text: string;
      readonly stream?: 'stdout' | 'stderr';
    }
  /** A part of a step: a layer that is downloaded, files that are transferred. */
  | {
      readonly kind: 'progress';
      /** The id of the step. */
      readonly id: string;
      /** The same in all events of this part: a layer's digest. */
      readonly item: string;
      readonly action: string;
      /** Bytes. */
      readonly current: number;
      readonly total?: number;
      readonly done: boolean;
    }
  | {
      readonly kind: 'warning';
      readonly text: string;
      readonly line?: number;
      readonly url?: string;
    }
  /** What has been sent of the build context until now. */
  | {
      readonly kind: 'sent';
      readonly bytes: number;
      readonly files: number;
      /** The files that the builder was offered, which are those that instructions read; absent for classic builders. */
      readonly offered?: { readonly bytes: number; readonly files: number };
      /** The bytes of those among them that the builder has requested; it has the others from an earlier build. */
      readonly requested?: number;
    }
  | {
      readonly kind: 'image';
      /** `sha256:…`, as the engine lists it. */
      readonly id: string;
      /** What the builder says of the result, as in a metadata file: `containerimage.digest`; absent for classic builders. */
      readonly metadata?: Readonly<Record<string, string>>;
      /** The name of the build in the history of the builder. */
      readonly ref?: string;
    }
  /** The last event of a build that failed; the iteration then throws. */
  | {
      readonly kind: 'failed';
      readonly failure: BuildFailure;
      /** The name of the build in the history of the builder. */
      readonly ref?: string;
    };

/** Lines of a Dockerfile as it was built. */
export interface FailedLines {
  /** Its base name. */
  readonly file: string;
  /** The text that the builder read. */
  readonly text: string;
  /** From 1, both included; one per part of the instruction, or none if the builder does not say. */
  readonly lines: readonly { readonly start: number; readonly end: number }[];
}

/** Why a build failed. */
export interface BuildFailure {
  /** The builder's reason, without the chain of its own calls. */
  readonly message: string;
  readonly exitCode?: number;
  /** The step that failed; absent if the build failed before its first step. */
  readonly step?: { readonly id: string; readonly name: string };
  /** Empty on builders that do not report places. */
  readonly sources: readonly FailedLines[];
}

/** An entry of the history of an image, as the engine lists it. */
export interface BuiltLayer {
  /** The instruction, as recorded by the builder. */
  readonly createdBy: string;
  /** Bytes. */
  readonly size: number;
}

/** A build in the history of an engine, whatever program has started it. */
export interface BuildRecord {
  /** Its name in the history. */
  readonly ref: string;
  /** A build that has started is reported again when it has ended. */
  readonly state: 'started' | 'completed';
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly completedAt?: number;
  /** Attributes of the Dockerfile frontend, such as `filename`, `target`, `platform`, and those that begin with `vcs:`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The names of its arguments; their values are not kept. */
  readonly argumentNames: readonly string[];
  /** Names of the image. */
  readonly tags: readonly string[];
  /** Absolute paths, if buildx has started it on this machine. */
  readonly paths?: { readonly context: string; readonly dockerfile: string };
  /** Its steps and their output; empty for a build that has just started. */
  readonly events: readonly BuildEvent[];
  /** The text of the Dockerfile as it was built, if the engine knows it. */
  readonly dockerfile?: string;
  /** By the id of a step: its lines from 1, both included. */
  readonly places?: Readonly<
    Record<string, readonly { readonly start: number; readonly end: number }[]>
  >;
  /** By the id of a step: the digests of the layers up to it; absent if the step made none. */
  readonly layers?: Readonly<Record<string, readonly string[]>>;
  readonly failure?: BuildFailure;
}
