/** Compound commands: conditions, loops, cases, groups, functions and tests. */
import type { Block, Redirect, ShellWord, Statement } from '../script.ts';
import {
  AMPERSAND,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  OPEN_PAREN,
  PIPE,
  SEMICOLON,
  digit,
  kindsOf,
  letter,
  unusual,
  wordBreak,
} from './characters.ts';
import { readArithmetic } from './arithmetic.ts';
import { bodiesOf, readFunctionBody, readSimpleCommand } from './commands.ts';
import { skipNewlines } from './heredocs.ts';
import { acceptKeyword, beginsCommand, keywordAt, reservedWord, skipKeyword } from './keywords.ts';
import { none, type Reader } from './reader.ts';
import { operatorAt, readRedirect } from './redirects.ts';
import { readTest } from './tests.ts';
import { beginWord, beginsWord, finishWord, readWord, readWords } from './words.ts';

/** The command at the current position, if there is one. */
export function readCommand(reader: Reader): Statement | undefined {
  const code = reader.next();
  if (code === OPEN_PAREN) return readParenthesis(reader);
  const { text, at: start, end } = reader;
  let at = start;
  while (at < end && (kindsOf(text.charCodeAt(at)) & (letter | digit)) !== 0) at++;
  // What follows the letters and digits says what else than a name they may be.
  const mark = at < end ? kindsOf(text.charCodeAt(at)) : wordBreak;
  const isUnusual = (mark & unusual) !== 0;
  let keyword = '';
  if (isUnusual) keyword = keywordAt(reader, code);
  else if ((mark & wordBreak) !== 0) keyword = reservedWord(text, start, at);
  if (keyword === '' || keyword === 'time') return readSimpleCommand(reader, code, isUnusual);
  if (!beginsCommand(keyword)) return undefined;
  skipKeyword(reader, keyword);
  if (keyword === 'function') return readNamedFunction(reader, start);
  if (keyword === 'coproc') return readCoprocess(reader, start);
  return withRedirects(reader, start, readCompound(reader, keyword));
}

/** A block without its span and redirects. */
interface BlockParts extends Pick<Block, 'opener' | 'bodies' | 'conditions'> {
  readonly words?: readonly ShellWord[];
  readonly variable?: ShellWord | undefined;
}

function readCompound(reader: Reader, keyword: string): BlockParts {
  switch (keyword) {
    case 'if':
      return readConditions(reader);
    case 'for':
      return readForLoop(reader, 'for');
    case 'select':
      return readForLoop(reader, 'select');
    case 'while':
    case 'until':
      return readLoop(reader, keyword);
    case 'case':
      return readCases(reader);
    case '{':
      return { opener: 'group', bodies: readGroup(reader) };
    default:
      return readTestCommand(reader);
  }
}

/** The block with the redirects after it. */
function withRedirects(reader: Reader, start: number, parts: BlockParts): Block {
  let redirects: Redirect[] | undefined;
  for (;;) {
    const operator = operatorAt(reader, reader.next());
    if (operator < 0) break;
    (redirects ??= []).push(readRedirect(reader, operator));
  }
  const { opener, bodies, conditions, words = none, variable } = parts;
  const span = reader.source.span(start, reader.last);
  return {
    kind: 'block',
    opener,
    span,
    bodies,
    conditions,
    words,
    redirects: redirects ?? none,
    name: undefined,
    variable,
  };
}

/** Reads a required keyword; reports an error if it is missing. */
function expectKeyword(reader: Reader, keyword: string): boolean {
  const isPresent = acceptKeyword(reader, keyword);
  if (!isPresent) reader.addError(reader.at);
  return isPresent;
}

/** A list that must not be empty. */
function readCommands(reader: Reader, ...into: readonly Statement[][]): void {
  const found = reader.grammar.list(reader);
  if (found.length === 0) reader.addError(reader.at);
  for (const list of into) for (const one of found) list.push(one);
}

