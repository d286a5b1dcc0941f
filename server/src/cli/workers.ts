/** Many files on all cores: this thread and workers of the same program take a few at a time, and what they find comes in order. */
import { availableParallelism } from 'node:os';
import type * as Threads from 'node:worker_threads';
import type { Finding, Problem } from '../lint/rule.ts';
import type { Node } from '../text/span.ts';
import { fileLines } from '../text/lines.ts';
import type { LintArguments } from './arguments.ts';
import { checker } from './check.ts';
import { compileLess } from './compiling.ts';
import { WrongConfiguration } from './configuration.ts';
import type { Io } from './io.ts';
import type { FileReport } from './report.ts';
import type { Source } from './source.ts';

/** A worker has to load the program first; fewer files than these for each are done sooner without it. */
const worthAWorker = 100;
const atATime = 8;

/** From so many files on, V8 is told to make less haste; for fewer, it hardly comes to optimize anything. */
const many = 30;

/** The argument by which the program knows that it is a worker. */
export const workerSign = '--as-a-worker';

/** Loaded when it is needed: to most calls of the program its start is what counts. */
function threads(): typeof Threads {
  return process.getBuiltinModule('node:worker_threads');
}

/** What all threads are told. Each takes the next files by itself, so that none ever waits for another. */
interface Work {
  readonly asked: LintArguments;
  readonly sources: readonly Source[];
  /** Two numbers that all threads see: how many files are taken, and how many workers have loaded the program. */
  readonly shared: Int32Array;
}
const taken = 0;
const loaded = 1;

/** Some files, and where they stand among all. */
interface Done {
  readonly from: number;
  readonly files: readonly FileReport[];
}
interface Answer {
  readonly from: number;
  readonly files: readonly Omit<FileReport, 'lines'>[];
}
/** What a worker says at the end. */
interface End {
  readonly files?: undefined;
  readonly said: string;
  /** The configuration is wrong, and all ends. */
  readonly wrong?: string;
}

/** Whether this is no program of its own. */
export function isWorker(): boolean {
  return !threads().isMainThread;
}

/** Whether so many files are worth what `checkMany` does about them. */
export function areMany(files: number): boolean {
  return files >= many;
}

/** Checks files on all cores, in workers of a program and here; rejects as the checker does. */
export async function checkMany(
  program: string,
  asked: LintArguments,
  { sources, io }: { readonly sources: readonly Source[]; readonly io: Io },
): Promise<readonly FileReport[]> {
  const reports: FileReport[] = [];
  const workers = workersFor(sources.length);
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const work: Work = { asked, sources, shared };
  const take = ({ from, files }: Done): void => {
    for (const [i, file] of files.entries()) reports[from + i] = file;
  };
  const helpers = Array.from({ length: workers }, () => {
    const worker = new (threads().Worker)(program, { workerData: work, argv: [workerSign] });
    return { worker, done: listen(worker, take, io) };
  });
  let undo: (() => void) | undefined;
  const own = checkTaken(work, io, (done) => {
    take(done);
    // What V8 compiled before is of use only to those that are started under the same flags.
    if (Atomics.load(shared, loaded) === workers) undo ??= compileLess();
  });
  try {
    await Promise.all([own, ...helpers.map(({ done }) => done)]);
  } finally {
    undo?.();
    await Promise.all(helpers.map(({ worker }) => worker.terminate()));
  }
  return reports;
}

/** How many workers are worth their start, beside the thread that starts them. */
function workersFor(files: number): number {
  return Math.max(0, Math.min(availableParallelism(), Math.floor(files / worthAWorker)) - 1);
}

/** Some files after others, until all are taken. */
async function checkTaken(
  { asked, sources, shared }: Work,
  io: Io,
  tell: (done: Done) => void,
): Promise<void> {
  const check = checker(asked, io);
  for (;;) {
    const from = Atomics.add(shared, taken, atATime);
    if (from >= sources.length) return;
    const files: FileReport[] = [];
    for (const source of sources.slice(from, from + atATime)) files.push(await check(source));
    tell({ from, files });
  }
}

/** What a worker finds, until it ends. */
function listen(worker: Threads.Worker, take: (done: Done) => void, io: Io): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on('error', reject);
    worker.on('message', (message: Answer | End) => {
      if (message.files !== undefined) {
        const { from, files } = message;
        take({ from, files: files.map((file) => ({ ...file, lines: fileLines(file.text) })) });
        return;
      }
      if (message.said !== '') io.err(message.said);
      if (message.wrong === undefined) resolve();
      else reject(new WrongConfiguration(message.wrong));
    });
  });
}

/** The other side. */
export async function serveMain(io: Io): Promise<void> {
  const { parentPort } = threads();
  const work = threads().workerData as Work;
  const answer = (message: Answer | End): void => parentPort?.postMessage(message);
  let said = '';
  Atomics.add(work.shared, loaded, 1);
  try {
    const quiet: Io = { ...io, err: (text) => (said += text) };
    await checkTaken(work, quiet, ({ from, files }) => {
      answer({ from, files: files.map(plain) });
    });
    answer({ said });
  } catch (error) {
    if (!(error instanceof WrongConfiguration)) throw error;
    answer({ said, wrong: error.message });
  }
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
