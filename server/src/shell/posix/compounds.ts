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
import { none, type Reader } from './reader.ts';
import { operatorAt, redirect } from './redirects.ts';
import { test } from './tests.ts';
import { begin, beginsWord, finished, word, wordsTo } from './words.ts';

/** The command at the current position, if there is one. */
export function command(reader: Reader): Statement | undefined {
  const code = reader.next();
  if (code === OPEN_PAREN) return parenthesis(reader);
  const keyword = keywordAt(reader, code);
  if (keyword === '' || keyword === 'time') return simpleCommand(reader, code);
  if (!opens(keyword)) return undefined;
  const start = reader.at;
  take(reader, keyword);
  if (keyword === 'function') return namedFunction(reader, start);
  if (keyword === 'coproc') return coprocess(reader, start);
  return redirected(reader, start, compound(reader, keyword));
}

/** A block without its span and redirects. */
interface Made extends Pick<Block, 'opener' | 'bodies'> {
  readonly words?: readonly ShellWord[];
  readonly variable?: ShellWord | undefined;
}

function compound(reader: Reader, keyword: string): Made {
  switch (keyword) {
    case 'if':
      return { opener: 'if', bodies: conditions(reader) };
    case 'for':
      return loopOver(reader, 'for');
    case 'select':
      return loopOver(reader, 'select');
    case 'while':
    case 'until':
      return { opener: keyword, bodies: loop(reader) };
    case 'case':
      return cases(reader);
    case '{':
      return { opener: 'group', bodies: group(reader) };
    default:
      return tested(reader);
  }
}