function readConditions(reader: Reader): BlockParts {
  const bodies: Statement[] = [];
  const conditions: Statement[] = [];
  do {
    readCommands(reader, bodies, conditions);
    if (expectKeyword(reader, 'then')) readCommands(reader, bodies);
  } while (acceptKeyword(reader, 'elif'));
  if (acceptKeyword(reader, 'else')) readCommands(reader, bodies);
  expectKeyword(reader, 'fi');
  return { opener: 'if', bodies, conditions };
}

function readLoop(reader: Reader, opener: 'while' | 'until'): BlockParts {
  const bodies: Statement[] = [];
  const conditions: Statement[] = [];
  readCommands(reader, bodies, conditions);
  readDoBlock(reader, bodies);
  return { opener, bodies, conditions };
}

function readDoBlock(reader: Reader, bodies: Statement[]): void {
  if (expectKeyword(reader, 'do')) readCommands(reader, bodies);
  expectKeyword(reader, 'done');
}

function readForLoop(reader: Reader, opener: 'for' | 'select'): BlockParts {
  let code = reader.next();
  if (opener === 'for' && code === OPEN_PAREN && reader.code(reader.at + 1) === OPEN_PAREN)
    return readArithmeticLoop(reader);
  let variable: ShellWord | undefined;
  if (beginsWord(reader, code)) variable = readWord(reader);
  else reader.addError(reader.at);
  skipNewlines(reader);
  const words: ShellWord[] = [];
  if (acceptKeyword(reader, 'in')) readWords(reader, words);
  code = reader.next();
  if (code === SEMICOLON) reader.at++;
  skipNewlines(reader);
  return { opener, bodies: readLoopBody(reader), words, variable };
}

/** `do … done`, or `{ … }` as in old scripts. */
function readLoopBody(reader: Reader): Statement[] {
  if (acceptKeyword(reader, '{')) return readGroup(reader);
  const bodies: Statement[] = [];
  readDoBlock(reader, bodies);
  return bodies;
}

/** `for ((…; …; …))`. Its header is one word, which begins with the loop and ends where the body begins. */
function readArithmeticLoop(reader: Reader): BlockParts {
  const start = reader.last - 'for'.length;
  const base = reader.gaps.length;
  beginWord(reader);
  reader.at += 2;
  if (readArithmetic(reader, CLOSE_PAREN) !== 'closed') reader.addError(start);
  if (reader.next() === SEMICOLON) reader.at++;
  skipNewlines(reader);
  const isGroup = acceptKeyword(reader, '{');
  if (!isGroup) expectKeyword(reader, 'do');
  skipNewlines(reader);
  const header = finishWord(reader, start, reader.at, base);
  const bodies: Statement[] = [];
  readCommands(reader, bodies);
  expectKeyword(reader, isGroup ? '}' : 'done');
  return { opener: 'for', bodies, words: [header] };
}

function readCases(reader: Reader): BlockParts {
  const words: ShellWord[] = [];
  const bodies: Statement[] = [];
  if (beginsWord(reader, reader.next())) words.push(readWord(reader));
  else reader.addError(reader.at);
  skipNewlines(reader);
  expectKeyword(reader, 'in');
  for (;;) {
    const code = skipNewlines(reader);
    if (code < 0 || keywordAt(reader, code) === 'esac') break;
    readPatterns(reader, code, words);
    for (const one of reader.grammar.list(reader)) bodies.push(one);
    if (!skipCaseEnd(reader)) break;
  }
  expectKeyword(reader, 'esac');
  return { opener: 'case', bodies, words };
}

