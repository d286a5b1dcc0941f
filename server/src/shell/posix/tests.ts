/** `[[ … ]]`: its operands and operators. */
import type { ShellWord } from '../script.ts';
import {
  AMPERSAND,
  BACKTICK,
  CLOSE_BRACKET,
  CLOSE_PAREN,
  GREATER,
  LESS,
  NEWLINE,
  OPEN_PAREN,
  PIPE,
  breaks,
  kindsOf,
  special,
} from './characters.ts';
import { inside } from './enclosed.ts';
import { newlines } from './heredocs.ts';
import type { Reading } from './reading.ts';
import type { PosixWord } from './word.ts';
import { beginsWord, begin, finished, word } from './words.ts';

const unary = /^-[a-hknoprstuvwxzGLNORS]$/;
const binary = /^(?:==?|!=|=~|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef)|[<>])$/;

/** Reads up to `]]`; returns the operands. */
export function test(reading: Reading): ShellWord[] {
  const words: ShellWord[] = [];
  alternatives(reading, words);
  return words;
}

function alternatives(reading: Reading, words: ShellWord[]): void {
  primary(reading, words);
  for (;;) {
    const code = newlines(reading);
    if (code !== AMPERSAND && code !== PIPE) return;
    if (reading.code(reading.at + 1) !== code) return;
    reading.at += 2;
    primary(reading, words);
  }
}

function primary(reading: Reading, words: ShellWord[]): void {
  let code = newlines(reading);
  while (isSign(reading, code, '!')) {
    reading.at++;
    code = newlines(reading);
  }
  if (code === OPEN_PAREN) group(reading, words);
  else if (!beginsOperand(reading, code)) reading.error(reading.at);
  else operands(reading, words);
}

function group(reading: Reading, words: ShellWord[]): void {
  if (!reading.enter()) return;
  reading.at++;
  alternatives(reading, words);
  if (newlines(reading) === CLOSE_PAREN) reading.at++;
  else reading.error(reading.at);
  reading.depth--;
}

function operands(reading: Reading, words: ShellWord[]): void {
  const first = word(reading);
  const code = newlines(reading);
  if (unary.test(first.raw) && !isBinary(reading, code)) {
    if (beginsOperand(reading, code)) words.push(word(reading));
    else reading.error(reading.at);
    return;
  }
  words.push(first);
  if (!isBinary(reading, code)) return;
  const operator = operatorOf(reading);
  reading.at += operator.length;
  const next = newlines(reading);
  if (operator === '=~') words.push(expression(reading));
  else if (beginsOperand(reading, next)) words.push(word(reading));
  else reading.error(reading.at);
}

/** The operator, or any other word at the current position. */
function operatorOf(reading: Reading): string {
  const { text, end, at: start } = reading;
  let at = start;
  while (at < end && (kindsOf(text.charCodeAt(at)) & (breaks | special)) === 0) at++;
  return text.slice(start, Math.max(at, start + 1));
}

function isBinary(reading: Reading, code: number): boolean {
  if (code === LESS || code === GREATER) return reading.code(reading.at + 1) !== OPEN_PAREN;
  return beginsWord(reading, code) && binary.test(operatorOf(reading));
}

function isSign(reading: Reading, code: number, sign: string): boolean {
  return code === sign.charCodeAt(0) && reading.wordEnds(reading.at + 1);
}

function beginsOperand(reading: Reading, code: number): boolean {
  return beginsWord(reading, code) && !isClose(reading, code);
}

function isClose(reading: Reading, code: number): boolean {
  return (
    code === CLOSE_BRACKET &&
    reading.code(reading.at + 1) === CLOSE_BRACKET &&
    reading.wordEnds(reading.at + 2)
  );
}

/** The expression after `=~`; in parentheses, any characters are allowed. */
function expression(reading: Reading): PosixWord {
  const { text, end, at: start } = reading;
  const base = reading.gaps.length;
  begin(reading);
  let depth = 0;
  while (reading.at < end) {
    const code = text.charCodeAt(reading.at);
    if (code === OPEN_PAREN) depth++;
    else if (code === CLOSE_PAREN && depth > 0) depth--;
    else if (depth === 0 && endsExpression(reading, code)) break;
    if ((kindsOf(code) & special) !== 0 || code === BACKTICK) inside(reading, code, false);
    else if ((code === LESS || code === GREATER) && depth === 0) inside(reading, code, false);
    else reading.at++;
  }
  if (depth > 0) reading.error(start);
  return finished(reading, { start, from: reading.at, base });
}

function endsExpression(reading: Reading, code: number): boolean {
  if (code === LESS || code === GREATER) return reading.code(reading.at + 1) !== OPEN_PAREN;
  return code !== PIPE && (code === NEWLINE || (kindsOf(code) & breaks) !== 0);
}
