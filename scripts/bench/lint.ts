/** Measures our linter and a peer's on the same texts, alternately, so that load on the machine affects both. */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { document } from '../../server/src/model/document.ts';
import { lint } from '../../server/src/lint/lint.ts';
import type { LintConfig } from '../../server/src/lint/rule.ts';
import { rules } from '../../server/src/rules/index.ts';

const rounds = 60;
/** Our rounds per round of the peer, which has far less code to compile. */
const roundsEach = 4;

function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Best times in milliseconds for all texts: `spread` over one thread per core, `cold` for the first round. */
export interface Times {
  readonly cold: number;
  readonly ours: number;
  readonly spread: number;
  readonly theirs: number;
  readonly threads: number;
}

/**
 * Best of several rounds each. V8 needs several rounds to compile the code of many rules, in each thread separately. The
 * first round is not counted.
 */
export async function compare(
  texts: readonly string[],
  validate: (text: string) => unknown,
  worker: string,
  everyRule: boolean,
): Promise<Times> {
  // One for all files, as the server and the command line use it for a directory.
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

/** The data that a thread is started with. */
export interface Work {
  readonly texts: readonly string[];
  readonly config: LintConfig;
}

/** As on the command line, every thread takes the next text through a shared counter until none is left. */
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
