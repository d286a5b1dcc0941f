/** Runs other programs with an array of arguments, never through a shell. */

import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Cleanup } from './cleanup.mts';

/** The root directory of the project. */
export const root = path.resolve(import.meta.dirname, '../..');

const started = performance.now();

/** Prints a line of progress, with the seconds since the start. */
export function say(text: string): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`[${seconds.padStart(6)} s] ${text}`);
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Stops the program and its child processes if the cleanup runs first. */
  readonly cleanup?: Cleanup;
}

/** Runs a program with inherited output; resolves with its exit code, or 1 if it was ended by a signal. */
export function run(
  command: string,
  args: readonly string[],
  { cwd = root, env = process.env, cleanup }: RunOptions = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    // A separate process group: one signal reaches the program and its children, and Ctrl-C only reaches this process.
    const child = spawn(command, args, {
      cwd,
      // With CI set, some programs write colors even to a file.
      env: process.stdout.isTTY ? env : { ...env, NO_COLOR: '1' },
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    });
    const ended = new Promise<void>((end) =>
      child.once('close', () => {
        end();
      }),
    );
    const forget = cleanup?.add(() => endGroup(child.pid, ended));
    child.once('error', reject);
    child.once('close', (code) => {
      forget?.();
      resolve(code ?? 1);
    });
  });
}

/** Runs a program that must succeed, and returns its standard output. */
export async function outputOf(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
  return stdout;
}

/** Stops a process group with SIGTERM, and with SIGKILL after five seconds. */
async function endGroup(pid: number | undefined, ended: Promise<void>): Promise<void> {
  if (pid === undefined) return;
  signalGroup(pid, 'SIGTERM');
  const timer = setTimeout(() => {
    signalGroup(pid, 'SIGKILL');
  }, 5000);
  await ended;
  clearTimeout(timer);
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group has ended already.
  }
}

/** Directories that Debian adds to PATH for root, but not for other users or in containers. */
const systemFolders = ['/usr/sbin', '/usr/bin', '/sbin', '/bin'];

function searched(): readonly string[] {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return [...folders, ...systemFolders.filter((folder) => !folders.includes(folder))];
}

/** The environment of this process with the system directories in PATH, for programs that require root. */
export function systemEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: searched().join(path.delimiter) };
}

/** The path of a command in PATH or in the system directories. */
export function whereIs(command: string): string | undefined {
  return searched()
    .map((folder) => path.join(folder, command))
    .find((file) => existsSync(file));
}
