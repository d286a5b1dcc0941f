/** Containers to be created and changed, and images committed from them, as plain data. */
import type { CreateRequest, HostConfig } from './container-config.ts';

export interface NewContainer {
  /** The engine makes one up where it is left out. */
  readonly name?: string;
  readonly platform?: string;
  readonly body: CreateRequest;
}

export interface MadeContainer {
  readonly id: string;
  /** The engine's own sentences. */
  readonly warnings: readonly string[];
}

/** What can be changed while a container runs; what is left out stays as it is. 0, or -1 for swap, is no limit. */
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
  /** `repository:tag`; the image stays without a name where it is left out. */
  readonly reference?: string;
  readonly message?: string;
  readonly author?: string;
  /** Dockerfile instructions: `CMD ["sh"]`. */
  readonly changes?: readonly string[];
  /** Whether the container stands still meanwhile. */
  readonly pause: boolean;
}