/** `(a|b)`, where the opening parenthesis is optional. */
function readPatterns(reader: Reader, first: number, words: ShellWord[]): void {
  if (first === OPEN_PAREN) reader.at++;
  let code = reader.next();
  if (code === CLOSE_PAREN) reader.addError(reader.at);
  while (beginsWord(reader, code)) {
    words.push(readWord(reader));
    code = reader.next();
    if (code !== PIPE) break;
    reader.at++;
    code = reader.next();
    if (code === CLOSE_PAREN) reader.addError(reader.at);
  }
  if (code === CLOSE_PAREN) reader.at++;
  else reader.addError(reader.at);
}

/** Skips `;;`, `;&` or `;;&`; returns whether another case may follow. */
function skipCaseEnd(reader: Reader): boolean {
  if (skipNewlines(reader) !== SEMICOLON) return false;
  const next = reader.code(reader.at + 1);
  if (next !== SEMICOLON && next !== AMPERSAND) return false;
  reader.at += 2;
  if (next === SEMICOLON && reader.code(reader.at) === AMPERSAND) reader.at++;
  return true;
}

/** Reads up to the `}`; the `{` has been read. */
function readGroup(reader: Reader): Statement[] {
  const bodies: Statement[] = [];
  readCommands(reader, bodies);
  expectKeyword(reader, '}');
  return bodies;
}

function readParenthesis(reader: Reader): Block {
  const start = reader.at;
  if (reader.code(start + 1) === OPEN_PAREN) {
    const parts = readArithmeticCommand(reader);
    if (parts) return withRedirects(reader, start, parts);
  }
  reader.at = start + 1;
  reader.last = reader.at;
  const bodies: Statement[] = [];
  readCommands(reader, bodies);
  if (reader.next() === CLOSE_PAREN) reader.last = ++reader.at;
  else reader.addError(reader.at);
  return withRedirects(reader, start, { opener: 'subshell', bodies });
}

/** `((…))`, or undefined if the parentheses are those of subshells. */
function readArithmeticCommand(reader: Reader): BlockParts | undefined {
  const start = reader.at;
  const base = reader.gaps.length;
  beginWord(reader);
  reader.at += 2;
  const outcome = readArithmetic(reader, CLOSE_PAREN);
  if (outcome === 'other') return undefined;
  if (outcome === 'open') reader.addError(start);
  const expression = finishWord(reader, start, reader.at, base);
  return { opener: 'test', bodies: [], words: [expression] };
}

function readTestCommand(reader: Reader): BlockParts {
  const words = readTest(reader);
  const code = skipNewlines(reader);
  const { at } = reader;
  if (code === CLOSE_BRACKET && reader.text.startsWith(']]', at) && reader.wordEnds(at + 2))
    reader.last = reader.at = at + 2;
  else reader.addError(at);
  return { opener: 'test', bodies: [], words };
}

function readNamedFunction(reader: Reader, start: number): Block {
  if (!beginsWord(reader, reader.next())) reader.addError(reader.at);
  const name = readWord(reader);
  const code = reader.next();
  const open = reader.at;
  if (code === OPEN_PAREN) {
    reader.at++;
    if (reader.next() === CLOSE_PAREN) reader.at++;
    else reader.at = open;
  }
  return readFunctionBody(reader, start, name.raw);
}

/** `coproc NAME { … }` or `coproc command`. */
function readCoprocess(reader: Reader, start: number): Block {
  skipName(reader);
  const { at } = reader;
  let bodies: readonly Statement[] = none;
  if (reader.enter()) {
    const found = readCommand(reader);
    reader.depth--;
    if (found === undefined) reader.addError(at);
    else bodies = bodiesOf(found);
  }
  return withRedirects(reader, start, { opener: 'group', bodies });
}

/** Skips the name of a coprocess, which is allowed only before a compound command. */
function skipName(reader: Reader): void {
  const code = reader.next();
  const start = reader.at;
  if (!beginsWord(reader, code) || keywordAt(reader, code) !== '') return;
  readWord(reader);
  const next = reader.next();
  if (next !== OPEN_PAREN && !beginsCommand(keywordAt(reader, next))) reader.at = start;
}
