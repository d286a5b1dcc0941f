/** Many files on all cores: workers of the same program take a few files at a time, and what they find comes in order. */
import { availableParallelism } from 'node:os';
import type * as Threads from 'node:worker_threads';
import type { Finding, Problem } from '../lint/rule.ts';
import type { Node } from '../text/span.ts';
import { fileLines } from '../text/lines.ts';
import type { LintArguments } from './arguments.ts';
import { checker, type Source } from './check.ts';
import { WrongConfiguration } from './configuration.ts';
import type { Io } from './io.ts';
import type { FileReport } from './report.ts';

/** A worker has to load the program first; fewer files than these for each are done sooner without it. */
const worthAWorker = 100;
const atATime = 16;

/** The argument by which the program knows that it is a worker. */
export const workerSign = '--as-a-worker';

/** Loaded when it is needed: to most calls of the program its start is what counts. */
function threads(): typeof Threads {
  return process.getBuiltinModule('node:worker_threads');
}

/** What a worker is told to do, and what it answers. */
interface Task {
  readonly from: number;
  readonly sources: readonly Source[];
}
interface Answer {
  readonly from: number;
  readonly files: readonly Omit<FileReport, 'lines'>[];
  readonly said: string;
  /** The configuration is wrong, and all ends. */
  readonly wrong?: string;
}

/** Whether this is no program of its own. */
export function isWorker(): boolean {
  return !threads().isMainThread;
}

/** How many workers are worth their start. */
export function workersFor(files: number): number {
  const most = Math.min(availableParallelism(), Math.floor(files / worthAWorker));
  return most < 2 ? 0 : most;
}

/** Checks files in workers of a program; rejects as the checker does. */
export async function checkInWorkers(
  program: string,
  asked: LintArguments,
  { sources, err }: { readonly sources: readonly Source[]; readonly err: Io['err'] },
): Promise<readonly FileReport[]> {
  const reports: FileReport[] = [];
  let next = 0;
  const task = (): Task | undefined => {
    const from = next;
    next += atATime;
    return from < sources.length
      ? { from, sources: sources.slice(from, from + atATime) }
      : undefined;
  };
  const take = ({ from, files, said, wrong }: Answer): void => {
    if (said !== '') err(said);
    if (wrong !== undefined) throw new WrongConfiguration(wrong);
    for (const [i, file] of files.entries()) {
      reports[from + i] = { ...file, lines: fileLines(file.text) };
    }
  };
  const workers = Array.from({ length: workersFor(sources.length) }, () => {
    const worker = new (threads().Worker)(program, { workerData: asked, argv: [workerSign] });
    return { worker, done: drain(worker, task, take) };
  });
  try {
    await Promise.all(workers.map(({ done }) => done));
  } finally {
    await Promise.all(workers.map(({ worker }) => worker.terminate()));
  }
  return reports;
}

/** One worker, until there is nothing left to do. */
function drain(
  worker: Threads.Worker,
  task: () => Task | undefined,
  take: (answer: Answer) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const give = (): void => {
      const one = task();
      if (one === undefined) resolve();
      else worker.postMessage(one);
    };
    worker.on('error', reject);
    worker.on('message', (answer: Answer) => {
      try {
        take(answer);
        give();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    give();
  });
}

/** The other side: answers until it is ended. */
export function serveMain(io: Io): void {
  const { parentPort } = threads();
  const asked = threads().workerData as LintArguments;
  let said = '';
  const check = checker(asked, { ...io, err: (text) => (said += text) });
  const answer = async ({ from, sources }: Task): Promise<Answer> => {
    const files: Omit<FileReport, 'lines'>[] = [];
    said = '';
    try {
      for (const source of sources) files.push(plain(await check(source)));
      return { from, files, said };
    } catch (error) {
      if (!(error instanceof WrongConfiguration)) throw error;
      return { from, files: [], said, wrong: error.message };
    }
  };
  parentPort?.on('message', (task: Task) => {
    void answer(task).then((it) => parentPort.postMessage(it));
  });
}

/** As it can be sent: places alone of what stands there. */
function plain({
  path,
  text,
  findings,
  fixed,
  failOn,
  error,
}: FileReport): Answer['files'][number] {
  return {
    path,
    text,
    findings: findings.map(plainFinding),
    fixed,
    ...(failOn !== undefined && { failOn }),
    ...(error !== undefined && { error }),
  };
}

/** Without the alternatives to its fix, which only an editor offers. */
function plainFinding({ rule, category, severity, also, at, ...rest }: Finding): Finding {
  const { message, fix, related } = rest;
  return {
    rule,
    category,
    severity,
    also,
    at: place(at),
    message,
    ...(fix && { fix: { ...fix, edits: fix.edits.map(({ span, text }) => ({ span, text })) } }),
    ...(related && { related: related.map(plainRelated) }),
  };
}

type Related = NonNullable<Problem['related']>[number];

function plainRelated({ at, message }: Related): Related {
  return { at: place(at), message };
}

function place({ span: { start, end } }: Node): Node {
  return { span: { start, end } };
}
