/** Containers to be made and changed, and images made of them, as plain data. */

export interface NewContainer {
  /** The engine makes one up where it is left out. */
  readonly name?: string;
  readonly platform?: string;
  /** What the engine itself takes: image, command, HostConfig and so on. */
  readonly body: object;
}

export interface MadeContainer {
  readonly id: string;
  /** The engine's own sentences. */
  readonly warnings: readonly string[];
}

/** What can be changed while a container runs; what is left out stays as it is. */
export interface Limits {
  readonly restart?: { readonly policy: string; readonly retries: number };
  /** Bytes; 0 is no limit. */
  readonly memory?: number;
  /** Bytes of memory and swap together; -1 is no limit. */
  readonly memorySwap?: number;
  readonly memoryReservation?: number;
  /** 0 is no limit. */
  readonly cpus?: number;
  /** `0-2,5`. */
  readonly cpuset?: string;
  readonly pids?: number;
}

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
