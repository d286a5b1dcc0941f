/** Starts Docker Compose: the plugin of the docker CLI, or the program `docker-compose`. Never uses a shell. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { PassThrough } from 'node:stream';
import type { Duplex } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';

/** A program with its arguments, and where it runs. */
export interface Invocation {
  readonly argv: readonly string[];
  /** An existing folder of this machine. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A program that runs. Its output is standard output and standard error in the order in which they were written. */
export interface RunningProgram extends Duplex {
  /** Asks the program to stop, as Ctrl+C does in a terminal. */
  interrupt(): void;
}

export interface ProgramOutput {
  /** Undefined if it was ended by a signal, or could not be started. */
  readonly code: number | undefined;
  readonly output: string;
  readonly errors: string;
}

/**
 * Starts the program. `exit` rejects with EngineError if it cannot be started, and after `close`. `onOutput` is called with
 * all output, whether or not it is read.
 */
export function startProgram(
  invocation: Invocation,
  onOutput: (data: Buffer) => void,
): RunningProgram {
  const child = start(invocation);
  const output = new PassThrough();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      onOutput(data);
      output.write(data);
    });
  }
  child.stdin.on('error', () => undefined);
  const exit = new Promise<number>((resolve, reject) => {
    child.on('error', (error) => reject(new EngineError('failed', error.message, error)));
    child.on('close', (code, signal) => {
      output.end();
      if (code === null) reject(new EngineError('cancelled', signal ?? ''));
      else resolve(code);
    });
  });
  // Callers that wait for it receive the reason; if there are none, it must not be an unhandled rejection.
  exit.catch(() => output.end());
  return {
    output,
    write: (data) => void child.stdin.write(data),
    end: () => child.stdin.end(),
    resize: () => Promise.resolve(),
    interrupt: () => signalGroup(child, 'SIGINT'),
    close: () => signalGroup(child, 'SIGTERM'),
    exit,
  };
}

/** The output of a program that asks nothing; it is stopped after the time limit, in milliseconds. Does not reject. */
export function outputOf(invocation: Invocation, timeLimit = 30_000): Promise<ProgramOutput> {
  return new Promise((resolve) => {
    const child = start(invocation);
    const [output, errors]: [Buffer[], Buffer[]] = [[], []];
    const limit = setTimeout(() => signalGroup(child, 'SIGKILL'), timeLimit);
    child.stdin.on('error', () => undefined);
    child.stdin.end();
    child.stdout.on('data', (data: Buffer) => output.push(data));
    child.stderr.on('data', (data: Buffer) => errors.push(data));
    const finish = (code: number | undefined, reason = ''): void => {
      clearTimeout(limit);
      const text = Buffer.concat(errors).toString() || reason;
      resolve({ code, output: Buffer.concat(output).toString(), errors: text });
    };
    child.on('error', (error) => finish(undefined, error.message));
    child.on('close', (code) => finish(code ?? undefined));
  });
}

function start({ argv, folder, env }: Invocation): ChildProcessWithoutNullStreams {
  const [command = '', ...args] = argv;
  // In its own process group, so that a signal reaches the plugin too; on Windows that would open a console.
  const detached = process.platform !== 'win32';
  return spawn(command, args, { cwd: folder, env, stdio: 'pipe', windowsHide: true, detached });
}

function signalGroup(child: ChildProcessWithoutNullStreams, signal: NodeJS.Signals): void {
  const isRunning = child.exitCode === null && child.signalCode === null;
  if (!isRunning || child.pid === undefined) return;
  if (process.platform === 'win32') {
    child.kill(signal);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // All processes of the group have ended.
  }
}
