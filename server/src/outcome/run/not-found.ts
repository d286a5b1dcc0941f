/** Commands that the shell, or the engine for an exec form, does not find or cannot execute. */
import type { CommandAt } from '../../model/model.ts';
import { t } from '../../text/translation.ts';
import type { CauseKind } from '../cause.ts';
import {
  commandFixes,
  executableFixes,
  knownCommandLike,
  otherManager,
} from '../fixes/commands.ts';
import { bashFixes, bashShellFix } from '../fixes/shell.ts';
import { mayBe, wordSpan, type FailedRun } from './context.ts';
import { firstLine } from './first-line.ts';
import { scriptSpan, tokenSpan } from './script-syntax.ts';
import { shellMessage, type LineReader, type RunCause } from './reader.ts';

const notFound =
  /^(?:(\S+): (?:command )?not found|command not found: (\S+)|(\S+): (?:No such file or directory|cannot execute: required file not found|not found))$/;
const denied = /^(\S+): (?:Permission denied|Is a directory|cannot execute: Is a directory)$/i;
const wrongFormat =
  /^(\S+): (?:cannot execute binary file(?:: Exec format error)?|Exec format error)$/;
const missingInterpreter =
  /^(\S+): (\S+?)(?:\^M)?: bad interpreter: (?:No such file or directory|Permission denied)$/;

/** Messages of shells: `/bin/sh: 1: jq: not found`. */
export const shellFindsNothing: LineReader = (run, line) => {
  const message = shellMessage(line) ?? { text: line, line: undefined, shell: '' };
  const { text } = message;
  const isOfShell = message.shell !== '';
  if (isOfShell) {
    const name = firstGroup(notFound.exec(text));
    if (name !== undefined)
      return atCommand(run, name, 'command-not-found', message.line) ?? bashTest(run, name);
    const refused = denied.exec(text)?.[1];
    if (refused !== undefined) return atCommand(run, refused, 'not-executable', message.line);
    const format = wrongFormat.exec(text)?.[1];
    if (format !== undefined) return architecture(run, format);
  }
  if (!isOfShell && run.exitCode === 127) {
    // The text of another command can be between the shell's name and its message.
    const name = /^(\S+): (?:command )?not found$/.exec(text)?.[1];
    const found = name === undefined ? undefined : atCommand(run, name, 'command-not-found');
    if (found) return found;
  }
  const windows = windowsLineEndings(run, line);
  if (windows) return windows;
  const interpreter = missingInterpreter.exec(text);
  if (interpreter?.[1] !== undefined)
    return missingProgram(run, interpreter[1], interpreter[2] ?? '');
  return foreignFormat(run, line) ?? wrapperFindsNothing(run, line);
};

/** A carriage return at the end of `#!` is a part of the interpreter's name: `env: 'bash\\r': No such file or directory`. */
function windowsLineEndings(run: FailedRun, line: string): RunCause | undefined {
  if (!/^(?:\/\S+\/)?env: .*\\r['’]: No such file|\^M: bad interpreter/.test(line))
    return undefined;
  const scripts = run.fatal.filter(({ command }) => command.name?.text.includes('/') === true);
  const [at] = scripts;
  const word = at?.command.name;
  if (word === undefined || scripts.length > 1) return undefined;
  return {
    kind: 'command-not-found',
    span: wordSpan(word),
    at,
    message: t('`{0}` has Windows line endings', word.text),
  };
}

/** `[[` is not a command of the tree. */
function bashTest(run: FailedRun, name: string): RunCause | undefined {
  const whole = name === '[[' ? scriptSpan(run) : undefined;
  const span = whole && tokenSpan(run, name, { whole, line: undefined });
  if (span === undefined) return undefined;
  const fix = bashShellFix(run);
  return { kind: 'command-not-found', span, message: bashMessage(name), fixes: fix ? [fix] : [] };
}

function bashMessage(name: string): string {
  return t('`{0}` is a feature of bash, and this shell is not bash', name);
}

function firstGroup(found: RegExpExecArray | null): string | undefined {
  return found?.slice(1).find(Boolean);
}

/** Busybox runs a program of another architecture as a script: `/tool: line 1: \u007fELF…: not found`. */
function foreignFormat(run: FailedRun, line: string): RunCause | undefined {
  const name = /^(\S+): (?:line )?\d+: .?(?:\u007f?ELF|MZ|\ufffd)/.exec(line)?.[1];
  return name === undefined ? undefined : architecture(run, name);
}

/** `sudo: jq: command not found`, `env: 'node': No such file or directory`. */
function wrapperFindsNothing(run: FailedRun, line: string): RunCause | undefined {
  const found =
    /^(?:\/\S+\/)?(?:sudo|doas|xargs|nice|time|setpriv|gosu|su-exec): (?:failed switching to .*: )?(?:exec: )?["']?([^\s:"']+)["']?: (?:command not found|No such file or directory|executable file not found.*)$/.exec(
      line,
    ) ??
    /^(?:\/\S+\/)?(?:env|nohup|timeout|stdbuf|setsid|chroot): (?:failed to (?:run command|execute) )?['‘"]?([^\s'’":]+)['’"]?: No such file or directory$/.exec(
      line,
    );
  return found?.[1] === undefined ? undefined : atCommand(run, found[1], 'command-not-found');
}

/** Messages of the engine, about the program of an exec form or the shell. */
export const engineFindsNothing: LineReader = (run, line) => {
  const missing =
    /exec: "([^"]+)": (?:executable file not found in \$PATH|stat [^:]+: no such file or directory)|^exec (\S+): no such file or directory/.exec(
      line,
    );
  const name = missing?.[1] ?? missing?.[2];
  if (name !== undefined)
    return atCommand(run, name, 'command-not-found') ?? missingShell(run, name);
  const refused =
    /exec: "([^"]+)": (?:permission denied|is a directory)|^exec (\S+): permission denied/.exec(
      line,
    );
  const file = refused?.[1] ?? refused?.[2];
  if (file !== undefined) return atCommand(run, file, 'not-executable');
  const format = /^exec (\S+): exec format error|exec: "([^"]+)": exec format error/.exec(line);
  const program = format?.[1] ?? format?.[2];
  return program === undefined
    ? undefined
    : (architecture(run, program) ?? shellArchitecture(run, program));
};

