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
import { inside } from './enclosures.ts';
import { newlines } from './heredocs.ts';
import type { Reader } from './reader.ts';
import type { PosixWord } from './word.ts';
import { beginsWord, begin, finished, word } from './words.ts';

const unary = /^-[a-hknoprstuvwxzGLNORS]$/;
const binary = /^(?:==?|!=|=~|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef)|[<>])$/;

/** Reads up to `]]`; returns the operands. */
export function test(reader: Reader): ShellWord[] {
  const words: ShellWord[] = [];
  alternatives(reader, words);
  return words;
}

function alternatives(reader: Reader, words: ShellWord[]): void {
  primary(reader, words);
  for (;;) {
    const code = newlines(reader);
    if (code !== AMPERSAND && code !== PIPE) return;
    if (reader.code(reader.at + 1) !== code) return;
    reader.at += 2;
    primary(reader, words);
  }
}

function primary(reader: Reader, words: ShellWord[]): void {
  let code = newlines(reader);
  while (isSign(reader, code, '!')) {
    reader.at++;
    code = newlines(reader);
  }
  if (code === OPEN_PAREN) group(reader, words);
  else if (!beginsOperand(reader, code)) reader.error(reader.at);
  else operands(reader, words);
}

function group(reader: Reader, words: ShellWord[]): void {
  if (!reader.enter()) return;
  reader.at++;
  alternatives(reader, words);
  if (newlines(reader) === CLOSE_PAREN) reader.at++;
  else reader.error(reader.at);
  reader.depth--;
}

function operands(reader: Reader, words: ShellWord[]): void {
  const first = word(reader);
  const code = newlines(reader);
  if (unary.test(first.raw) && !isBinary(reader, code)) {
    if (beginsOperand(reader, code)) words.push(word(reader));
    else reader.error(reader.at);
    return;
  }
  words.push(first);
  if (!isBinary(reader, code)) return;
  const operator = operatorOf(reader);
  reader.at += operator.length;
  const next = newlines(reader);
  if (operator === '=~') words.push(expression(reader));
  else if (beginsOperand(reader, next)) words.push(word(reader));
  else reader.error(reader.at);
}

/** The operator, or any other word at the current position. */
function operatorOf(reader: Reader): string {
  const { text, end, at: start } = reader;
  let at = start;
  while (at < end && (kindsOf(text.charCodeAt(at)) & (breaks | special)) === 0) at++;
  return text.slice(start, Math.max(at, start + 1));
}

function isBinary(reader: Reader, code: number): boolean {
  if (code === LESS || code === GREATER) return reader.code(reader.at + 1) !== OPEN_PAREN;
  return beginsWord(reader, code) && binary.test(operatorOf(reader));
}

function isSign(reader: Reader, code: number, sign: string): boolean {
  return code === sign.charCodeAt(0) && reader.wordEnds(reader.at + 1);
}

function beginsOperand(reader: Reader, code: number): boolean {
  return beginsWord(reader, code) && !isClose(reader, code);
}

function isClose(reader: Reader, code: number): boolean {
  return (
    code === CLOSE_BRACKET &&
    reader.code(reader.at + 1) === CLOSE_BRACKET &&
    reader.wordEnds(reader.at + 2)
  );
}

/** The expression after `=~`; in parentheses, any characters are allowed. */
function expression(reader: Reader): PosixWord {
  const { text, end, at: start } = reader;
  const base = reader.gaps.length;
  begin(reader);
  let depth = 0;
  while (reader.at < end) {
    const code = text.charCodeAt(reader.at);
    if (code === OPEN_PAREN) depth++;
    else if (code === CLOSE_PAREN && depth > 0) depth--;
    else if (depth === 0 && endsExpression(reader, code)) break;
    if ((kindsOf(code) & special) !== 0 || code === BACKTICK) inside(reader, code, false);
    else if ((code === LESS || code === GREATER) && depth === 0) inside(reader, code, false);
    else reader.at++;
  }
  if (depth > 0) reader.error(start);
  return finished(reader, { start, from: reader.at, base });
}

function endsExpression(reader: Reader, code: number): boolean {
  if (code === LESS || code === GREATER) return reader.code(reader.at + 1) !== OPEN_PAREN;
  return code !== PIPE && (code === NEWLINE || (kindsOf(code) & breaks) !== 0);
}
