/** Failures of programs whose messages name an argument, or only the program. */
import type { CommandAt } from '../../model/model.ts';
import { nameOf } from '../../shell/commands.ts';
import { t } from '../../text/translation.ts';
import type { CauseKind } from '../cause.ts';
import { bashShellFix } from '../fixes/shell.ts';
import { isIgnoredBy } from '../ignored.ts';
import { fatalNamed, wordIn, wordSpan, type FailedRun, type WordAt } from './context.ts';
import { commandPrinted } from './printed-command.ts';
import { signalMessage } from './signals.ts';
import { speaker } from './speaker.ts';
import { mentionedWord, shellMessage, type LineReader } from './reader.ts';

interface ArgumentMessage {
  readonly names: RegExp;
  readonly pattern: RegExp;
  readonly kind: CauseKind;
  readonly explain: (argument: string) => string;
}

const python = /^(?:pip[\d.]*|python[\d.]*|uv|pipx)$/;

/** Messages whose first group is an argument of the command. */
const argumentMessages: readonly ArgumentMessage[] = [
  {
    names: /^g?make$/,
    pattern: /^make(?:\[\d+\])?: \*\*\* No rule to make target '([^']+)'/,
    kind: 'program',
    explain: (name) => t('The makefile has no target `{0}`', name),
  },
  {
    names: /^g?make$/,
    pattern: /^make: (?:\*\*\* )?([^\s:]+): No such file or directory/,
    kind: 'file-not-found',
    explain: (name) => t('`{0}` does not exist at this step', name),
  },
  {
    names: /^np[mx]$/,
    pattern: /^npm (?:ERR!|error) (?:Missing script: |missing script: )"?([^"]+?)"?$/,
    kind: 'program',
    explain: (name) => t('package.json has no script `{0}`', name),
  },
  {
    names: /^yarn$/,
    pattern: /^error Command "([^"]+)" not found/,
    kind: 'program',
    explain: (name) => t('package.json has no script `{0}`', name),
  },
  {
    names: /^pnpm$/,
    pattern: /ERR_PNPM_NO_SCRIPT\S*\s+Missing script: (\S+)/,
    kind: 'program',
    explain: (name) => t('package.json has no script `{0}`', name),
  },
  {
    names: python,
    pattern: /Could not open requirements file: .*?'([^']+)'$/,
    kind: 'file-not-found',
    explain: (name) => t('`{0}` does not exist at this step', name),
  },
  {
    names: python,
    pattern:
      /(?:Failed building wheel for|Failed to build(?: installable wheels for .*\()?) ?([\w.-]+)/,
    kind: 'program',
    explain: (name) => t('Package `{0}` could not be built', name),
  },
  {
    names: /^python[\d.]*$/,
    pattern: /can't open file '(?:[^']*\/)?([^/']+)': \[Errno 2\]/,
    kind: 'file-not-found',
    explain: (name) => t('`{0}` does not exist at this step', name),
  },
  {
    names: /^python[\d.]*$/,
    pattern: /No module named '?([\w.-]+)'?$/,
    kind: 'program',
    explain: (name) => t('Python module `{0}` is not installed', name),
  },
  {
    names: /^node(?:js)?$/,
    pattern: /^Error: Cannot find module '(?:[^']*\/)?([^/']+)'$/,
    kind: 'file-not-found',
    explain: (name) => t('`{0}` does not exist at this step', name),
  },
  {
    names: /^(?:gcc|g\+\+|cc|c\+\+|clang|clang\+\+)$/,
    pattern: /error: ([^\s:]+): No such file or directory/,
    kind: 'file-not-found',
    explain: (name) => t('`{0}` does not exist at this step', name),
  },
  {
    names: /^(?:bash|sh|dash|ash|zsh)$/,
    pattern:
      /^(?:\/\S+\/)?(?:ba|da|a|z)?sh: (?:\d+: )?(?:cannot open |can't open ')?([^\s:']+)'?: (?:No such file|not found)/,
    kind: 'file-not-found',
    explain: (name) => t('`{0}` does not exist at this step', name),
  },
  {
    names: /^(?:useradd|usermod|adduser)$/,
    pattern: /^useradd: group '([^']+)' does not exist/,
    kind: 'user',
    explain: (name) => t('User or group `{0}` does not exist in the image', name),
  },
  {
    names: /^(?:useradd|adduser)$/,
    pattern:
      /^(?:useradd|adduser): (?:user|The user) ['`‘]([^'`’]+)['’`] (?:already exists|in use)/,
    kind: 'user',
    explain: (name) => t('`{0}` already exists', name),
  },
  {
    names: /^(?:useradd|usermod|adduser)$/,
    pattern: /\b(?:UID|uid) '?(\d+)'? (?:is not unique|in use|already exists)/,
    kind: 'user',
    explain: (name) => t('User id {0} is already in use', name),
  },
  {
    names: /^(?:groupadd|groupmod|addgroup)$/,
    pattern: /\b(?:GID|gid) '?(\d+)'? (?:is not unique|in use|already exists)/,
    kind: 'user',
    explain: (name) => t('Group id {0} is already in use', name),
  },
  {
    names: /^(?:groupadd|addgroup)$/,
    pattern:
      /^(?:groupadd|addgroup): (?:group|The group) ['`‘]([^'`’]+)['’`] (?:already exists|in use)/,
    kind: 'user',
    explain: (name) => t('`{0}` already exists', name),
  },
];

