/** Whether a disk is so fast that waiting for it stops nothing: network file systems are not. */

/** Milliseconds that one call may take on average. */
const fast = 0.5;
/** Calls whose average counts. */
const few = 32;

export interface DiskSpeed {
  readonly isFast: boolean;
  /** Runs calls that wait for the disk, and measures them. */
  measure<T>(calls: number, run: () => T): T;
}

/** A disk is fast until it turns out not to be; then it stays slow. */
export function diskSpeed(): DiskSpeed {
  let isFast = true;
  let time = 0;
  let count = 0;
  return {
    get isFast() {
      return isFast;
    },
    measure: (calls, run) => {
      const before = performance.now();
      try {
        return run();
      } finally {
        time += performance.now() - before;
        count += calls;
        if (count >= few) {
          if (time / count > fast) isFast = false;
          time = 0;
          count = 0;
        }
      }
    },
  };
}
