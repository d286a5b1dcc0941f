/** Characters and words that have no meaning of their own for POSIX shells. */
import { reservedWords } from '../../shell/posix/keywords.ts';

const plain = new Uint8Array(128);
for (const character of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:@%+,=~*?$')
  plain[character.charCodeAt(0)] = 1;

/** The end of a word without quotes, substitutions and escapes; what follows may still belong to the word for a shell. */
export function plainWordEnd(text: string, from: number, end: number): number {
  let at = from;
  // Undefined beyond ASCII.
  while (at < end && plain[text.charCodeAt(at)] === 1) at++;
  return at;
}

const shortest = 'if'.length;
const longest = 'function'.length;

/** Whether a word is reserved where a command may begin. */
export function isReserved(text: string, from: number, to: number): boolean {
  const length = to - from;
  return length >= shortest && length <= longest && reservedWords.has(text.slice(from, to));
}