/** A file of a program in the image, such as `-r requirements.txt`. */
export const argumentTrouble: LineReader = (run, line) => {
  for (const { names, pattern, kind, explain } of argumentMessages) {
    const argument = pattern.exec(line)?.[1];
    if (argument === undefined) continue;
    const commands = fatalNamed(run, names);
    // A user that exists was created by an earlier command.
    const found =
      wordIn(run, kind === 'user' ? [...commands].reverse() : commands, argument) ??
      endingIn(commands, argument);
    if (found === undefined) continue;
    const ignored = kind === 'file-not-found' ? isIgnoredBy(run.build, argument) : undefined;
    return {
      kind,
      span: wordSpan(found.word),
      at: found.at,
      message: explain(argument),
      ...(ignored && { related: [ignored] }),
    };
  }
  return undefined;
};

function endingIn(commands: readonly CommandAt[], name: string): WordAt | undefined {
  for (const at of commands) {
    const word = at.command.args.find(({ text }) => text.endsWith(`/${name}`));
    if (word) return { at, word };
  }
  return undefined;
}

/** `set -o pipefail` in a shell that has no such option. */
export const shellOptionTrouble: LineReader = (run, line) => {
  const name = /\bset: (?:(?:I|i)llegal option -o (\w+)|(\w+): invalid option name)/.exec(line);
  const option = name?.[1] ?? name?.[2];
  const found = option === undefined ? undefined : wordIn(run, fatalNamed(run, ['set']), option);
  if (found === undefined) return undefined;
  const fix = bashShellFix(run);
  return {
    kind: 'script-syntax',
    span: wordSpan(found.word),
    at: found.at,
    message: t('This shell does not support the option `{0}`', option ?? ''),
    fixes: fix ? [fix] : [],
  };
};

/** An option that a program does not know: `tar: unrecognized option '--x'`. */
export const optionTrouble: LineReader = (run, line) => {
  const name =
    /(?:unrecognized|unknown|invalid|illegal|no such) option(?: --)?:? ['"‘`-]*([\w-]+)|command line option '?-*([\w-]+)|unrecognized arguments: -*([\w-]+)/i.exec(
      line,
    );
  const option = name?.slice(1).find(Boolean);
  if (option === undefined) return undefined;
  const message = shellMessage(line)?.text ?? line;
  const at = speaker(run, message);
  const word =
    at?.command.args.find(({ text }) => text.replace(/^-+/, '').split('=')[0] === option) ??
    (option.length === 1 || option === '-o'
      ? at?.command.args.find(({ text }) => new RegExp(`^-[a-zA-Z]*${option}`).test(text))
      : undefined);
  if (at === undefined || word === undefined) return undefined;
  return {
    kind: 'program',
    span: wordSpan(word),
    at,
    message: t(
      '`{0}` does not accept option `{1}`',
      nameOf(at.command) ?? '',
      word.text.split('=')[0] ?? '',
    ),
  };
};

/** The command that wrote a line, by the name before the message; the word of it that the message is about, if any. */
export const spokenTrouble: LineReader = (run, line) => {
  const message = shellMessage(line)?.text ?? line;
  const at = speaker(run, message) ?? scriptSpeaker(run, line);
  if (at === undefined) return undefined;
  const name = nameOf(at.command) ?? '';
  const text = message.replace(/^[^:]*: */, '');
  const isError =
    /error|fail|cannot|can't|not |no |invalid|unable|denied|unknown|illegal|usage|missing|bad|\*\*\*|fatal|ERR/i.test(
      line,
    );
  if (
    !isError ||
    /^tar: (?:Child returned status|Error is not recoverable|Exiting with failure status)/.test(
      message,
    )
  )
    return undefined;
  const word = /^(?:make|npm|yarn|pnpm)$/.test(name)
    ? undefined
    : mentionedWord(
        at.command.args.filter(({ text: one }) => one.length > 1),
        text,
      );
  return {
    kind: 'program',
    span: word ? wordSpan(word) : at.command.span,
    at,
    message: failed(run, at),
  };
};

