/** What a step of a script means to the steps around it: whether they may be taken apart or put together. */
import type { Document } from '../../model/document.ts';
import { nameOf } from '../../shell/commands.ts';
import type { Chain, Command, Script, ShellWord, Statement } from '../../shell/script.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';
import { slice, type Span } from '../../text/span.ts';

/** The script of a RUN that a POSIX shell reads without trouble, and that is all on its line: no heredocs, no comment. */
export function plainScript(document: Document, run: Instruction): Script | undefined {
  const { model, text } = document;
  if (run.kind !== 'RUN' || run.command?.form !== 'shell' || run.heredocs.length > 0)
    return undefined;
  const script = model.script(run);
  if (script === undefined || !isPosix(script) || script.errors.length > 0) return undefined;
  const [first] = script.statements;
  const last = script.statements.at(-1);
  if (!first || !last || text.slice(run.span.start, run.span.end).includes('\r')) return undefined;
  const { span } = run.command;
  if (isBlank(text.slice(last.span.end, span.end), document)) return script;
  return undefined;
}

export function isPosix({ dialect }: Script): boolean {
  return dialect === 'sh' || dialect === 'bash';
}

/** Nothing but blanks, continuations, and comments in lines of their own. */
function isBlank(text: string, { tree }: Document): boolean {
  return text
    .split('\n')
    .every(
      (line, i) =>
        /^\s*$/.test(line) || line.trim() === tree.escape || (i > 0 && /^\s*#/.test(line)),
    );
}

/** The steps of a RUN that go on only while all succeed: `a && b && c`. */
export function andChain(document: Document, run: Run): Chain | undefined {
  const script = plainScript(document, run);
  const [only, second] = script?.statements ?? [];
  if (only?.kind !== 'chain' || second !== undefined || script?.separators.length !== 0)
    return undefined;
  return only.operators.every(({ text }) => text === '&&') ? only : undefined;
}

/** Where the script of a RUN begins: behind the keyword and the flags. */
export function prefixOf({ text }: Document, run: Run, first: Statement): string {
  return text.slice(run.span.start, first.span.start);
}

/** Where what is written of a step ends: a continuation right behind a word counts as a part of it for a shell. */
export function endOf({ text }: Document, { span }: Statement): number {
  return span.start + slice(text, span).replace(/(?:[\\`][ \t]*\n)+$/, '').length;
}

/** `set -eux` alone: its letters; undefined for what is no such thing. */
export function setOptions(statement: Statement | undefined): string | undefined {
  if (statement?.kind !== 'command' || nameOf(statement) !== 'set') return undefined;
  const { args, redirects, assignments } = statement;
  if (redirects.length > 0 || assignments.length > 0 || args.length === 0) return undefined;
  const words = args.map(({ text }) => text);
  const options = words.filter((_, i) => !/^-[a-zA-Z]*o$/.test(words[i - 1] ?? ''));
  if (!options.every((word) => /^-[a-zA-Z]+$/.test(word))) return undefined;
  return words.join(' ');
}

/** Whether options of `set` end a script at the first failure. */
export function endsAtFailure(options: string | undefined): boolean {
  return (
    options !== undefined && (/(?:^| )-[a-zA-Z]*e/.test(options) || /\berrexit\b/.test(options))
  );
}

const unlike: ReadonlySet<string> = new Set(['.', 'source', 'eval', 'trap', 'return']);

/**
 * Whether a step fails in the same way under `set -e` as in a chain of `&&`, where `-e` is not in force. Loops, and what
 * has several steps, would now end at the first; a shell does not end when what failed stood before `&&` in a group
 * (bash, "The Set Builtin").
 */
export function failsAlike(statement: Statement, inGroup = false): boolean {
  switch (statement.kind) {
    case 'command':
      return commandFailsAlike(statement);
    case 'pipeline':
      return !statement.negated && statement.parts.every((part) => failsAlike(part, true));
    case 'chain':
      return !inGroup && statement.parts.every((part) => failsAlike(part, true));
    case 'block': {
      const { opener, bodies, words, redirects } = statement;
      if (!words.every(wordFailsAlike) || redirects.some(({ body }) => body)) return false;
      if (opener === 'test') return true;
      if (opener === 'if')
        return bodies.length === 2 && bodies.every((one) => failsAlike(one, true));
      if (opener !== 'subshell' && opener !== 'group') return false;
      return bodies.length === 1 && bodies.every((one) => failsAlike(one, opener === 'group'));
    }
  }
}

function commandFailsAlike(command: Command): boolean {
  const { args, assignments, redirects, name } = command;
  const called = nameOf(command) ?? '';
  if (unlike.has(called)) return false;
  if (called === 'set' && setOptions(command) === undefined) return false;
  if (redirects.some(({ body }) => body !== undefined)) return false;
  const targets = redirects.flatMap(({ target }) => target ?? []);
  return [...args, ...assignments, ...targets, ...(name ? [name] : [])].every(wordFailsAlike);
}

function wordFailsAlike({ scripts }: ShellWord): boolean {
  return scripts.length < 2 && scripts.every((one) => failsAlike(one, true));
}

const keepers: ReadonlySet<string> = new Set(
  'cd pushd popd export declare typeset local readonly set unset alias unalias umask ulimit shopt trap exec exit return source . eval read mapfile readarray let getopts enable builtin command-not-found wait fg bg jobs'.split(' '),
); // prettier-ignore

/**
 * Whether nothing of a step is left in the shell that ran it: no folder, no variable, no option. What it leaves in files
 * is the next step's, in whatever shell.
 */
export function leavesNothing(text: string, statement: Statement): boolean {
  if (/\$\{\w+:?=|\$\(\(|\$!|\$_/.test(slice(text, statement.span))) return false;
  return shellStays(statement);
}

function shellStays(statement: Statement): boolean {
  switch (statement.kind) {
    case 'command': {
      const called = nameOf(statement);
      if (called === 'printf') return !statement.args.some((word) => word.text === '-v');
      return called === undefined ? statement.assignments.length === 0 : !keepers.has(called);
    }
    case 'pipeline':
      return statement.parts.length > 1 || statement.parts.every(shellStays);
    case 'chain':
      return statement.parts.every(shellStays);
    case 'block':
      if (statement.opener === 'subshell') return true;
      if (/^(?:for|select|function|while|until)$/.test(statement.opener)) return false;
      return statement.bodies.every(shellStays);
  }
}

const daemons =
  /\bservice\s|\bsystemctl\b|init\.d\/|\bnohup\b|\bsetsid\b|\bdisown\b|daemon|\bstart\b|[^&>]&(?![&>0-9])|\b(?:mysqld|postgres|dockerd|Xvfb|redis-server|mongod)\b/i;

/** Whether a step may leave a process behind that the next ones speak with; it ends with its RUN. */
export function mayLeaveProcess(text: string, span: Span): boolean {
  return daemons.test(slice(text, span));
}
