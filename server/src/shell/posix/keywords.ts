/** Words that the grammar keeps for itself, where a command may begin. */
import { BACKSLASH, NEWLINE, kindsOf, letter } from './characters.ts';
import type { Reading } from './reading.ts';

const all = [
  ...['if', 'then', 'else', 'elif', 'fi', 'for', 'while', 'until', 'do', 'done'],
  ...['case', 'in', 'esac', 'select', 'function', 'coproc', 'time', '{', '}', '!', '[['],
];

const byFirst: (readonly string[] | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const found = all.filter((keyword) => keyword.charCodeAt(0) === code);
  return found.length > 0 ? found : undefined;
});

/** The keyword that stands at the reader with this character; empty if none does. */
export function keywordAt(reading: Reading, code: number): string {
  const found = code >= 0 && code < 128 ? byFirst[code] : undefined;
  if (found === undefined) return '';
  const { text, at } = reading;
  for (const keyword of found)
    if (text.startsWith(keyword, at) && reading.wordEnds(at + keyword.length)) return keyword;
  return continued(reading, found);
}

/** A keyword may go on in the next line. */
function continued(reading: Reading, found: readonly string[]): string {
  const { word, end } = joinedWord(reading);
  return end >= 0 && found.includes(word) ? word : '';
}

/** A word of letters that is continued; its end is -1 if it is no such word. */
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

const longest = 'function'.length;

/** Steps behind the keyword that stands at the reader. */
export function take(reading: Reading, keyword: string): void {
  const { text, at } = reading;
  const isWhole = text.startsWith(keyword, at);
  reading.at = isWhole ? reading.joined(at + keyword.length) : joinedWord(reading).end;
  reading.last = reading.at;
}

/** Steps behind a keyword if it is the next thing. */
export function accept(reading: Reading, keyword: string): boolean {
  const code = reading.next();
  if (code !== keyword.charCodeAt(0) || keywordAt(reading, code) !== keyword) return false;
  take(reading, keyword);
  return true;
}

const openers: ReadonlySet<string> = new Set([
  ...['if', 'for', 'while', 'until', 'case', 'select', 'function', 'coproc', '{', '[['],
]);

/** Whether a keyword begins a command of its own; the others end or part one. */
export function opens(keyword: string): boolean {
  return openers.has(keyword);
}
