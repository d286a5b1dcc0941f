/** The command that failed, where only the exit code is known. */
import type { CommandAt } from '../../model/model.ts';
import { nameOf } from '../../shell/commands.ts';
import { t } from '../../text/translation.ts';
import { silentDownload } from './network.ts';
import { failed } from './programs.ts';
import type { FailedRun } from './context.ts';
import type { RunCause } from './reader.ts';
import { signalMessage } from './signals.ts';

/** Commands that do not fail, or only with a syntax error. */
const harmless = new Set([
  'echo',
  'printf',
  'true',
  ':',
  'set',
  'export',
  'unset',
  'alias',
  'shopt',
  'umask',
  'trap',
  'local',
  'readonly',
  'sleep',
  'date',
  'hash',
  'eval',
  'exec',
  'yes',
  'clear',
  'pwd',
]);

/** Programs that write their name before a message when they fail, unless a signal ends them. */
const named =
  /^(?:cp|mv|rm|mkdir|rmdir|ln|chmod|chown|chgrp|touch|cat|head|tail|sed|install|tee|tar|unzip|git|useradd|usermod|groupadd|adduser|addgroup|cd|\.|source|find|sort|cut|awk|ldconfig|su|sudo)$/;

/** Programs that never fail without any output. */
const talkative =
  /^(?:apt|apt-get|apk|dnf|yum|microdnf|zypper|pacman|dpkg|pip[\d.]*|npm|yarn|pnpm|make|cmake|go|cargo|gem|bundle|composer|java|javac|mvn|gradle|gpg)$/;

/** The only command that can have ended the script in this way; undefined if there are several. */
export function silentFailure(run: FailedRun): RunCause | undefined {
  const { exitCode } = run;
  const leaves = run.fatal.filter(
    ({ command, via }) => command.name !== undefined && via === 'direct',
  );
  const exits = leaves.filter(
    ({ command }) => nameOf(command) === 'exit' || nameOf(command) === 'return',
  );
  const exit = exits.filter(({ command }) => Number(command.args[0]?.text ?? NaN) === exitCode);
  const [onlyExit] = exit;
  if (onlyExit && exit.length === 1) return ofExit(run, onlyExit);
  const candidates = leaves.filter((at) => isPossible(run, at));
  const at = candidates.length > 1 ? distinctive(run, candidates) : candidates[0];
  if (at === undefined) return exitCode === 141 ? brokenPipe(run) : undefined;
  if (exitCode === 124 && nameOf(at.command) === 'timeout')
    return {
      kind: 'exit',
      span: at.command.span,
      at,
      message: t('The time limit of `timeout` was reached'),
    };
  return (
    ofSignal(run, at) ??
    silentDownload(run, at) ?? { kind: 'exit', span: at.command.span, at, message: failed(run, at) }
  );
}

/** Exit codes that hardly any other program has. */
const downloadCodes: Readonly<Record<string, readonly number[]>> = {
  curl: [5, 6, 7, 22, 28, 35, 52, 56, 60],
  wget: [4, 5, 8],
};

/** The only download among several commands, if the exit code is that of a failed download. */
function distinctive(
  { exitCode }: FailedRun,
  candidates: readonly CommandAt[],
): CommandAt | undefined {
  const found = candidates.filter(({ command }) => {
    const name = nameOf(command) ?? '';
    return (
      exitCode !== undefined &&
      Object.hasOwn(downloadCodes, name) &&
      downloadCodes[name]?.includes(exitCode) === true
    );
  });
  return found.length === 1 ? found[0] : undefined;
}

/** The command that writes into the only pipe. */
function brokenPipe({ commands }: FailedRun): RunCause | undefined {
  const pipelines = new Set(
    commands.flatMap(({ ancestors }) => ancestors.filter(({ kind }) => kind === 'pipeline')),
  );
  const [pipeline] = pipelines;
  const at =
    pipelines.size === 1 && pipeline
      ? commands.find(({ ancestors }) => ancestors.includes(pipeline))
      : undefined;
  const message = at && signalMessage(141, nameOf(at.command) ?? '');
  return at && message !== undefined
    ? { kind: 'exit', span: at.command.span, at, message }
    : undefined;
}

/** The name of the program that runs in the end: that after `sudo`, `env` and the like. */
function innerName({ fatal }: FailedRun, { command }: CommandAt): string {
  const inner = fatal.findLast(
    ({ via, ancestors }) => via === 'wrapped' && ancestors.includes(command),
  );
  return nameOf(inner?.command ?? command) ?? '';
}

function isPossible(run: FailedRun, at: CommandAt): boolean {
  const { exitCode, lines } = run;
  const { command } = at;
  if (exitCode === 124 && nameOf(command) === 'timeout') return true;
  const name = innerName(run, at);
  if (harmless.has(name) || name === 'exit' || name === 'return') return false;
  if (exitCode === undefined || isSignal(exitCode))
    return !/^(?:test|\[|\[\[|false|cd)$/.test(name);
  if (name === 'false') return exitCode === 1;
  if (/^(?:test|\[|\[\[|grep|egrep|fgrep|diff|cmp|expr|command|which|type)$/.test(name))
    return exitCode === 1 || (exitCode === 2 && lines.some((line) => line.includes(name)));
  if (name === 'curl') return exitCode < 100;
  if (name === 'wget') return exitCode < 9;
  const isQuiet = lines.every((line) => line === '');
  return !named.test(name) && !(isQuiet && talkative.test(name));
}

function isSignal(code: number): boolean {
  return code > 128 && code < 160;
}

/** The script ends itself; the condition before it says why, as in `test -f a || exit 1`. */
function ofExit({ exitCode }: FailedRun, at: CommandAt): RunCause {
  return {
    kind: 'exit',
    span: at.command.span,
    at,
    message: t('The script ended itself with exit code {0}', exitCode ?? 1),
  };
}

function ofSignal({ exitCode }: FailedRun, at: CommandAt): RunCause | undefined {
  const message =
    exitCode === undefined ? undefined : signalMessage(exitCode, nameOf(at.command) ?? '');
  return message === undefined
    ? undefined
    : { kind: exitCode === 137 ? 'memory' : 'exit', span: at.command.span, at, message };
}
