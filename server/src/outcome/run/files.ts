/** Files that commands of a script cannot read, write or create: the messages of the system, after a program's name. */
import type { CommandAt } from '../../model/model.ts';
import { nameOf } from '../../shell/commands.ts';
import type { Redirect, ShellWord } from '../../shell/script.ts';
import { partOfWord } from '../../programs/program.ts';
import { insert, replace, type Edit } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import type { Cause, CauseFix, CauseKind } from '../cause.ts';
import { closestMatch } from '../../text/closest-match.ts';
import { isIgnoredBy } from '../ignored.ts';
import { textOf, wordIn, wordSpan, type FailedRun } from './context.ts';
import { permission } from './permission.ts';
import {
  mentionedWord,
  quotedTexts,
  shellMessage,
  type LineReader,
  type RunCause,
} from './reader.ts';

interface Reason {
  readonly pattern: RegExp;
  readonly kind: CauseKind;
}

/** Messages of the C library, in glibc and musl, and those of shells. */
const reasons: readonly Reason[] = [
  {
    pattern: /no space left on device|disk quota exceeded|\/dev\/full: i\/o error/i,
    kind: 'disk-full',
  },
  {
    pattern: /permission denied|operation not permitted|read-only file system/i,
    kind: 'permission',
  },
  { pattern: /file exists/i, kind: 'file-exists' },
  {
    pattern:
      /no such file|directory nonexistent|nonexistent directory|does not exist|can't cd to|can't open|cannot open|cannot find or open|cannot find zipfile directory|not a directory|is a directory|directory not empty/i,
    kind: 'file-not-found',
  },
  {
    pattern:
      /(?:invalid|unknown|nonexistent) (?:user|group)|no such user|unknown id|user '[^']*' does not exist/i,
    kind: 'user',
  },
  {
    pattern:
      /not in gzip format|not a (?:bzip2|xz) file|unexpected end of file|invalid (?:tar )?(?:magic|header)|does not look like a tar archive|corrupted|end-of-central-directory/i,
    kind: 'archive',
  },
];

function reasonOf(message: string): CauseKind | undefined {
  return reasons.find(({ pattern }) => pattern.test(message))?.kind;
}

