/** The program `shellcheck` on this machine. It is found, never fetched. */
import { execFile } from 'node:child_process';
import { constants, promises } from 'node:fs';
import path from 'node:path';
import type { ShellCheck } from './checker.ts';
import { readReport } from './report.ts';
import type { Shell } from './scripts.ts';

/** Told of what goes wrong, a sentence. */
export type Complain = (message: string) => void;

/** Milliseconds; a script that takes longer is made up, or the machine stands still. */
const patience = 10_000;
const mostOutput = 16 * 1024 * 1024;

/**
 * Left out as hadolint does: the shell's name (2187) and files that are sourced (1090, 1091), which nobody can help here;
 * a first line with the shell's name that stands further down (1128), because we put a line before it; `find` without a
 * folder (2185), which only programs of other systems refuse; and blanks that collapse (2291), which a continued line has.
 */
const excluded = 'SC1090,SC1091,SC1128,SC2148,SC2185,SC2187,SC2291';

/** `auto` looks for it in the folders of PATH; undefined where it is not there. */
export async function findShellCheck(
  asked: string,
  complain: Complain,
): Promise<ShellCheck | undefined> {
  const found = asked === 'auto' ? await inPath() : await atPath(asked);
  if (found === undefined) {
    if (asked !== 'auto') complain(`ShellCheck is not at ${asked}`);
    return undefined;
  }
  const version = await run(found, ['--version'], {});
  const said = /^version:\s*(\d+)\.(\d+)/m.exec(version.output ?? '');
  if (said === null) {
    complain(`${found} is no ShellCheck`);
    return undefined;
  }
  const knowsBusybox = Number(said[1]) > 0 || Number(said[2]) >= 10;
  return {
    check: async (text, shell, signal) => {
      const { output, reason } = await run(found, optionsFor(shell, knowsBusybox), { text, ...(signal && { signal }) }); // prettier-ignore
      const remarks = output === undefined ? undefined : readReport(output, text);
      if (remarks === undefined && !signal?.aborted)
        complain(`ShellCheck gave no report: ${reason ?? 'it printed something else'}`);
      return remarks;
    },
  };
}

/** What busybox's ash can and dash can not: for a ShellCheck that does not know the one apart from the other. */
const inBusybox = ',SC3001,SC3003,SC3010,SC3012,SC3014,SC3018,SC3020,SC3036,SC3037,SC3039,SC3040,SC3043,SC3045,SC3046,SC3051,SC3057,SC3060'; // prettier-ignore

function optionsFor(shell: Shell, knowsBusybox: boolean): readonly string[] {
  const isOther = shell === 'busybox' && !knowsBusybox;
  const known = isOther ? 'dash' : shell;
  const left = `${excluded}${isOther ? inBusybox : ''}`;
  return ['--norc', '--format=json1', `--shell=${known}`, `--exclude=${left}`, '-'];
}

interface Ran {
  /** Undefined where it did not end by itself. */
  readonly output?: string;
  readonly reason?: string;
}

/** An argument array and no shell; the script goes over standard input. */
function run(
  program: string,
  args: readonly string[],
  { text = '', signal }: { readonly text?: string; readonly signal?: AbortSignal },
): Promise<Ran> {
  return new Promise((resolve) => {
    const options = {
      encoding: 'utf8',
      timeout: patience,
      killSignal: 'SIGKILL',
      maxBuffer: mostOutput,
      windowsHide: true,
      // Text is read as UTF-8 whatever the machine speaks; macOS has it under another name.
      env: { ...process.env, LC_ALL: process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8' },
      ...(signal && { signal }),
    } as const;
    const child = execFile(program, [...args], options, (error, output) => {
      // 1 says that there were findings.
      if (error === null || error.code === 1) resolve({ output });
      else resolve({ reason: error.message.split('\n', 1)[0] ?? '' });
    });
    // It may end before it has read everything.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(text);
  });
}

const programNames = process.platform === 'win32' ? ['shellcheck.exe'] : ['shellcheck'];

/** Only in folders that are named in full: `.` in PATH is the folder of somebody else's files. */
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
  const isThere = await promises.stat(file).then(
    (it) => it.isFile(),
    () => false,
  );
  const runs =
    isThere &&
    (await promises.access(file, constants.X_OK).then(
      () => true,
      () => false,
    ));
  return runs ? file : undefined;
}
