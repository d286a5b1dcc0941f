/** Requests that create, update and commit containers, as plain data. */

export interface NewContainer {
  /** If absent, the engine generates one. */
  readonly name?: string;
  readonly platform?: string;
  /** The body of the create request: image, command, HostConfig and so on. */
  readonly body: object;
}

export interface CreatedContainer {
  readonly id: string;
  /** Sentences written by the engine. */
  readonly warnings: readonly string[];
}

/** Settings that can be changed while a container runs; absent ones are not changed. */
export interface Limits {
  readonly restart?: { readonly policy: string; readonly retries: number };
  /** Bytes; 0 means unlimited. */
  readonly memory?: number;
  /** Bytes of memory plus swap; -1 means unlimited. */
  readonly memorySwap?: number;
  readonly memoryReservation?: number;
  /** 0 means unlimited. */
  readonly cpus?: number;
  /** `0-2,5`. */
  readonly cpuset?: string;
  readonly pids?: number;
}

export interface NewImage {
  /** `repository:tag`; if absent, the image has no name. */
  readonly reference?: string;
  readonly message?: string;
  readonly author?: string;
  /** Dockerfile instructions: `CMD ["sh"]`. */
  readonly changes?: readonly string[];
  /** Whether the container is paused during the commit. */
  readonly pause: boolean;
}
