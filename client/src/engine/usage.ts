/** What a running container takes of its machine, counted as `docker stats` counts it. */

export interface Usage {
  /** When the engine looked, in milliseconds since 1970. */
  readonly at: number;
  /** In percent of one processor: two busy ones are 200. */
  readonly cpu: number;
  /** How many processors it may use; absent where the engine does not say. */
  readonly processors?: number;
  /** Bytes, without the files that are only cached. */
  readonly memory: number;
  /** Its own limit, or all of the machine's; absent on Windows. */
  readonly memoryLimit?: number;
  /** Bytes since it started. */
  readonly received: number;
  readonly sent: number;
  readonly read: number;
  readonly written: number;
  /** Processes and threads; absent on Windows. */
  readonly processes?: number;
}
