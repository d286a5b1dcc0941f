/** Whether a disk is so fast that waiting for it stops nothing: network file systems are not. */

/** Milliseconds that one call may take on average. */
const fast = 0.5;
/** Calls whose average counts. */
const few = 32;
/** Calls until a slow disk is tried again; doubled each time. */
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
  let switches = 0;
  return {
    get isFast() {
      return left <= 0;
    },
    skip: (calls) => {
      left -= calls;
    },
    measure: (calls, run) => {
      if (count === 0) switches = givenUp();
      const before = performance.now();
      try {
        return run();
      } finally {
        time += performance.now() - before;
        count += calls;
        if (count >= few) {
          // On a busy machine, it may be other programs that took the time.
          const hasWaited = process.platform === 'win32' || givenUp() - switches >= count / 8;
          if (time / count > fast && hasWaited) {
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

/** How often this program has given up the processor to wait for something. Always 0 on Windows. */
function givenUp(): number {
  return process.resourceUsage().voluntaryContextSwitches;
}
