/** Compound commands: conditions, loops, cases, groups, functions and tests. */
import type { Block, Redirect, ShellWord, Statement } from '../script.ts';
import {
  AMPERSAND,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  OPEN_PAREN,
  PIPE,
  SEMICOLON,
} from './characters.ts';
import { arithmetic } from './arithmetic.ts';
import { bodiesOf, functionBody, simpleCommand } from './commands.ts';
import { newlines } from './heredocs.ts';
import { accept, keywordAt, opens, take } from './keywords.ts';
import { none, type Reading } from './reading.ts';
import { operatorAt, redirect } from './redirects.ts';
import { test } from './tests.ts';
import { begin, beginsWord, finished, word, wordsTo } from './words.ts';

/** The command at the current position, if there is one. */
export function command(reading: Reading): Statement | undefined {
  const code = reading.next();
  if (code === OPEN_PAREN) return parenthesis(reading);
  const keyword = keywordAt(reading, code);
  if (keyword === '' || keyword === 'time') return simpleCommand(reading, code);
  if (!opens(keyword)) return undefined;
  const start = reading.at;
  take(reading, keyword);
  if (keyword === 'function') return namedFunction(reading, start);
  if (keyword === 'coproc') return coprocess(reading, start);
  return redirected(reading, start, compound(reading, keyword));
}

/** A block without its span and redirects. */
interface Made extends Pick<Block, 'opener' | 'bodies'> {
  readonly words?: readonly ShellWord[];
  readonly variable?: ShellWord | undefined;
}

function compound(reading: Reading, keyword: string): Made {
  switch (keyword) {
    case 'if':
      return { opener: 'if', bodies: conditions(reading) };
    case 'for':
      return loopOver(reading, 'for');
    case 'select':
      return loopOver(reading, 'select');
    case 'while':
    case 'until':
      return { opener: keyword, bodies: loop(reading) };
    case 'case':
      return cases(reading);
    case '{':
      return { opener: 'group', bodies: group(reading) };
    default:
      return tested(reading);
  }
}

/** The block with the redirects after it. */
function redirected(reading: Reading, start: number, made: Made): Block {
  let redirects: Redirect[] | undefined;
  for (;;) {
    const operator = operatorAt(reading, reading.next());
    if (operator < 0) break;
    (redirects ??= []).push(redirect(reading, operator));
  }
  const { opener, bodies, words = none, variable } = made;
  const span = reading.source.span(start, reading.last);
  return {
    kind: 'block',
    opener,
    span,
    bodies,
    words,
    redirects: redirects ?? none,
    name: undefined,
    variable,
  };
}

/** Reads a required keyword; reports an error if it is missing. */
function expect(reading: Reading, keyword: string): boolean {
  const isThere = accept(reading, keyword);
  if (!isThere) reading.error(reading.at);
  return isThere;
}

/** A list that must not be empty. */
function commands(reading: Reading, into: Statement[]): void {
  const found = reading.grammar.list(reading);
  if (found.length === 0) reading.error(reading.at);
  for (const one of found) into.push(one);
}

function conditions(reading: Reading): Statement[] {
  const bodies: Statement[] = [];
  do {
    commands(reading, bodies);
    if (expect(reading, 'then')) commands(reading, bodies);
  } while (accept(reading, 'elif'));
  if (accept(reading, 'else')) commands(reading, bodies);
  expect(reading, 'fi');
  return bodies;
}

function loop(reading: Reading): Statement[] {
  const bodies: Statement[] = [];
  commands(reading, bodies);
  doneLoop(reading, bodies);
  return bodies;
}

function doneLoop(reading: Reading, bodies: Statement[]): void {
  if (expect(reading, 'do')) commands(reading, bodies);
  expect(reading, 'done');
}

function loopOver(reading: Reading, opener: 'for' | 'select'): Made {
  let code = reading.next();
  if (opener === 'for' && code === OPEN_PAREN && reading.code(reading.at + 1) === OPEN_PAREN)
    return counting(reading);
  let variable: ShellWord | undefined;
  if (beginsWord(reading, code)) variable = word(reading);
  else reading.error(reading.at);
  newlines(reading);
  const words: ShellWord[] = [];
  if (accept(reading, 'in')) wordsTo(reading, words);
  code = reading.next();
  if (code === SEMICOLON) reading.at++;
  newlines(reading);
  return { opener, bodies: loopBody(reading), words, variable };
}

/** `do … done`, or `{ … }` as in old scripts. */
function loopBody(reading: Reading): Statement[] {
  if (accept(reading, '{')) return group(reading);
  const bodies: Statement[] = [];
  doneLoop(reading, bodies);
  return bodies;
}

