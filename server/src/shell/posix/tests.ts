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
  wordBreak,
  kindsOf,
  special,
} from './characters.ts';
import { readSegment } from './enclosures.ts';
import { skipNewlines } from './heredocs.ts';
import type { Reader } from './reader.ts';
import type { PosixWord } from './word.ts';
import { beginsWord, beginWord, finishWord, readWord } from './words.ts';

const unary = /^-[a-hknoprstuvwxzGLNORS]$/;
const binary = /^(?:==?|!=|=~|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef)|[<>])$/;

/** Reads up to `]]`; returns the operands. */
export function readTest(reader: Reader): ShellWord[] {
  const words: ShellWord[] = [];
  readAlternatives(reader, words);
  return words;
}

function readAlternatives(reader: Reader, words: ShellWord[]): void {
  readPrimary(reader, words);
  for (;;) {
    const code = skipNewlines(reader);
    if (code !== AMPERSAND && code !== PIPE) return;
    if (reader.code(reader.at + 1) !== code) return;
    reader.at += 2;
    readPrimary(reader, words);
  }
}

function readPrimary(reader: Reader, words: ShellWord[]): void {
  let code = skipNewlines(reader);
  while (isCharacter(reader, code, '!')) {
    reader.at++;
    code = skipNewlines(reader);
  }
  if (code === OPEN_PAREN) readGroup(reader, words);
  else if (!beginsOperand(reader, code)) reader.addError(reader.at);
  else readOperands(reader, words);
}

function readGroup(reader: Reader, words: ShellWord[]): void {
  if (!reader.enter()) return;
  reader.at++;
  readAlternatives(reader, words);
  if (skipNewlines(reader) === CLOSE_PAREN) reader.at++;
  else reader.addError(reader.at);
  reader.depth--;
}

function readOperands(reader: Reader, words: ShellWord[]): void {
  const first = readWord(reader);
  const code = skipNewlines(reader);
  if (unary.test(first.raw) && !isBinary(reader, code)) {
    // Its operand is the name of a variable.
    if (first.raw === '-v') words.push(first);
    if (beginsOperand(reader, code)) words.push(readWord(reader));
    else reader.addError(reader.at);
    return;
  }
  words.push(first);
  if (!isBinary(reader, code)) return;
  const operator = operatorOf(reader);
  reader.at += operator.length;
  const next = skipNewlines(reader);
  if (operator === '=~') words.push(readRegex(reader));
  else if (beginsOperand(reader, next)) words.push(readWord(reader));
  else reader.addError(reader.at);
}

/** The operator, or any other word at the current position. */
function operatorOf(reader: Reader): string {
  const { text, end, at: start } = reader;
  let at = start;
  while (at < end && (kindsOf(text.charCodeAt(at)) & (wordBreak | special)) === 0) at++;
  return text.slice(start, Math.max(at, start + 1));
}

function isBinary(reader: Reader, code: number): boolean {
  if (code === LESS || code === GREATER) return reader.code(reader.at + 1) !== OPEN_PAREN;
  return beginsWord(reader, code) && binary.test(operatorOf(reader));
}

function isCharacter(reader: Reader, code: number, character: string): boolean {
  return code === character.charCodeAt(0) && reader.wordEnds(reader.at + 1);
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
function readRegex(reader: Reader): PosixWord {
  const { text, end, at: start } = reader;
  const base = reader.gaps.length;
  beginWord(reader);
  let depth = 0;
  while (reader.at < end) {
    const code = text.charCodeAt(reader.at);
    if (code === OPEN_PAREN) depth++;
    else if (code === CLOSE_PAREN && depth > 0) depth--;
    else if (depth === 0 && endsRegex(reader, code)) break;
    if ((kindsOf(code) & special) !== 0 || code === BACKTICK) readSegment(reader, code, false);
    else if ((code === LESS || code === GREATER) && depth === 0) readSegment(reader, code, false);
    else reader.at++;
  }
  if (depth > 0) reader.addError(start);
  return finishWord(reader, start, reader.at, base);
}

function endsRegex(reader: Reader, code: number): boolean {
  if (code === LESS || code === GREATER) return reader.code(reader.at + 1) !== OPEN_PAREN;
  return code !== PIPE && (code === NEWLINE || (kindsOf(code) & wordBreak) !== 0);
}
