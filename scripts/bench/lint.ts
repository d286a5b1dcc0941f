/** Times our linter and a peer's over the same texts in one process, in turns, so that a busy machine hurts both. */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { document } from '../../server/src/model/document.ts';
import { lint } from '../../server/src/lint/lint.ts';
import type { LintConfig } from '../../server/src/lint/rule.ts';
import { rules } from '../../server/src/rules/index.ts';

const rounds = 60;
/** The peer has far less code to be compiled. */
const roundsEach = 4;

function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Best times in milliseconds for all texts; `spread` by as many threads as there are cores, `cold` the very first. */
export interface Times {
  readonly cold: number;
  readonly ours: number;
  readonly spread: number;
  readonly theirs: number;
  readonly threads: number;
}

/**
 * Best of several rounds each. Many rules mean much code, and V8 takes its time to have compiled it all, in each thread
 * anew; the first, cold round counts for none.
 */
export async function compare(
  texts: readonly string[],
  validate: (text: string) => unknown,
  worker: string,
  everyRule: boolean,
): Promise<Times> {
  // One for all files, as the server and the command line have it for a folder.
  const config: LintConfig = { everyRule, rules: {} };
  const workerData: Work = { texts, config };
  const workers = Array.from(
    { length: availableParallelism() },
    () => new Worker(worker, { workerData }),
  );
  let cold = Infinity;
  let ours = Infinity;
  let spread = Infinity;
  let theirs = Infinity;
  for (let round = 0; round <= rounds; round++) {
    const our = milliseconds(() => {
      for (const text of texts) lint(document('', text).model, rules, config);
    });
    const start = performance.now();
    await shared(workers);
    const all = performance.now() - start;
    if (round % roundsEach === 0)
      theirs = Math.min(
        theirs,
        milliseconds(() => {
          for (const text of texts) validate(text);
        }),
      );
    if (round === 0) {
      cold = our;
      continue;
    }
    ours = Math.min(ours, our);
    spread = Math.min(spread, all);
  }
  await Promise.all(workers.map((one) => one.terminate()));
  return { cold, ours, spread, theirs, threads: workers.length };
}

/** What a thread is started with. */
export interface Work {
  readonly texts: readonly string[];
  readonly config: LintConfig;
}

/** As on the command line: every thread takes the next text by a number that all share, until there are no more. */
async function shared(workers: readonly Worker[]): Promise<void> {
  const next = new Int32Array(new SharedArrayBuffer(4));
  await Promise.all(
    workers.map(async (worker) => {
      const answered = once(worker, 'message');
      worker.postMessage(next);
      await answered;
    }),
  );
}
