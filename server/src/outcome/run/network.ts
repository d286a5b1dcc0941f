/** Downloads that fail: curl, wget and git. */
import type { CommandAt } from '../../model/model.ts';
import { nameOf } from '../../shell/commands.ts';
import type { ShellWord } from '../../shell/script.ts';
import { t } from '../../text/translation.ts';
import type { CauseKind } from '../cause.ts';
import { downloadSpan, hostOf, urlsOf } from './download-span.ts';
import { curlReason, wgetReason } from './download-codes.ts';
import { fatalNamed, wordIn, wordSpan, type FailedRun } from './context.ts';
import { mentionedWord, mentions, quotedTexts, type LineReader, type RunCause } from './reader.ts';

/** `curl: (6) Could not resolve host: example.org`. */
export const curlTrouble: LineReader = (run, line, index) => {
  const [, number, message = ''] = /^.*?curl: \((\d+)\) (.*)$/.exec(line) ?? [];
  const commands = fatalNamed(run, ['curl']);
  if (number !== undefined)
    return ofCurl(commands, { code: Number(number), message: withContext(run, index, message) });
  const option = /^curl: option (\S+): (.*)$/.exec(line);
  if (option?.[1] === undefined) return undefined;
  const found = wordIn(run, commands, option[1]);
  if (found === undefined) return undefined;
  return {
    kind: 'program',
    span: wordSpan(found.word),
    at: found.at,
    message: t('`{0}` does not accept option `{1}`', 'curl', option[1]),
  };
};

/** `Warning: Failed to open the file /a: No such file or directory` explains the error that follows. */
function withContext({ lines }: FailedRun, index: number, message: string): string {
  const before = lines[index - 1] ?? '';
  return /^Warning: /.test(before) ? `${message} ${before}` : message;
}

interface CurlError {
  readonly code: number;
  readonly message: string;
}

function ofCurl(
  commands: readonly CommandAt[],
  { code, message }: CurlError,
): RunCause | undefined {
  const at = commands.length === 1 ? commands[0] : downloadOf(commands, message);
  if (at === undefined) return undefined;
  const span = cdownloadSpan(at, code, message);
  const reason = curlReason(code, message);
  return {
    kind: code === 23 ? 'file-not-found' : 'network',
    span,
    at,
    message: t('curl exited with {0}: {1}', code, reason),
  };
}

/** Of several downloads, the first one whose host the message names. */
function downloadOf(commands: readonly CommandAt[], message: string): CommandAt | undefined {
  const named = commands.filter((at) =>
    urlsOf(at).some((word) => {
      const host = hostOf(word.text);
      return host !== '' && mentions(message, host);
    }),
  );
  return named[0];
}

function cdownloadSpan(
  at: CommandAt,
  code: number,
  message: string,
): { start: number; end: number } {
  const { args } = at.command;
  if (code === 23 || /Failed to open the file/.test(message)) {
    const output = args[args.findIndex(({ text }) => /^(?:--output|-[a-zA-Z]*o)$/.test(text)) + 1];
    if (output && args.indexOf(output) > 0) return wordSpan(output);
  }
  return downloadSpan(at);
}

/** What wget of GNU and of busybox prints. */
const wgetMessages: readonly RegExp[] = [
  /^wget: (?:unable to resolve host address|bad address) ['‘](.+?)['’]/,
  /^wget: (?:can't connect to remote host|server returned error|download timed out|error getting response|note: TLS|short read|can't execute)(.*)/,
  /^Connecting to .*\bfailed: (.*)\.$/,
  /^failed: (.*)\.$/,
  /\bERROR (\d{3}(?:: .*)?)\.$/,
  /^wget: (.*)$/,
  /^Unable to establish SSL connection\.$/,
  /^ERROR: (?:cannot verify|The certificate of|no certificate subject)(.*)/,
  /^(\S+): (?:No such file or directory|Permission denied)$/,
];

/** Messages of wget. */
export const wgetTrouble: LineReader = (run, line) => {
  if (!wgetMessages.some((pattern) => pattern.test(line))) return undefined;
  const commands = fatalNamed(run, ['wget']);
  const file = /^(\S+): (?:No such file or directory|Permission denied)$/.exec(line)?.[1];
  if (file !== undefined) {
    const found = wordIn(run, commands, file);
    return (
      found && {
        kind: 'file-not-found',
        span: wordSpan(found.word),
        at: found.at,
        message: t('wget cannot write `{0}`', file),
      }
    );
  }
  const option = /^wget: (?:unrecognized option|invalid option --|unknown option) '?([^']+)'?/.exec(
    line,
  )?.[1];
  const unknown = option === undefined ? undefined : wordIn(run, commands, option);
  if (unknown)
    return {
      kind: 'program',
      span: wordSpan(unknown.word),
      at: unknown.at,
      message: t('`{0}` does not accept option `{1}`', 'wget', option ?? ''),
    };
  const at =
    commands.length === 1
      ? commands[0]
      : commands.find((one) =>
          urlsOf(one).some(({ text }) => mentions(run.lines.join('\n'), hostOf(text))),
        );
  if (at === undefined) return undefined;
  return {
    kind: 'network',
    span: downloadSpan(at),
    at,
    message: t('wget failed: {0}', wgetReason(run.exitCode, line)),
  };
};

