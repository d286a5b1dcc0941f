/** Whether a disk is so fast that waiting for it stops nothing: network file systems are not. */

/** Milliseconds that one call may take on average. */
const fast = 0.5;
/** Calls whose average counts. */
const few = 32;
/** Calls until a slow disk is tried again: another program may have kept the processor busy. Doubled each time. */
const firstPause = 256;

export interface DiskSpeed {
  readonly isFast: boolean;
  /** Runs calls that wait for the disk, and measures them. */
  measure<T>(calls: number, run: () => T): T;
  /** Counts calls that other threads made because the disk is slow. */
  skip(calls: number): void;
}

/** A disk is fast until it turns out not to be. */
export function diskSpeed(): DiskSpeed {
  let time = 0;
  let count = 0;
  let pause = firstPause;
  let left = 0;
  return {
    get isFast() {
      return left <= 0;
    },
    skip: (calls) => {
      left -= calls;
    },
    measure: (calls, run) => {
      const before = performance.now();
      try {
        return run();
      } finally {
        time += performance.now() - before;
        count += calls;
        if (count >= few) {
          if (time / count > fast) {
            left = pause;
            pause *= 2;
          }
          time = 0;
          count = 0;
        }
      }
    },
  };
}
