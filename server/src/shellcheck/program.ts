/** The `shellcheck` executable on this machine. It is never downloaded. */
import { execFile } from 'node:child_process';
import { constants, promises } from 'node:fs';
import path from 'node:path';
import type { ShellCheck } from './checker.ts';
import { readReport } from './report.ts';
import type { Shell } from './scripts.ts';

/** Called with one sentence when something fails. */
export type Warn = (message: string) => void;

/** Milliseconds; real scripts take much less. */
const timeout = 10_000;
const mostOutput = 16 * 1024 * 1024;

/**
 * Excluded as in hadolint: the shell (2148, 2187) and sourced files (1090, 1091), which cannot be changed in a Dockerfile; a
 * shebang that is not on the first line (1128), because a line is added before it; `find` without a directory (2185), which
 * only fails on other systems; and repeated spaces (2291), which continued lines have.
 */
const excluded = 'SC1090,SC1091,SC1128,SC2148,SC2185,SC2187,SC2291';

/** ShellCheck at a path, or with `auto` in the directories of PATH; undefined if it is not found. */
export async function findShellCheck(
  configured: string,
  warn: Warn,
): Promise<ShellCheck | undefined> {
  const found = configured === 'auto' ? await inPath() : await atPath(configured);
  if (found === undefined) {
    if (configured !== 'auto') warn(`ShellCheck not found at ${configured}`);
    return undefined;
  }
  const { output: printed = '' } = await run(found, ['--version'], {});
  const version = /^version:\s*(\d+)\.(\d+)/m.exec(printed);
  if (version === null) {
    warn(`${found} is not ShellCheck`);
    return undefined;
  }
  const knowsBusybox = Number(version[1]) > 0 || Number(version[2]) >= 10;
  return {
    check: async (text, shell, signal) => {
      const { output, reason } = await run(found, optionsFor(shell, knowsBusybox), { text, ...(signal && { signal }) }); // prettier-ignore
      const remarks = output === undefined ? undefined : readReport(output, text);
      if (remarks === undefined && !signal?.aborted)
        warn(`ShellCheck failed: ${reason ?? 'its output is not a report'}`);
      return remarks;
    },
  };
}

/** Features that busybox's ash has and dash does not, for versions of ShellCheck that do not support busybox. */
const inBusybox = ',SC3001,SC3003,SC3010,SC3012,SC3014,SC3018,SC3020,SC3036,SC3037,SC3039,SC3040,SC3043,SC3045,SC3046,SC3051,SC3057,SC3060'; // prettier-ignore

function optionsFor(shell: Shell, knowsBusybox: boolean): readonly string[] {
  const isOther = shell === 'busybox' && !knowsBusybox;
  const known = isOther ? 'dash' : shell;
  const left = `${excluded}${isOther ? inBusybox : ''}`;
  return ['--norc', '--format=json1', `--shell=${known}`, `--exclude=${left}`, '-'];
}

interface Ran {
  /** Undefined if the program failed or was killed. */
  readonly output?: string;
  readonly reason?: string;
}

/** Runs the program with an argument array, without a shell; the script is passed on standard input. */
function run(
  program: string,
  args: readonly string[],
  { text = '', signal }: { readonly text?: string; readonly signal?: AbortSignal },
): Promise<Ran> {
  return new Promise((resolve) => {
    const options = {
      encoding: 'utf8',
      timeout,
      killSignal: 'SIGKILL',
      maxBuffer: mostOutput,
      windowsHide: true,
      // ShellCheck must read UTF-8 in any locale; macOS has another name for it.
      env: { ...process.env, LC_ALL: process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8' },
      ...(signal && { signal }),
    } as const;
    const child = execFile(program, [...args], options, (error, output) => {
      // Exit code 1 means that there are findings.
      if (error === null || error.code === 1) resolve({ output });
      else resolve({ reason: error.message.split('\n', 1)[0] ?? '' });
    });
    // It may end before it has read everything.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(text);
  });
}

const programNames = process.platform === 'win32' ? ['shellcheck.exe'] : ['shellcheck'];

/** Searches absolute directories only: `.` in PATH would be the directory of untrusted files. */
async function inPath(): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter)) {
    if (!path.isAbsolute(folder)) continue;
    for (const name of programNames) {
      const found = await atPath(path.join(folder, name));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

async function atPath(file: string): Promise<string | undefined> {
  if (!path.isAbsolute(file)) return undefined;
  const isFile = await promises.stat(file).then(
    (it) => it.isFile(),
    () => false,
  );
  const isExecutable =
    isFile &&
    (await promises.access(file, constants.X_OK).then(
      () => true,
      () => false,
    ));
  return isExecutable ? file : undefined;
}
