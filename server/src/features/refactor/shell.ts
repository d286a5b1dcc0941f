/** Determines whether the steps of a script can be split or joined. */
import type { Document } from '../../model/document.ts';
import { nameOf } from '../../shell/commands.ts';
import type { Chain, Command, Script, ShellWord, Statement } from '../../shell/script.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';
import { slice, type Span } from '../../text/span.ts';

/** The script of a RUN if it is a valid POSIX shell script without heredocs and without a comment at the end. */
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
  if (isInsignificant(text.slice(last.span.end, span.end), document)) return script;
  return undefined;
}

export function isPosix({ dialect }: Script): boolean {
  return dialect === 'sh' || dialect === 'bash';
}

/** Only whitespace, escape characters, and comments on their own lines. */
function isInsignificant(text: string, { tree }: Document): boolean {
  return text
    .split('\n')
    .every(
      (line, i) =>
        /^\s*$/.test(line) || line.trim() === tree.escape || (i > 0 && /^\s*#/.test(line)),
    );
}

/** The steps of a RUN that stop at the first failure: `a && b && c`. */
export function andChain(document: Document, run: Run): Chain | undefined {
  const script = plainScript(document, run);
  const [only, second] = script?.statements ?? [];
  if (only?.kind !== 'chain' || second !== undefined || script?.separators.length !== 0)
    return undefined;
  return only.operators.every(({ text }) => text === '&&') ? only : undefined;
}

/** The text before the script of a RUN: the keyword and the flags. */
export function prefixOf({ text }: Document, run: Run, first: Statement): string {
  return text.slice(run.span.start, first.span.start);
}

/** The end of a step, without line continuations, which the shell parser includes in the last word. */
export function endOf({ text }: Document, { span }: Statement): number {
  // From the end, because a pattern would be tried at each line.
  let { end } = span;
  while (end > span.start && text[end - 1] === '\n') {
    let mark = end - 1;
    while (mark > span.start && isBlank(text[mark - 1])) mark--;
    if (mark === span.start || !isMark(text[mark - 1])) break;
    end = mark - 1;
  }
  return end;
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

function isMark(character: string | undefined): boolean {
  return character === '\\' || character === '`';
}

/** The options of a plain `set` command such as `set -eux`; undefined for other commands. */
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

const contextDependent: ReadonlySet<string> = new Set(['.', 'source', 'eval', 'trap', 'return']);

/**
 * Whether a step fails in the same way under `set -e` as in a chain of `&&`, in which `-e` has no effect. Loops and
 * groups with several steps would end at their first failure; a shell does not exit if a command before `&&` fails in
 * a group (bash, "The Set Builtin").
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
  const commandName = nameOf(command) ?? '';
  if (contextDependent.has(commandName)) return false;
  if (commandName === 'set' && setOptions(command) === undefined) return false;
  if (redirects.some(({ body }) => body !== undefined)) return false;
  const targets = redirects.flatMap(({ target }) => target ?? []);
  return [...args, ...assignments, ...targets, ...(name ? [name] : [])].every(wordFailsAlike);
}

function wordFailsAlike({ scripts }: ShellWord): boolean {
  return scripts.length < 2 && scripts.every((one) => failsAlike(one, true));
}

const statefulCommands: ReadonlySet<string> = new Set(
  'cd pushd popd export declare typeset local readonly set unset alias unalias umask ulimit shopt trap exec exit return source . eval read mapfile readarray let getopts enable builtin command-not-found wait fg bg jobs'.split(' '),
); // prettier-ignore

/**
 * Whether a step leaves no state in its shell: working directory, variables, options. Changes to files do not matter.
 */
export function leavesNoState(text: string, statement: Statement): boolean {
  if (/\$\{\w+:?=|\$\(\(|\$!|\$_/.test(slice(text, statement.span))) return false;
  return keepsShellState(statement);
}

function keepsShellState(statement: Statement): boolean {
  switch (statement.kind) {
    case 'command': {
      const commandName = nameOf(statement);
      if (commandName === 'printf') return !statement.args.some((word) => word.text === '-v');
      return commandName === undefined
        ? statement.assignments.length === 0
        : !statefulCommands.has(commandName);
    }
    case 'pipeline':
      return statement.parts.length > 1 || statement.parts.every(keepsShellState);
    case 'chain':
      return statement.parts.every(keepsShellState);
    case 'block':
      if (statement.opener === 'subshell') return true;
      if (/^(?:for|select|function|while|until)$/.test(statement.opener)) return false;
      return statement.bodies.every(keepsShellState);
  }
}

const daemons =
  /\bservice\s|\bsystemctl\b|init\.d\/|\bnohup\b|\bsetsid\b|\bdisown\b|daemon|\bstart\b|[^&>]&(?![&>0-9])|\b(?:mysqld|postgres|dockerd|Xvfb|redis-server|mongod)\b/i;

/** Whether a step may start a background process that later steps use; it ends with its RUN. */
export function mayLeaveProcess(text: string, span: Span): boolean {
  return daemons.test(slice(text, span));
}