/** `/run.sh: 2: tsc: not found`, where `run.sh` is an argument or a command. */
function scriptSpeaker(run: FailedRun, line: string): CommandAt | undefined {
  const file = /^(\/?(?:[\w.@-]+\/)*[\w.@-]+): (?:line )?\d+: /.exec(line)?.[1];
  if (file === undefined) return undefined;
  const base = file.replace(/^.*\//, '');
  const isFile = (text: string): boolean => text === file || text.replace(/^.*\//, '') === base;
  return run.fatal.find(({ command }) =>
    [...(command.name ? [command.name] : []), ...command.args].some(({ text }) => isFile(text)),
  );
}

/** bash names the command that a signal ended: `/bin/bash: line 1:    12 Killed                  ./build.sh`. */
export const signalTrouble: LineReader = (run, line) => {
  const text =
    /: line \d+: +\d+ (?:Killed|Segmentation fault|Aborted|Illegal instruction|Bus error|Terminated)(?: +\(core dumped\))? +(.*)$/.exec(
      line,
    )?.[1];
  const at = text === undefined ? undefined : commandPrinted(run, run.fatal, text);
  if (at === undefined) return undefined;
  const message =
    run.exitCode === undefined ? undefined : signalMessage(run.exitCode, nameOf(at.command) ?? '');
  return {
    kind: run.exitCode === 137 ? 'memory' : 'exit',
    span: at.command.span,
    at,
    message: message ?? failed(run, at),
  };
};

/** Commands that run other commands: a message of a shell can be of one that they started. */
const runners =
  /^(?:np[mx]|yarn|pnpm|bun|make|gmake|ninja|cargo|go|gradle|gradlew|mvn|mvnw|composer|bundle|rake|tox|poetry|uv|pip[\d.]*|python[\d.]*|node|sh|bash|ash|dash|cmake|configure)$/;

/** `sh: 1: tsc: not found` in the output of `npm run build`. */
export const innerTrouble: LineReader = (run, line) => {
  const name =
    shellMessage(line) &&
    /: (?:line )?(?:\d+: )?([^\s:]+): (?:command )?not found$/.exec(line)?.[1];
  if (name === undefined) return undefined;
  const commands = fatalNamed(run, runners);
  const [at] = commands;
  if (at === undefined || commands.length > 1) return undefined;
  return {
    kind: 'program',
    span: at.command.span,
    at,
    message: t('`{0}` was not found by `{1}`', name, shown(run, at)),
  };
};

/** The sentence for a command of which only the exit code is known. */
export function failed(run: FailedRun, at: CommandAt): string {
  const text = shown(run, at);
  return run.exitCode === undefined
    ? t('`{0}` failed', text)
    : t('`{0}` failed with exit code {1}', text, run.exitCode);
}

/** The start of a command on one line. */
function shown({ document }: FailedRun, { command }: CommandAt): string {
  const text = document.text
    .slice(command.span.start, command.span.end)
    .replace(/\\\r?\n|\s+/g, ' ')
    .replaceAll('`', "'")
    .trim();
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
