/** Resource usage of a running container, computed like in `docker stats`. */

export interface Usage {
  /** Time of the measurement, in milliseconds since 1970. */
  readonly at: number;
  /** In percent of one processor: two busy processors are 200. */
  readonly cpu: number;
  /** Number of processors it can use; absent if the engine does not report it. */
  readonly processors?: number;
  /** Bytes, without the inactive page cache. */
  readonly memory: number;
  /** Bytes: its limit, or the memory of the host; absent on Windows. */
  readonly memoryLimit?: number;
  /** Bytes since the container started. */
  readonly received: number;
  readonly sent: number;
  readonly read: number;
  readonly written: number;
  /** Processes and threads; absent on Windows. */
  readonly processes?: number;
}
