/** Simple commands, and functions, which begin in the same way. */
import { appended } from '../../text/exact-array.ts';
import { CommandNode } from '../command-node.ts';
import type { Block, Command, Redirect, ShellWord, Statement } from '../script.ts';
import {
  CLOSE_PAREN,
  OPEN_PAREN,
  SPACE,
  wordBreak,
  kindsOf,
  mayContinueWord,
  redirectStart,
} from './characters.ts';
import { readAssignment } from './assignments.ts';
import { skipNewlines } from './heredocs.ts';
import { none, type Reader } from './reader.ts';
import { operatorAt, readRedirect } from './redirects.ts';
import { beginsWord, readWord } from './words.ts';

/** Commands whose arguments are assignments, like those before a command. */
const declarationCommands: ReadonlySet<string> = new Set([
  ...['alias', 'declare', 'export', 'local', 'readonly', 'typeset', 'eval', 'let'],
]);

/** The command at the current position, which begins with this character, and maybe with assignments or redirects. */
export function readSimpleCommand(
  reader: Reader,
  first: number,
  mayHavePrefix: boolean,
): Command | Block | undefined {
  const { source, at: start, substitutions } = reader;
  const head = mayHavePrefix ? readPrefix(reader, first) : undefined;
  let code = head === undefined ? first : reader.next();
  if (code < 0 || ((kindsOf(code) & wordBreak) !== 0 && !beginsWord(reader, code))) {
    if (head === undefined) return undefined;
    const { assignments, redirects } = head;
    const span = source.span(start, reader.last);
    const hasScripts = redirects.length > 0 || reader.substitutions > substitutions;
    return new CommandNode(span, undefined, none, assignments, redirects, hasScripts);
  }
  const nameStart = reader.at;
  const name = readWord(reader);
  code = reader.next();
  if (code === OPEN_PAREN && skipParentheses(reader))
    return readFunctionBody(reader, nameStart, name.raw);
  const declares = declarationCommands.has(name.text);
  let args: readonly ShellWord[] = none;
  let redirects: readonly Redirect[] = head === undefined ? none : head.redirects;
  // Arguments and redirects after the name, in any order.
  for (; code >= 0; code = reader.next()) {
    const kinds = kindsOf(code);
    const operator = (kinds & redirectStart) !== 0 ? operatorAt(reader, code) : -1;
    if (operator >= 0) {
      redirects = appended(redirects, readRedirect(reader, operator));
      continue;
    }
    const mayEnd = (kinds & wordBreak) !== 0;
    if (mayEnd && ((kinds & mayContinueWord) === 0 || !beginsWord(reader, code))) break;
    args = appended(args, (declares ? readAssignment(reader) : undefined) ?? readWord(reader));
  }
  const span = source.span(start, reader.last);
  const hasScripts = redirects.length > 0 || reader.substitutions > substitutions;
  return new CommandNode(span, name, args, head?.assignments, redirects, hasScripts);
}

interface Head {
  assignments: readonly ShellWord[];
  redirects: readonly Redirect[];
}

/** Assignments and redirects before the name, in any order. */
function readPrefix(reader: Reader, first: number): Head | undefined {
  let head: Head | undefined;
  for (let code = first; code >= 0; code = reader.next()) {
    const operator = operatorAt(reader, code);
    const assignmentWord = operator < 0 ? readAssignment(reader) : undefined;
    if (operator < 0 && assignmentWord === undefined) return head;
    head ??= { assignments: none, redirects: none };
    if (assignmentWord) head.assignments = appended(head.assignments, assignmentWord);
    else head.redirects = appended(head.redirects, readRedirect(reader, operator));
  }
  return head;
}

/** Skips `()` at the current position; returns whether it is there. */
function skipParentheses(reader: Reader): boolean {
  let at = reader.afterContinuations(reader.at + 1);
  while (reader.code(at) === SPACE) at++;
  if (reader.code(at) !== CLOSE_PAREN) return false;
  reader.at = at + 1;
  return true;
}

/** The body of a function, whose `()` has been read. */
export function readFunctionBody(reader: Reader, start: number, name: string): Block {
  skipNewlines(reader);
  const { at } = reader;
  let bodies: readonly Statement[] = none;
  if (reader.enter()) {
    const found = reader.grammar.command(reader);
    reader.depth--;
    if (found === undefined || found.kind === 'command') reader.addError(at);
    bodies = found === undefined ? none : bodiesOf(found);
  }
  return {
    kind: 'block',
    opener: 'function',
    span: reader.source.span(start, reader.last),
    bodies,
    words: none,
    redirects: none,
    name,
    variable: undefined,
  };
}

/** The statements of a command: for a group without redirects, those in the group. */
export function bodiesOf(found: Statement): readonly Statement[] {
  const isGroup = found.kind === 'block' && found.opener === 'group';
  return isGroup && found.redirects.length === 0 ? found.bodies : [found];
}