/** `for ((…; …; …))`. Its header is one word, which begins with the loop and ends where the body begins. */
function counting(reading: Reading): Made {
  const start = reading.last - 'for'.length;
  const base = reading.gaps.length;
  begin(reading);
  reading.at += 2;
  if (arithmetic(reading, CLOSE_PAREN) !== 'closed') reading.error(start);
  if (reading.next() === SEMICOLON) reading.at++;
  newlines(reading);
  const isGroup = accept(reading, '{');
  if (!isGroup) expect(reading, 'do');
  newlines(reading);
  const counted = finished(reading, { start, from: reading.at, base });
  const bodies: Statement[] = [];
  commands(reading, bodies);
  expect(reading, isGroup ? '}' : 'done');
  return { opener: 'for', bodies, words: [counted] };
}

function cases(reading: Reading): Made {
  const words: ShellWord[] = [];
  const bodies: Statement[] = [];
  if (beginsWord(reading, reading.next())) words.push(word(reading));
  else reading.error(reading.at);
  newlines(reading);
  expect(reading, 'in');
  for (;;) {
    const code = newlines(reading);
    if (code < 0 || keywordAt(reading, code) === 'esac') break;
    patterns(reading, code, words);
    for (const one of reading.grammar.list(reading)) bodies.push(one);
    if (!endsCase(reading)) break;
  }
  expect(reading, 'esac');
  return { opener: 'case', bodies, words };
}

/** `(a|b)`, where the opening parenthesis is optional. */
function patterns(reading: Reading, first: number, words: ShellWord[]): void {
  if (first === OPEN_PAREN) reading.at++;
  let code = reading.next();
  if (code === CLOSE_PAREN) reading.error(reading.at);
  while (beginsWord(reading, code)) {
    words.push(word(reading));
    code = reading.next();
    if (code !== PIPE) break;
    reading.at++;
    code = reading.next();
    if (code === CLOSE_PAREN) reading.error(reading.at);
  }
  if (code === CLOSE_PAREN) reading.at++;
  else reading.error(reading.at);
}

/** Skips `;;`, `;&` or `;;&`; returns whether another case may follow. */
function endsCase(reading: Reading): boolean {
  if (newlines(reading) !== SEMICOLON) return false;
  const next = reading.code(reading.at + 1);
  if (next !== SEMICOLON && next !== AMPERSAND) return false;
  reading.at += 2;
  if (next === SEMICOLON && reading.code(reading.at) === AMPERSAND) reading.at++;
  return true;
}

/** Reads up to the `}`; the `{` has been read. */
function group(reading: Reading): Statement[] {
  const bodies: Statement[] = [];
  commands(reading, bodies);
  expect(reading, '}');
  return bodies;
}

function parenthesis(reading: Reading): Block {
  const start = reading.at;
  if (reading.code(start + 1) === OPEN_PAREN) {
    const made = calculated(reading);
    if (made) return redirected(reading, start, made);
  }
  reading.at = start + 1;
  reading.last = reading.at;
  const bodies: Statement[] = [];
  commands(reading, bodies);
  if (reading.next() === CLOSE_PAREN) reading.last = ++reading.at;
  else reading.error(reading.at);
  return redirected(reading, start, { opener: 'subshell', bodies });
}

/** `((…))`, or undefined if the parentheses are those of subshells. */
function calculated(reading: Reading): Made | undefined {
  const start = reading.at;
  const base = reading.gaps.length;
  begin(reading);
  reading.at += 2;
  const outcome = arithmetic(reading, CLOSE_PAREN);
  if (outcome === 'other') return undefined;
  if (outcome === 'open') reading.error(start);
  const asked = finished(reading, { start, from: reading.at, base });
  return { opener: 'test', bodies: [], words: [asked] };
}

function tested(reading: Reading): Made {
  const words = test(reading);
  const code = newlines(reading);
  const { at } = reading;
  if (code === CLOSE_BRACKET && reading.text.startsWith(']]', at) && reading.wordEnds(at + 2))
    reading.last = reading.at = at + 2;
  else reading.error(at);
  return { opener: 'test', bodies: [], words };
}

function namedFunction(reading: Reading, start: number): Block {
  if (!beginsWord(reading, reading.next())) reading.error(reading.at);
  const name = word(reading);
  const code = reading.next();
  const open = reading.at;
  if (code === OPEN_PAREN) {
    reading.at++;
    if (reading.next() === CLOSE_PAREN) reading.at++;
    else reading.at = open;
  }
  return functionBody(reading, start, name.raw);
}

/** `coproc NAME { … }` or `coproc command`. */
function coprocess(reading: Reading, start: number): Block {
  stepOverName(reading);
  const { at } = reading;
  let bodies: readonly Statement[] = none;
  if (reading.enter()) {
    const found = command(reading);
    reading.depth--;
    if (found === undefined) reading.error(at);
    else bodies = bodiesOf(found);
  }
  return redirected(reading, start, { opener: 'group', bodies });
}

/** Skips the name of a coprocess, which is allowed only before a compound command. */
function stepOverName(reading: Reading): void {
  const code = reading.next();
  const start = reading.at;
  if (!beginsWord(reading, code) || keywordAt(reading, code) !== '') return;
  word(reading);
  const next = reading.next();
  if (next !== OPEN_PAREN && !opens(keywordAt(reading, next))) reading.at = start;
}
