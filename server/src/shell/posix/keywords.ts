/** Reserved words, which are recognized where a command may begin. */
import { BACKSLASH, NEWLINE, breaks, kindsOf, letter, reserved } from './characters.ts';
import type { Reading } from './reading.ts';

const words = [
  ...['if', 'then', 'else', 'elif', 'fi', 'for', 'while', 'until', 'do', 'done'],
  ...['case', 'in', 'esac', 'select', 'function', 'coproc', 'time'],
];
const signs = ['{', '}', '!', '[[', ']]'];

const longest = 'function'.length;

const byLength: readonly (readonly string[])[] = Array.from({ length: longest + 1 }, (_, length) =>
  words.filter((word) => word.length === length),
);

/** The keyword at the current position, which begins with this character; empty if there is none. */
export function keywordAt(reading: Reading, code: number): string {
  const kinds = kindsOf(code);
  if ((kinds & reserved) === 0) return '';
  const { text, at } = reading;
  if ((kinds & letter) === 0) {
    for (const sign of signs)
      if (text.startsWith(sign, at) && reading.wordEnds(at + sign.length)) return sign;
    return '';
  }
  let end = at + 1;
  while ((kindsOf(reading.code(end)) & letter) !== 0) if (++end - at > longest) return '';
  const behind = reading.code(end);
  if (behind === BACKSLASH) return continued(reading);
  if (behind >= 0 && (kindsOf(behind) & breaks) === 0) return '';
  for (const word of byLength[end - at] ?? [])
    if (text.charCodeAt(at + 1) === word.charCodeAt(1) && text.startsWith(word, at)) return word;
  return '';
}

/** A keyword may continue on the next line, or end with a line continuation. */
function continued(reading: Reading): string {
  const { word, end } = joinedWord(reading);
  return end >= 0 && words.includes(word) ? word : '';
}

/** A continued word of letters; its end is -1 if it is not one. */
function joinedWord(reading: Reading): { readonly word: string; readonly end: number } {
  let word = '';
  let { at } = reading;
  let isContinued = false;
  for (;;) {
    const code = reading.code(at);
    if (code === BACKSLASH && reading.code(at + 1) === NEWLINE) {
      isContinued = true;
      at += 2;
    } else if ((kindsOf(code) & letter) !== 0 && word.length < longest)
      word += reading.text[at++] ?? '';
    else break;
  }
  return { word, end: isContinued && reading.wordEnds(at) ? at : -1 };
}

/** Skips the keyword at the current position. */
export function take(reading: Reading, keyword: string): void {
  const { text, at } = reading;
  const isWhole = text.startsWith(keyword, at);
  reading.at = isWhole ? reading.joined(at + keyword.length) : joinedWord(reading).end;
  reading.last = reading.at;
}

/** Skips a keyword if it comes next; returns whether it does. */
export function accept(reading: Reading, keyword: string): boolean {
  const code = reading.next();
  if (code !== keyword.charCodeAt(0) || keywordAt(reading, code) !== keyword) return false;
  take(reading, keyword);
  return true;
}

const openers: ReadonlySet<string> = new Set([
  ...['if', 'for', 'while', 'until', 'case', 'select', 'function', 'coproc', '{', '[['],
]);

/** Whether a keyword begins a command; the others end or divide one. */
export function opens(keyword: string): boolean {
  return openers.has(keyword);
}
