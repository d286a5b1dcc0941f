/** Reserved words, which are recognized where a command may begin. */
import { BACKSLASH, NEWLINE, wordBreak, kindsOf, letter, keywordStart } from './characters.ts';
import type { Reader } from './reader.ts';

const words = [
  ...['if', 'then', 'else', 'elif', 'fi', 'for', 'while', 'until', 'do', 'done'],
  ...['case', 'in', 'esac', 'select', 'function', 'coproc', 'time'],
];
/** Reserved words of letters. */
export const reservedWords: ReadonlySet<string> = new Set(words);

const symbols = ['{', '}', '!', '[[', ']]'];

const maxLength = 'function'.length;

/** The keyword at the current position, which begins with this character; empty if there is none. */
export function keywordAt(reader: Reader, code: number): string {
  const kinds = kindsOf(code);
  if ((kinds & keywordStart) === 0) return '';
  const { text, at } = reader;
  if ((kinds & letter) === 0) {
    for (const symbol of symbols)
      if (text.startsWith(symbol, at) && reader.wordEnds(at + symbol.length)) return symbol;
    return '';
  }
  let end = at + 1;
  while ((kindsOf(reader.code(end)) & letter) !== 0) if (++end - at > maxLength) return '';
  const next = reader.code(end);
  if (next === BACKSLASH) return continuedKeyword(reader);
  if (next >= 0 && (kindsOf(next) & wordBreak) === 0) return '';
  return reservedWord(text, at, end);
}

/** The reserved word of letters between two indices; empty if it is another word. */
export function reservedWord(text: string, start: number, end: number): string {
  if (end - start > maxLength) return '';
  const word = text.slice(start, end);
  return reservedWords.has(word) ? word : '';
}

/** A keyword may continue on the next line, or end with a line continuation. */
function continuedKeyword(reader: Reader): string {
  const { word, end } = continuedWord(reader);
  return end >= 0 && words.includes(word) ? word : '';
}

/** A continued word of letters; its end is -1 if it is not one. */
function continuedWord(reader: Reader): { readonly word: string; readonly end: number } {
  let word = '';
  let { at } = reader;
  let isContinued = false;
  for (;;) {
    const code = reader.code(at);
    if (code === BACKSLASH && reader.code(at + 1) === NEWLINE) {
      isContinued = true;
      at += 2;
    } else if ((kindsOf(code) & letter) !== 0 && word.length < maxLength)
      word += reader.text[at++] ?? '';
    else break;
  }
  return { word, end: isContinued && reader.wordEnds(at) ? at : -1 };
}

/** Skips the keyword at the current position. */
export function skipKeyword(reader: Reader, keyword: string): void {
  const { text, at } = reader;
  const isWhole = text.startsWith(keyword, at);
  reader.at = isWhole ? reader.afterContinuations(at + keyword.length) : continuedWord(reader).end;
  reader.last = reader.at;
}

/** Skips a keyword if it comes next; returns whether it does. */
export function acceptKeyword(reader: Reader, keyword: string): boolean {
  const code = reader.next();
  if (code !== keyword.charCodeAt(0) || keywordAt(reader, code) !== keyword) return false;
  skipKeyword(reader, keyword);
  return true;
}

const openers: ReadonlySet<string> = new Set([
  ...['if', 'for', 'while', 'until', 'case', 'select', 'function', 'coproc', '{', '[['],
]);

/** Whether a keyword begins a command; the others end or divide one. */
export function beginsCommand(keyword: string): boolean {
  return openers.has(keyword);
}