function atCommand(
  run: FailedRun,
  name: string,
  kind: CauseKind,
  line?: number,
): RunCause | undefined {
  const at = commandNamed(run, name, line);
  const word = at?.command.name;
  if (at === undefined || word === undefined) return undefined;
  const span = wordSpan(word);
  if (kind === 'not-executable')
    return {
      kind,
      span,
      at,
      message: t('`{0}` is not executable', name),
      fixes: executableFixes(run, at, name),
    };
  if (name.includes('/'))
    return {
      kind: 'file-not-found',
      span,
      at,
      message: t('`{0}` or the interpreter in its first line was not found', name),
    };
  const bash = bashFixes(run, at);
  if (bash.length > 0) return { kind, span, at, message: bashMessage(name), fixes: bash };
  const other = otherManager(run, name);
  if (other !== undefined)
    return {
      kind,
      span,
      at,
      message: t(
        '`{0}` does not exist in this base image; its package manager is `{1}`',
        name,
        other,
      ),
    };
  const similar = knownCommandLike(name);
  const message =
    similar === undefined
      ? t('Command `{0}` was not found in the image', name)
      : t('Command `{0}` was not found; did you mean `{1}`?', name, similar);
  return { kind, span, at, message, fixes: commandFixes(run, at, { name, similar }) };
}

/** The command with this name that can have failed; by its line in a heredoc, if the shell prints that. */
function commandNamed(run: FailedRun, name: string, line?: number): CommandAt | undefined {
  const isNamed = ({ command }: CommandAt): boolean =>
    command.name !== undefined && (command.name.text === name || mayBe(run, command.name, name));
  const fatal = run.fatal.filter(isNamed);
  const candidates = fatal.length > 0 ? fatal : run.commands.filter(isNamed);
  // A command whose failure is ignored did not end the step, unless nothing else has this name.
  if (
    fatal.length === 0 &&
    (candidates.length !== 1 || run.exitCode === undefined || run.exitCode < 126)
  )
    return undefined;
  const body = run.instruction.heredocs[0]?.body.start;
  if (line !== undefined && body !== undefined) {
    const first = run.document.lines.positionAt(body).line;
    const onLine = candidates.find(
      ({ command }) => run.document.lines.positionAt(command.span.start).line === first + line - 1,
    );
    if (onLine) return onLine;
  }
  return candidates[0];
}

function missingProgram(run: FailedRun, file: string, interpreter: string): RunCause | undefined {
  const at = commandNamed(run, file);
  const word = at?.command.name;
  if (word === undefined) return undefined;
  return {
    kind: 'command-not-found',
    span: wordSpan(word),
    at,
    message: t('The interpreter `{0}` of `{1}` was not found', interpreter, file),
  };
}

function architecture(run: FailedRun, name: string): RunCause | undefined {
  const at =
    commandNamed(run, name) ??
    run.fatal.find(({ command }) => command.name?.text.endsWith(`/${name}`) === true);
  const word = at?.command.name;
  if (word === undefined) return undefined;
  return { kind: 'not-executable', span: wordSpan(word), at, message: architectureMessage(name) };
}

function architectureMessage(name: string): string {
  return t('`{0}` is built for another architecture or is not a program', name);
}

/** The shell itself: that of SHELL, or `/bin/sh` of the base image. */
function missingShell(run: FailedRun, name: string): RunCause | undefined {
  const { document, instruction } = run;
  const { argv } = document.model.stateAt(instruction).shell;
  if (argv[0] !== name) return undefined;
  const shell = shellInstruction(document.model.each('SHELL'), instruction.span.start, name);
  const message = t('The shell `{0}` does not exist in the image', name);
  if (shell) return { kind: 'shell', span: shell, message };
  return { kind: 'shell', span: firstLine(run, instruction.span), message };
}

function shellArchitecture(run: FailedRun, name: string): RunCause | undefined {
  const { document, instruction } = run;
  const { argv } = document.model.stateAt(instruction).shell;
  if (argv[0] !== name) return undefined;
  return {
    kind: 'image',
    span: firstLine(run, instruction.span),
    message: t('The image is for another architecture than this engine: `{0}` cannot run', name),
  };
}

type Shells = ReturnType<FailedRun['document']['model']['each']>;

function shellInstruction(
  shells: Shells,
  before: number,
  name: string,
): { start: number; end: number } | undefined {
  for (const shell of [...shells].reverse()) {
    if (shell.span.start > before || shell.kind !== 'SHELL' || shell.command?.form !== 'exec')
      continue;
    const [program] = shell.command.argv;
    if (program?.text !== name) return undefined;
    const { start, end } = program.span;
    return { start: start + 1, end: end - 1 };
  }
  return undefined;
}
