/** Simple commands, and functions, which begin in the same way. */
import { CommandNode } from '../node.ts';
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
import { none, type Reading } from './reading.ts';
import { operatorAt, redirect } from './redirects.ts';
import { beginsWord, word } from './words.ts';

/** Commands whose arguments are assignments, like those before a command. */
const declaring: ReadonlySet<string> = new Set([
  ...['alias', 'declare', 'export', 'local', 'readonly', 'typeset', 'eval', 'let'],
]);

/** The command at the current position, which begins with this character. */
export function simpleCommand(reading: Reading, first: number): Command | Block | undefined {
  const start = reading.at;
  const mayHavePrefix = (kindsOf(first) & (letter | redirecting)) !== 0;
  const head = mayHavePrefix ? prefix(reading, first) : undefined;
  let code = head === undefined ? first : reading.next();
  if (!beginsWord(reading, code)) {
    if (head === undefined) return undefined;
    const { assignments, redirects } = head;
    const span = reading.source.span(start, reading.last);
    return new CommandNode(span, undefined, none, assignments, redirects);
  }
  const nameStart = reading.at;
  const name = word(reading);
  code = reading.next();
  if (code === OPEN_PAREN && isFunction(reading)) return functionBody(reading, nameStart, name.raw);
  const rest = { args: none, redirects: head?.redirects ?? none };
  if (code >= 0) suffix(reading, code, { rest, declares: declaring.has(name.text) });
  const span = reading.source.span(start, reading.last);
  return new CommandNode(span, name, rest.args, head?.assignments, rest.redirects);
}

interface Rest {
  args: readonly ShellWord[];
  redirects: readonly Redirect[];
}

/** Arguments and redirects after the name, in any order. */
function suffix(
  reading: Reading,
  first: number,
  { rest, declares }: { readonly rest: Rest; readonly declares: boolean },
): void {
  let args: ShellWord[] | undefined;
  for (let code = first; code >= 0; code = reading.next()) {
    const kinds = kindsOf(code);
    const operator = (kinds & redirecting) === 0 ? -1 : operatorAt(reading, code);
    if (operator >= 0) rest.redirects = added(rest.redirects, redirect(reading, operator));
    else if ((kinds & breaks) !== 0 && !beginsWord(reading, code)) break;
    else {
      const argument = (declares ? assignment(reading) : undefined) ?? word(reading);
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
function prefix(reading: Reading, first: number): Head | undefined {
  let head: Head | undefined;
  for (let code = first; code >= 0; code = reading.next()) {
    const operator = operatorAt(reading, code);
    const assigned = operator < 0 ? assignment(reading) : undefined;
    if (operator < 0 && assigned === undefined) return head;
    head ??= { assignments: none, redirects: none };
    if (assigned) head.assignments = added(head.assignments, assigned);
    else head.redirects = added(head.redirects, redirect(reading, operator));
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
function isFunction(reading: Reading): boolean {
  let at = reading.joined(reading.at + 1);
  while (reading.code(at) === SPACE) at++;
  if (reading.code(at) !== CLOSE_PAREN) return false;
  reading.at = at + 1;
  return true;
}

/** The body of a function, whose `()` has been read. */
export function functionBody(reading: Reading, start: number, name: string): Block {
  newlines(reading);
  const { at } = reading;
  let bodies: readonly Statement[] = none;
  if (reading.enter()) {
    const found = reading.grammar.command(reading);
    reading.depth--;
    if (found === undefined || found.kind === 'command') reading.error(at);
    bodies = found === undefined ? none : bodiesOf(found);
  }
  return {
    kind: 'block',
    opener: 'function',
    span: reading.source.span(start, reading.last),
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
