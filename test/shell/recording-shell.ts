/**
 * A bash that runs a script without running any program: a DEBUG trap records each command and skips it as if it had
 * succeeded, so that conditions, chains, loops and substitutions take the path of a build that succeeds.
 */
import { spawnSync } from 'node:child_process';

export interface Recording {
  /** The commands in the order in which they would run, as bash prints them, without expansions. */
  readonly calls: readonly string[];
  readonly status: number | null;
}

/**
 * Before the script. With `extdebug`, a command for which the trap returns 1 is skipped with the status 0, before its
 * redirections. Builtins that only change the state of the shell are run, and assignments that are not the environment
 * of a command. The shell is restricted, so that a redirection of a block cannot write to a file either.
 */
const prologue = String.raw`
shopt -s extdebug
set -T
__plain='^[A-Za-z_][A-Za-z_0-9]*\+?=([^[:space:]]*|"[^"]*"|\$\([^()]*\)|'"'[^']*'"')$'
__record() {
  [[ $BASH_COMMAND =~ $__plain ]] && return 0
  printf '%s\0' "$BASH_COMMAND" >&9
  case "${'$'}{BASH_COMMAND%%[ ;]*}" in
    set|shift|local|declare|unset|return|exit|break|continue|true|false|:|test|'['|'[['|read|wait|shopt) return 0 ;;
  esac
  return 1
}
trap __record DEBUG
`;

/** Runs a script in the recording shell, for at most some seconds. Undefined if bash cannot parse it. */
export function record(script: string, seconds = 2): Recording | undefined {
  const { status, stderr, output, error } = spawnSync(
    '/bin/bash',
    ['-r', '-c', `${prologue}\n${script}`],
    {
      encoding: 'utf8',
      timeout: seconds * 1000,
      stdio: [
        'ignore',
        'ignore',
        'pipe',
        'ignore',
        'ignore',
        'ignore',
        'ignore',
        'ignore',
        'ignore',
        'pipe',
      ],
      env: { PATH: '/nonexistent', LC_ALL: 'C' },
    },
  );
  if (error !== undefined || /syntax error|unexpected EOF/.test(stderr)) return undefined;
  return { calls: (output[9] ?? '').split('\0').filter(Boolean), status };
}

/** Whether bash is installed and its trap works. */
export function canRecord(): boolean {
  const first = record('a b && c > /d || e; if f | g; then h; fi; export X=$(i)');
  return first?.calls.join(' ; ').startsWith('a b ; c > /d') === true;
}