/** The block with the redirects after it. */
function redirected(reader: Reader, start: number, made: Made): Block {
  let redirects: Redirect[] | undefined;
  for (;;) {
    const operator = operatorAt(reader, reader.next());
    if (operator < 0) break;
    (redirects ??= []).push(redirect(reader, operator));
  }
  const { opener, bodies, words = none, variable } = made;
  const span = reader.source.span(start, reader.last);
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
function expect(reader: Reader, keyword: string): boolean {
  const isThere = accept(reader, keyword);
  if (!isThere) reader.error(reader.at);
  return isThere;
}

/** A list that must not be empty. */
function commands(reader: Reader, into: Statement[]): void {
  const found = reader.grammar.list(reader);
  if (found.length === 0) reader.error(reader.at);
  for (const one of found) into.push(one);
}

function conditions(reader: Reader): Statement[] {
  const bodies: Statement[] = [];
  do {
    commands(reader, bodies);
    if (expect(reader, 'then')) commands(reader, bodies);
  } while (accept(reader, 'elif'));
  if (accept(reader, 'else')) commands(reader, bodies);
  expect(reader, 'fi');
  return bodies;
}

function loop(reader: Reader): Statement[] {
  const bodies: Statement[] = [];
  commands(reader, bodies);
  doneLoop(reader, bodies);
  return bodies;
}

function doneLoop(reader: Reader, bodies: Statement[]): void {
  if (expect(reader, 'do')) commands(reader, bodies);
  expect(reader, 'done');
}

function loopOver(reader: Reader, opener: 'for' | 'select'): Made {
  let code = reader.next();
  if (opener === 'for' && code === OPEN_PAREN && reader.code(reader.at + 1) === OPEN_PAREN)
    return counting(reader);
  let variable: ShellWord | undefined;
  if (beginsWord(reader, code)) variable = word(reader);
  else reader.error(reader.at);
  newlines(reader);
  const words: ShellWord[] = [];
  if (accept(reader, 'in')) wordsTo(reader, words);
  code = reader.next();
  if (code === SEMICOLON) reader.at++;
  newlines(reader);
  return { opener, bodies: loopBody(reader), words, variable };
}

/** `do … done`, or `{ … }` as in old scripts. */
function loopBody(reader: Reader): Statement[] {
  if (accept(reader, '{')) return group(reader);
  const bodies: Statement[] = [];
  doneLoop(reader, bodies);
  return bodies;
}

/** `for ((…; …; …))`. Its header is one word, which begins with the loop and ends where the body begins. */
function counting(reader: Reader): Made {
  const start = reader.last - 'for'.length;
  const base = reader.gaps.length;
  begin(reader);
  reader.at += 2;
  if (arithmetic(reader, CLOSE_PAREN) !== 'closed') reader.error(start);
  if (reader.next() === SEMICOLON) reader.at++;
  newlines(reader);
  const isGroup = accept(reader, '{');
  if (!isGroup) expect(reader, 'do');
  newlines(reader);
  const counted = finished(reader, { start, from: reader.at, base });
  const bodies: Statement[] = [];
  commands(reader, bodies);
  expect(reader, isGroup ? '}' : 'done');
  return { opener: 'for', bodies, words: [counted] };
}

function cases(reader: Reader): Made {
  const words: ShellWord[] = [];
  const bodies: Statement[] = [];
  if (beginsWord(reader, reader.next())) words.push(word(reader));
  else reader.error(reader.at);
  newlines(reader);
  expect(reader, 'in');
  for (;;) {
    const code = newlines(reader);
    if (code < 0 || keywordAt(reader, code) === 'esac') break;
    patterns(reader, code, words);
    for (const one of reader.grammar.list(reader)) bodies.push(one);
    if (!endsCase(reader)) break;
  }
  expect(reader, 'esac');
  return { opener: 'case', bodies, words };
}

/** `(a|b)`, where the opening parenthesis is optional. */
function patterns(reader: Reader, first: number, words: ShellWord[]): void {
  if (first === OPEN_PAREN) reader.at++;
  let code = reader.next();
  if (code === CLOSE_PAREN) reader.error(reader.at);
  while (beginsWord(reader, code)) {
    words.push(word(reader));
    code = reader.next();
    if (code !== PIPE) break;
    reader.at++;
    code = reader.next();
    if (code === CLOSE_PAREN) reader.error(reader.at);
  }
  if (code === CLOSE_PAREN) reader.at++;
  else reader.error(reader.at);
}

/** Skips `;;`, `;&` or `;;&`; returns whether another case may follow. */
function endsCase(reader: Reader): boolean {
  if (newlines(reader) !== SEMICOLON) return false;
  const next = reader.code(reader.at + 1);
  if (next !== SEMICOLON && next !== AMPERSAND) return false;
  reader.at += 2;
  if (next === SEMICOLON && reader.code(reader.at) === AMPERSAND) reader.at++;
  return true;
}

/** Reads up to the `}`; the `{` has been read. */
function group(reader: Reader): Statement[] {
  const bodies: Statement[] = [];
  commands(reader, bodies);
  expect(reader, '}');
  return bodies;
}

function parenthesis(reader: Reader): Block {
  const start = reader.at;
  if (reader.code(start + 1) === OPEN_PAREN) {
    const made = calculated(reader);
    if (made) return redirected(reader, start, made);
  }
  reader.at = start + 1;
  reader.last = reader.at;
  const bodies: Statement[] = [];
  commands(reader, bodies);
  if (reader.next() === CLOSE_PAREN) reader.last = ++reader.at;
  else reader.error(reader.at);
  return redirected(reader, start, { opener: 'subshell', bodies });
}

/** `((…))`, or undefined if the parentheses are those of subshells. */
function calculated(reader: Reader): Made | undefined {
  const start = reader.at;
  const base = reader.gaps.length;
  begin(reader);
  reader.at += 2;
  const outcome = arithmetic(reader, CLOSE_PAREN);
  if (outcome === 'other') return undefined;
  if (outcome === 'open') reader.error(start);
  const asked = finished(reader, { start, from: reader.at, base });
  return { opener: 'test', bodies: [], words: [asked] };
}

function tested(reader: Reader): Made {
  const words = test(reader);
  const code = newlines(reader);
  const { at } = reader;
  if (code === CLOSE_BRACKET && reader.text.startsWith(']]', at) && reader.wordEnds(at + 2))
    reader.last = reader.at = at + 2;
  else reader.error(at);
  return { opener: 'test', bodies: [], words };
}

function namedFunction(reader: Reader, start: number): Block {
  if (!beginsWord(reader, reader.next())) reader.error(reader.at);
  const name = word(reader);
  const code = reader.next();
  const open = reader.at;
  if (code === OPEN_PAREN) {
    reader.at++;
    if (reader.next() === CLOSE_PAREN) reader.at++;
    else reader.at = open;
  }
  return functionBody(reader, start, name.raw);
}

/** `coproc NAME { … }` or `coproc command`. */
function coprocess(reader: Reader, start: number): Block {
  stepOverName(reader);
  const { at } = reader;
  let bodies: readonly Statement[] = none;
  if (reader.enter()) {
    const found = command(reader);
    reader.depth--;
    if (found === undefined) reader.error(at);
    else bodies = bodiesOf(found);
  }
  return redirected(reader, start, { opener: 'group', bodies });
}

/** Skips the name of a coprocess, which is allowed only before a compound command. */
function stepOverName(reader: Reader): void {
  const code = reader.next();
  const start = reader.at;
  if (!beginsWord(reader, code) || keywordAt(reader, code) !== '') return;
  word(reader);
  const next = reader.next();
  if (next !== OPEN_PAREN && !opens(keywordAt(reader, next))) reader.at = start;
}
