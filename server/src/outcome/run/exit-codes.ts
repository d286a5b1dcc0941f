/** The command that failed, where only the exit code is known. */
import type { CommandAt } from '../../model/model.ts';
import { nameOf } from '../../shell/commands.ts';
import { t } from '../../text/translation.ts';
import { silentDownload } from './network.ts';
import { failed } from './programs.ts';
import type { FailedRun } from './context.ts';
import type { RunCause } from './reader.ts';

/** Commands that do not fail, or only with a syntax error. */
const harmless = new Set(['echo', 'printf', 'true', ':', 'set', 'export', 'unset', 'alias', 'shopt', 'umask', 'trap', 'local', 'readonly', 'sleep', 'date', 'hash', 'eval', 'exec', 'yes', 'clear', 'pwd']);

/** Programs that never fail without a message, unless a signal ends them. */
const talkative = /^(?:cp|mv|rm|mkdir|rmdir|ln|chmod|chown|chgrp|touch|cat|head|tail|sed|install|tee|tar|unzip|apt|apt-get|apk|dnf|yum|microdnf|zypper|pacman|dpkg|pip[\d.]*|npm|yarn|pnpm|git|useradd|usermod|groupadd|adduser|addgroup|cd|\.|source|find|sort|cut|awk|make|cmake|go|cargo|gem|bundle|composer|java|javac|mvn|gradle|ldconfig|su|sudo|gpg)$/;

/** The only command that can have ended the script in this way; undefined if there are several. */
export function silentFailure(run: FailedRun): RunCause | undefined {
  const { exitCode } = run;
  const leaves = run.fatal.filter((at) => at.command.name !== undefined && !isOuter(run, at));
  const exits = leaves.filter(({ command }) => nameOf(command) === 'exit' || nameOf(command) === 'return');
  const exit = exits.filter(({ command }) => Number(command.args[0]?.text ?? NaN) === exitCode);
  const [onlyExit] = exit;
  if (onlyExit && exit.length === 1) return ofExit(run, onlyExit);
  const candidates = leaves.filter((at) => isPossible(run, at));
  const [at] = candidates;
  if (at === undefined || candidates.length > 1) return undefined;
  return ofSignal(run, at) ?? silentDownload(run, at) ?? { kind: 'exit', span: at.command.span, at, message: failed(run, at) };
}

/** A wrapper such as `sudo` whose command is in the list itself. */
function isOuter({ fatal }: FailedRun, { command }: CommandAt): boolean {
  return fatal.some(({ via, ancestors }) => via === 'wrapped' && ancestors.includes(command));
}

function isPossible({ exitCode, lines }: FailedRun, { command, via }: CommandAt): boolean {
  const name = nameOf(command) ?? '';
  if (harmless.has(name) || name === 'exit' || name === 'return') return false;
  // Commands in a nested script belong to the command that runs it.
  if (via === 'nested') return false;
  if (exitCode === undefined || isSignal(exitCode)) return !/^(?:test|\[|\[\[|false|cd)$/.test(name);
  if (name === 'false') return exitCode === 1;
  if (/^(?:test|\[|\[\[|grep|egrep|fgrep|diff|cmp|expr|command|which|type)$/.test(name)) return exitCode === 1 || (exitCode === 2 && lines.some((line) => line.includes(name)));
  if (exitCode === 126 || exitCode === 127) return !talkative.test(name);
  if (name === 'curl') return exitCode < 100 && (command.args.some(({ text }) => /^-[a-zA-Z]*s|^--silent$/.test(text)) || lines.some((line) => line.includes('curl: ')));
  if (name === 'wget') return exitCode < 9;
  return !talkative.test(name);
}

function isSignal(code: number): boolean {
  return code > 128 && code < 160;
}

/** The script ends itself; the condition before it says why, as in `test -f a || exit 1`. */
function ofExit(run: FailedRun, at: CommandAt): RunCause {
  return { kind: 'exit', span: at.command.span, at, message: failed(run, at) };
}

function ofSignal({ exitCode }: FailedRun, at: CommandAt): RunCause | undefined {
  const message = exitCode === undefined ? undefined : signalMessage(exitCode, nameOf(at.command) ?? '');
  return message === undefined ? undefined : { kind: exitCode === 137 ? 'memory' : 'exit', span: at.command.span, at, message };
}

/** What a signal means that ended a command. */
export function signalMessage(exitCode: number, name: string): string | undefined {
  switch (exitCode) {
    case 130:
      return t('`{0}` was interrupted', name);
    case 132:
      return t('`{0}` used an instruction that this processor does not have (SIGILL)', name);
    case 134:
      return t('`{0}` aborted (SIGABRT)', name);
    case 135:
      return t('`{0}` crashed (SIGBUS)', name);
    case 137:
      return t('`{0}` was killed (SIGKILL), probably because memory ran out', name);
    case 139:
      return t('`{0}` crashed (SIGSEGV)', name);
    case 141:
      return t('`{0}` wrote to a pipe that was closed (SIGPIPE)', name);
    case 143:
      return t('`{0}` was terminated (SIGTERM)', name);
    default:
      return undefined;
  }
}
