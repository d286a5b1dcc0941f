/** Requests that create, update and commit containers, as plain data. */
import type { CreateRequest, HostConfig } from './container-config.ts';

export interface NewContainer {
  /** If absent, the engine generates one. */
  readonly name?: string;
  readonly platform?: string;
  readonly body: CreateRequest;
}

export interface CreatedContainer {
  readonly id: string;
  /** Sentences written by the engine. */
  readonly warnings: readonly string[];
}

/** Settings that can be changed while a container runs; absent ones are not changed. 0, or -1 for swap, means unlimited. */
export type Limits = Pick<
  HostConfig,
  | 'RestartPolicy'
  | 'Memory'
  | 'MemorySwap'
  | 'MemoryReservation'
  | 'NanoCpus'
  | 'CpusetCpus'
  | 'PidsLimit'
>;

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