interface GitMessage {
  readonly pattern: RegExp;
  readonly kind: CauseKind;
  readonly explain: (name: string) => string;
}

const gitMessages: readonly GitMessage[] = [
  {
    pattern: /^fatal: unable to access '([^']+?)\/?': (.*)/,
    kind: 'network',
    explain: (name) => t('git cannot reach `{0}`', name),
  },
  {
    pattern: /^fatal: repository '([^']+?)\/?' (?:not found|does not exist)/,
    kind: 'network',
    explain: (name) => t('Repository `{0}` does not exist or is private', name),
  },
  {
    pattern: /^fatal: Remote branch (\S+) not found/,
    kind: 'program',
    explain: (name) => t('Branch or tag `{0}` does not exist in the repository', name),
  },
  {
    pattern: /^error: pathspec '([^']+)' did not match/,
    kind: 'program',
    explain: (name) => t('`{0}` does not exist in the repository', name),
  },
  {
    pattern:
      /^fatal: (?:ambiguous argument|bad revision|invalid reference:?|couldn't find remote ref) '?([^':]+)'?/,
    kind: 'program',
    explain: (name) => t('`{0}` does not exist in the repository', name),
  },
  {
    pattern: /^fatal: destination path '([^']+)' already exists/,
    kind: 'file-exists',
    explain: (name) => t('Directory `{0}` exists and is not empty', name),
  },
  {
    pattern: /^fatal: could not create (?:leading directories of|work tree dir) '([^']+)'/,
    kind: 'permission',
    explain: (name) => t('git cannot create `{0}`', name),
  },
  {
    pattern: /^fatal: could not read (?:Username|Password) for '([^']+)'/,
    kind: 'network',
    explain: (name) => t('`{0}` requires a login, or the repository does not exist', name),
  },
];

/** Messages of git about its arguments. */
export const gitTrouble: LineReader = (run, line) => {
  const commands = fatalNamed(run, ['git']);
  if (commands.length === 0) return undefined;
  for (const { pattern, kind, explain } of gitMessages) {
    const name = pattern.exec(line)?.[1];
    if (name === undefined) continue;
    const found =
      wordIn(run, commands, name) ?? wordIn(run, commands, `${name}/`) ?? wordWith(commands, name);
    if (found) return { kind, span: wordSpan(found.word), at: found.at, message: explain(name) };
  }
  if (
    !/^(?:fatal|error): |Permission denied \(publickey|Host key verification failed|Could not resolve hostname/.test(
      line,
    )
  )
    return undefined;
  return ofGitCommand(commands, line);
};

/** `https://github.com` in a message is a part of the address. */
function wordWith(
  commands: readonly CommandAt[],
  part: string,
): { at: CommandAt; word: ShellWord } | undefined {
  for (const at of commands) {
    const word = at.command.args.find(({ text }) => text.startsWith(part) && part.includes('://'));
    if (word) return { at, word };
  }
  return undefined;
}

function ofGitCommand(commands: readonly CommandAt[], line: string): RunCause | undefined {
  const [at] = commands;
  if (at === undefined || commands.length > 1) return undefined;
  const args = at.command.args;
  const word =
    quotedTexts(line)
      .map((text) => args.find((one) => one.text === text))
      .find(Boolean) ?? mentionedWord(args, line);
  const isRemote =
    /publickey|Host key|resolve host|Connection|early EOF|RPC failed|Could not read from remote/.test(
      line,
    );
  const url = isRemote ? args.find(({ text }) => /:\/\/|^[\w.-]+@[\w.-]+:/.test(text)) : undefined;
  const place = word ?? url;
  return {
    kind: isRemote ? 'network' : 'program',
    span: place ? wordSpan(place) : at.command.span,
    at,
    message: t('git failed: {0}', line.replace(/^(?:fatal|error): /, '').replace(/\.$/, '')),
  };
}

/** The command of a failure without output, by its exit code. */
export function silentDownload(run: FailedRun, at: CommandAt): RunCause | undefined {
  const { exitCode } = run;
  const name = nameOf(at.command);
  if (exitCode === undefined) return undefined;
  if (name === 'curl') return ofCurl([at], { code: exitCode, message: '' });
  if (name !== 'wget') return undefined;
  return {
    kind: 'network',
    span: downloadSpan(at),
    at,
    message: t('wget failed: {0}', wgetReason(exitCode, '')),
  };
}