/** `cp: cannot stat 'a': No such file or directory`, `/bin/sh: 1: cannot create /a: Permission denied`. */
export const fileTrouble: LineReader = (run, line) => {
  const kind = reasonOf(line);
  if (kind === undefined) return undefined;
  const message = shellMessage(line);
  if (message) {
    const builtin = /^(cd|\.|source|pushd|exec|umask): (?:line \d+: )?(.*)$/.exec(message.text);
    if (builtin?.[1] !== undefined) return ofProgram(run, builtin[1], builtin[2] ?? '', kind);
    return ofRedirection(run, message.text, kind);
  }
  // The text of another command can be between the shell's name and its message.
  if (/^can't cd to /.test(line)) return ofProgram(run, 'cd', line, kind);
  if (/^(?:cannot (?:create|open)|can't (?:create|open)) \S+: /.test(line))
    return ofRedirection(run, line, kind);
  const [, program, text = ''] =
    /^(?:\/?(?:[\w.+-]+\/)*)?([\w.+-]+)(?: \([a-z]+\))?: +(.*)$/.exec(line) ?? [];
  const found = program === undefined ? undefined : ofProgram(run, program, text, kind);
  return (
    found ??
    (/^(?:cannot|can't|failed to|error) /.test(line) ? ofAnyProgram(run, line, kind) : undefined)
  );
};

/** A message without its beginning, if only one command has the word in quotes. */
function ofAnyProgram(run: FailedRun, message: string, kind: CauseKind): RunCause | undefined {
  const found = run.fatal.flatMap((at) => {
    const word = quotedTexts(message).length > 0 ? wordFor(run, at, message) : undefined;
    return word ? [{ at, word }] : [];
  });
  const [first] = found;
  return first && found.length === 1 ? causeAt(run, { ...first, kind, message }) : undefined;
}

function ofProgram(
  run: FailedRun,
  program: string,
  message: string,
  kind: CauseKind,
): RunCause | undefined {
  const commands = run.fatal.filter(({ command }) => {
    const name = nameOf(command);
    return (
      name === program ||
      ((name === '.' || name === 'source') && (program === '.' || program === 'source'))
    );
  });
  // The first of equal commands fails; but what exists, exists because of an earlier one.
  for (const at of kind === 'file-exists' ? [...commands].reverse() : commands) {
    const word = wordFor(run, at, message);
    if (word) return causeAt(run, { at, word, kind, message });
  }
  return undefined;
}

/** The word of a command that a message is about. */
function wordFor(run: FailedRun, at: CommandAt, message: string): ShellWord | undefined {
  const { args, redirects } = at.command;
  const words = [
    ...args.filter(({ text }) => !/^-[a-zA-Z]*$/.test(text)),
    ...redirects.flatMap(({ target }) => target ?? []),
  ];
  const literal = mentionedWord(words, message);
  if (literal) return literal;
  const texts = [
    ...quotedTexts(message),
    ...(/^(?:cannot (?:open|create|read) |can't (?:open|create|read|cd to) |cannot find or open )?([^\s:,]+)(?:[:,]| |$)/
      .exec(message)
      ?.slice(1) ?? []),
  ];
  for (const text of texts) {
    const found = wordIn(run, [at], text);
    if (found) return found.word;
    // `of=/tmp/a`, `--output=/tmp/a`
    const assigned = words.find((word) => word.text.endsWith(`=${text}`));
    if (assigned) return partOfWord(assigned, assigned.text.length - text.length);
    // A directory above it.
    const below =
      text.length > 1 ? words.find((word) => word.text.startsWith(`${text}/`)) : undefined;
    if (below) return below;
  }
  return undefined;
}

/** The shell itself opens the files of redirections. */
function ofRedirection(run: FailedRun, message: string, kind: CauseKind): RunCause | undefined {
  const [, file] =
    /^(?:cannot (?:create|open) |can't (?:create|open) '?)?(.+?)'?: /.exec(message) ?? [];
  if (file === undefined) return undefined;
  for (const at of run.fatal) {
    const redirects = [...at.command.redirects, ...blockRedirects(at)];
    const target = redirects
      .map((one) => one.target)
      .find(
        (word) =>
          word !== undefined && (word.text === file || wordIn(run, [withArgs(at, word)], file)),
      );
    if (target) return causeAt(run, { at, word: target, kind, message });
  }
  return undefined;
}

function withArgs(at: CommandAt, word: ShellWord): CommandAt {
  return { ...at, command: { ...at.command, args: [word], redirects: [] } };
}

function blockRedirects({ ancestors }: CommandAt): readonly Redirect[] {
  return ancestors.flatMap((one) => (one.kind === 'block' ? one.redirects : []));
}

interface Trouble {
  readonly at: CommandAt;
  readonly word: ShellWord;
  readonly kind: CauseKind;
  readonly message: string;
}

function causeAt(run: FailedRun, trouble: Trouble): RunCause {
  const { at, word, kind } = trouble;
  const span = wordSpan(word);
  const name = textOf(run, word);
  const base = { kind, span, at };
  switch (kind) {
    case 'permission':
      return { ...base, ...permission(run, name) };
    case 'disk-full':
      return { ...base, message: t('No space left on the device of `{0}`', name) };
    case 'file-exists':
      return {
        ...base,
        message: t('`{0}` already exists', name),
        fixes: optionFixes(run, at, kind),
      };
    case 'user':
      return { ...base, message: t('User or group `{0}` does not exist in the image', name) };
    case 'archive':
      return {
        ...base,
        message: t('`{0}` is not an archive of this format, or it is incomplete', name),
      };
    default:
      return { ...base, ...missing(run, trouble) };
  }
}

function missing(
  run: FailedRun,
  { at, word, message }: Trouble,
): Pick<Cause, 'message' | 'related' | 'fixes'> {
  const name = textOf(run, word);
  const fixes = optionFixes(run, at, 'file-not-found');
  if (/cannot create|can't create/.test(message))
    return { message: t('`{0}` cannot be created: its directory does not exist', name), fixes };
  if (/zipfile directory|End-of-central/.test(message))
    return { message: t('`{0}` is not an archive of this format, or it is incomplete', name) };
  if (/not a directory/i.test(message))
    return { message: t('A part of the path `{0}` is a file', name) };
  if (/is a directory/i.test(message)) return { message: t('`{0}` is a directory', name) };
  if (/directory not empty/i.test(message))
    return { message: t('Directory `{0}` is not empty', name) };
  const secret = /^\/run\/secrets\/([^/]+)$/.exec(name)?.[1];
  if (secret !== undefined)
    return { message: t('Secret `{0}` was not given to the build', secret) };
  const ignored = isIgnoredBy(run.build, name);
  if (ignored)
    return {
      message: t(
        '`{0}` does not exist here: an ignore file keeps it out of the build context',
        name,
      ),
      related: [ignored],
    };
  const similar = similarFile(run, name);
  if (similar === undefined || word.raw !== word.text)
    return { message: t('`{0}` does not exist at this step', name), fixes };
  return {
    message: t('`{0}` does not exist at this step; did you mean `{1}`?', name, similar),
    fixes: [
      {
        title: t('Replace with `{0}`', similar),
        edits: [replace(word.span, similar)],
        preferred: false,
      },
      ...fixes,
    ],
  };
}

/** A file of the build context with a similar name, which is probably in the working directory. */
function similarFile({ build }: FailedRun, name: string): string | undefined {
  const names = build.contextNames ?? [];
  return name.startsWith('/') || names.includes(name) ? undefined : closestMatch(name, names);
}

/** An option with which the command succeeds. */
function optionFixes(
  { instruction }: FailedRun,
  { command }: CommandAt,
  kind: CauseKind,
): readonly CauseFix[] {
  const name = nameOf(command);
  const option = optionFor(name, kind);
  const hasOption = command.args.some(
    ({ text }) => option !== undefined && new RegExp(`^-[a-zA-Z]*${option.slice(1)}`).test(text),
  );
  if (
    option === undefined ||
    hasOption ||
    command.name === undefined ||
    instruction.command?.form !== 'shell'
  )
    return [];
  const edits: readonly Edit[] = [insert(command.name.span.end, ` ${option}`)];
  return [{ title: t('Add `{0}`', option), edits, preferred: name === 'mkdir' }];
}

function optionFor(name: string | undefined, kind: CauseKind): string | undefined {
  if (name === 'mkdir') return '-p';
  if (kind === 'file-exists') return name === 'ln' ? '-f' : undefined;
  return name === 'rm' ? '-f' : undefined;
}
