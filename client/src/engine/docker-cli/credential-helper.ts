/** Runs credential helpers: programs that the docker configuration names and that keep secrets. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { Environment } from './config-file.ts';

/** A command of a credential helper, and its input. */
export interface HelperRequest {
  readonly verb: 'get' | 'store' | 'erase';
  readonly input: string;
}

export interface HelperAnswer {
  readonly done: boolean;
  /** The output: a secret or an error message. */
  readonly text: string;
  /** Why there is no answer. */
  readonly failure?: 'invalid name' | 'not installed' | 'timeout' | 'output too long';
}

/** Milliseconds. */
const timeLimit = 20_000;

/** How long the output is awaited after the helper has ended, because a program that it started can keep it open. */
const outputDelay = 2_000;

/** Bytes; a secret has some kilobytes. */
const mostOutput = 1_000_000;

/** The name becomes part of a program name and must not contain a path. */
const validName = /^\w[\w.-]*$/;

/** Runs a credential helper, without a shell. Resolves within the limit, whatever the helper and its child processes do. */
export function runHelper(
  name: string,
  { verb, input }: HelperRequest,
  { env }: Environment,
): Promise<HelperAnswer> {
  if (!validName.test(name)) {
    return Promise.resolve({ done: false, text: '', failure: 'invalid name' });
  }
  const started = new Promise<HelperAnswer>((resolve) => {
    // In its own process group, so that its child processes can be stopped too; on Windows that would open a console.
    const child = spawn(`docker-credential-${name}`, [verb], {
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const output: Buffer[] = [];
    let length = 0;
    let code: number | null | undefined;
    let delay: NodeJS.Timeout | undefined;
    let isFinished = false;
    const finish = (failure?: HelperAnswer['failure']): void => {
      isFinished = true;
      clearTimeout(limit);
      clearTimeout(delay);
      const text = Buffer.concat(output).toString();
      resolve({ done: code === 0 && failure === undefined, text, ...(failure && { failure }) });
    };
    const stop = (failure?: HelperAnswer['failure']): void => {
      if (isFinished) return;
      stopProcesses(child);
      finish(failure);
    };
    const limit = setTimeout(() => stop('timeout'), timeLimit);
    child.on('error', (error) =>
      finish('code' in error && error.code === 'ENOENT' ? 'not installed' : undefined),
    );
    child.on('exit', (ended) => {
      code = ended;
      if (!isFinished) delay = setTimeout(() => stop(), outputDelay);
    });
    child.on('close', () => finish());
    child.stdout.on('error', () => undefined);
    child.stdin.on('error', () => undefined);
    child.stdout.on('data', (data: Buffer) => {
      output.push(data);
      length += data.length;
      if (length > mostOutput) stop('output too long');
    });
    child.stdin.end(input);
  });
  // Without free file descriptors, the process has no streams.
  return started.catch(() => ({ done: false, text: '' }));
}

/** Stops the helper and its child processes, and does not wait for them. */
function stopProcesses(child: ChildProcessByStdio<Writable, Readable, null>): void {
  child.stdin.destroy();
  child.stdout.destroy();
  child.unref();
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    const killer = spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], {
      stdio: 'ignore',
      windowsHide: true,
    });
    killer.on('error', () => child.kill());
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // All processes of the group have ended.
  }
}
