/** Checks many files on all cores: this thread and worker threads each take a few files at a time; the reports are in order. */
import { availableParallelism } from 'node:os';
import type * as Threads from 'node:worker_threads';
import type { Finding, Problem } from '../lint/rule.ts';
import type { Node } from '../text/span.ts';
import { fileLines } from '../text/lines.ts';
import type { LintArguments } from './arguments.ts';
import { builtinModule } from '../start/builtin-module.ts';
import { checker } from './check.ts';
import { compileLess } from './compiling.ts';
import { WrongConfiguration } from './configuration.ts';
import type { Io } from './io.ts';
import type { FileReport } from './report.ts';
import type { Source } from './source.ts';

/** A worker has to load the program first: with fewer files per worker than this, it is faster without one. */
const filesPerWorker = 100;
const batchSize = 8;

/** From this number of files on, V8 is made to optimize less; with fewer, it optimizes hardly anything. */
const manyFiles = 30;

/** The argument that makes the program act as a worker. */
export const workerArgument = '--as-a-worker';

/** Loaded on demand, since the start-up time dominates most runs. */
function threads(): typeof Threads {
  return builtinModule('node:worker_threads');
}

/** The input of all threads. Each takes the next batch itself, so that no thread waits for another. */
interface Work {
  readonly args: LintArguments;
  readonly sources: readonly Source[];
  /** Two counters shared by all threads: files taken, and workers that have loaded the program. */
  readonly shared: Int32Array;
}
const takenIndex = 0;
const loadedIndex = 1;

/** The reports of a batch, and the index of its first file. */
interface Done {
  readonly from: number;
  readonly files: readonly FileReport[];
}
interface Answer {
  readonly from: number;
  readonly files: readonly Omit<FileReport, 'lines'>[];
}
/** The last message of a worker. */
interface End {
  readonly files?: undefined;
  /** What it would have written to standard error. */
  readonly errors: string;
  /** The configuration is invalid; the whole run ends. */
  readonly wrong?: string;
}

/** Whether this code runs in a worker thread. */
export function isWorker(): boolean {
  return !threads().isMainThread;
}

/** Whether `checkMany` is faster for this number of files than checking them one after the other. */
export function areMany(files: number): boolean {
  return files >= manyFiles;
}

/** Checks files on all cores, in this thread and in workers that run `program`. Rejects as the checker does. */
export async function checkMany(
  program: string,
  args: LintArguments,
  { sources, io }: { readonly sources: readonly Source[]; readonly io: Io },
): Promise<readonly FileReport[]> {
  const reports: FileReport[] = [];
  const workers = workersFor(sources.length);
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const work: Work = { args, sources, shared };
  const take = ({ from, files }: Done): void => {
    for (const [i, file] of files.entries()) reports[from + i] = file;
  };
  const helpers = Array.from({ length: workers }, () => {
    const worker = new (threads().Worker)(program, { workerData: work, argv: [workerArgument] });
    return { worker, done: listen(worker, take, io) };
  });
  let undo: (() => void) | undefined;
  const own = checkBatches(work, io, (done) => {
    take(done);
    // The code cache is valid only under the flags it was written with, so workers must load the program first.
    if (Atomics.load(shared, loadedIndex) === workers) undo ??= compileLess();
  });
  try {
    await Promise.all([own, ...helpers.map(({ done }) => done)]);
  } finally {
    undo?.();
    await Promise.all(helpers.map(({ worker }) => worker.terminate()));
  }
  return reports;
}

/** The number of workers besides this thread that are worth their start-up time. */
function workersFor(files: number): number {
  return Math.max(0, Math.min(availableParallelism(), Math.floor(files / filesPerWorker)) - 1);
}

/** Takes and checks one batch after the other until all files are taken. */
async function checkBatches(
  { args, sources, shared }: Work,
  io: Io,
  report: (done: Done) => void,
): Promise<void> {
  const check = checker(args, io);
  for (;;) {
    const from = Atomics.add(shared, takenIndex, batchSize);
    if (from >= sources.length) return;
    const files: FileReport[] = [];
    for (const source of sources.slice(from, from + batchSize)) files.push(await check(source));
    report({ from, files });
  }
}

/** Receives the reports of a worker until it ends. */
function listen(worker: Threads.Worker, take: (done: Done) => void, io: Io): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on('error', reject);
    worker.on('message', (message: Answer | End) => {
      if (message.files !== undefined) {
        const { from, files } = message;
        take({ from, files: files.map((file) => ({ ...file, lines: fileLines(file.text) })) });
        return;
      }
      if (message.errors !== '') io.err(message.errors);
      if (message.wrong === undefined) resolve();
      else reject(new WrongConfiguration(message.wrong));
    });
  });
}

/** The worker's side: checks batches and sends the reports to the main thread. */
export async function serveMain(io: Io): Promise<void> {
  const { parentPort } = threads();
  const work = threads().workerData as Work;
  const send = (message: Answer | End): void => parentPort?.postMessage(message);
  let errors = '';
  Atomics.add(work.shared, loadedIndex, 1);
  try {
    const quiet: Io = { ...io, err: (text) => (errors += text) };
    await checkBatches(work, quiet, ({ from, files }) => {
      send({ from, files: files.map(plain) });
    });
    send({ errors });
  } catch (error) {
    if (!(error instanceof WrongConfiguration)) throw error;
    send({ errors, wrong: error.message });
  }
}

/** A report that can be sent between threads: with spans instead of tree nodes. */
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

/** A finding without alternative fixes, which only editors offer. */
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
