/** Simple commands, and functions, which begin in the same way. */
import { CommandNode } from '../command-node.ts';
import type { Block, Command, Redirect, ShellWord, Statement } from '../script.ts';
import {
  CLOSE_PAREN,
  OPEN_PAREN,
  SPACE,
  breaks,
  kindsOf,
  letter,
  redirects as redirecting,
} from './characters.ts';
import { assignment } from './assignments.ts';
import { newlines } from './heredocs.ts';
import { none, type Reader } from './reader.ts';
import { operatorAt, redirect } from './redirects.ts';
import { beginsWord, word } from './words.ts';

/** Commands whose arguments are assignments, like those before a command. */
const declaring: ReadonlySet<string> = new Set([
  ...['alias', 'declare', 'export', 'local', 'readonly', 'typeset', 'eval', 'let'],
]);

/** The command at the current position, which begins with this character. */
export function simpleCommand(reader: Reader, first: number): Command | Block | undefined {
  const start = reader.at;
  const mayHavePrefix = (kindsOf(first) & (letter | redirecting)) !== 0;
  const head = mayHavePrefix ? prefix(reader, first) : undefined;
  let code = head === undefined ? first : reader.next();
  if (!beginsWord(reader, code)) {
    if (head === undefined) return undefined;
    const { assignments, redirects } = head;
    const span = reader.source.span(start, reader.last);
    return new CommandNode(span, undefined, none, assignments, redirects);
  }
  const nameStart = reader.at;
  const name = word(reader);
  code = reader.next();
  if (code === OPEN_PAREN && isFunction(reader)) return functionBody(reader, nameStart, name.raw);
  const rest = { args: none, redirects: head?.redirects ?? none };
  if (code >= 0) suffix(reader, code, { rest, declares: declaring.has(name.text) });
  const span = reader.source.span(start, reader.last);
  return new CommandNode(span, name, rest.args, head?.assignments, rest.redirects);
}

interface Rest {
  args: readonly ShellWord[];
  redirects: readonly Redirect[];
}

/** Arguments and redirects after the name, in any order. */
function suffix(
  reader: Reader,
  first: number,
  { rest, declares }: { readonly rest: Rest; readonly declares: boolean },
): void {
  let args: ShellWord[] | undefined;
  for (let code = first; code >= 0; code = reader.next()) {
    const kinds = kindsOf(code);
    const operator = (kinds & redirecting) === 0 ? -1 : operatorAt(reader, code);
    if (operator >= 0) rest.redirects = added(rest.redirects, redirect(reader, operator));
    else if ((kinds & breaks) !== 0 && !beginsWord(reader, code)) break;
    else {
      const argument = (declares ? assignment(reader) : undefined) ?? word(reader);
      if (args === undefined) rest.args = args = [argument];
      else args.push(argument);
    }
  }
}

interface Head {
  assignments: readonly ShellWord[];
  redirects: readonly Redirect[];
}

/** Assignments and redirects before the name, in any order. */
function prefix(reader: Reader, first: number): Head | undefined {
  let head: Head | undefined;
  for (let code = first; code >= 0; code = reader.next()) {
    const operator = operatorAt(reader, code);
    const assigned = operator < 0 ? assignment(reader) : undefined;
    if (operator < 0 && assigned === undefined) return head;
    head ??= { assignments: none, redirects: none };
    if (assigned) head.assignments = added(head.assignments, assigned);
    else head.redirects = added(head.redirects, redirect(reader, operator));
  }
  return head;
}

/** Creates the list with its first item, because most commands have none. */
function added<T>(list: readonly T[], item: T): T[] {
  if (list === none) return [item];
  const made = list as T[];
  made.push(item);
  return made;
}

/** Skips `()` at the current position; returns whether it is there. */
function isFunction(reader: Reader): boolean {
  let at = reader.joined(reader.at + 1);
  while (reader.code(at) === SPACE) at++;
  if (reader.code(at) !== CLOSE_PAREN) return false;
  reader.at = at + 1;
  return true;
}

/** The body of a function, whose `()` has been read. */
export function functionBody(reader: Reader, start: number, name: string): Block {
  newlines(reader);
  const { at } = reader;
  let bodies: readonly Statement[] = none;
  if (reader.enter()) {
    const found = reader.grammar.command(reader);
    reader.depth--;
    if (found === undefined || found.kind === 'command') reader.error(at);
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
