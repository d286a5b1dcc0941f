/**
 * A quick check for words that a text does not contain. With two hundred rules, most of which look for a word that
 * hardly any file contains, one pass over a text and a few bits per word are much cheaper than a search for each word.
 */

/** The number of hashes of three consecutive characters. Files of some kB use a tenth of them. */
const size = 1 << 15;
const mask = size - 1;

/**
 * The groups of three characters that a text contains, by hash; case is ignored. There is one table for all texts, and
 * it belongs to the text that was checked last: files are linted one after the other, and the entries of each text have
 * a stamp of their own, so that entries of other texts do not count.
 */
const table = new Uint8Array(size);
let stamp = 0;
let owner: Fingerprint | undefined;

export interface Fingerprint {
  readonly text: string;
  readonly isAscii: boolean;
}

/**
 * Words to look for, computed once and compared with many texts: for each word, the number of hashes that a text with this
 * word must have, and these hashes. In one list of numbers, because hundreds of words are looked for in every text, and
 * lists of their own would be in as many places of the memory.
 */
export type WordHashes = Uint16Array;

/** Computes the fingerprint in one pass over the text. */
export function fingerprint(text: string): Fingerprint {
  const print = { text, isAscii: write(text) };
  owner = print;
  return print;
}

/** Writes a text into the table; returns whether it contains only ASCII characters. */
function write(text: string): boolean {
  stamp = (stamp % 255) + 1;
  if (stamp === 1) table.fill(0);
  let hash = 0;
  let all = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    all |= code;
    hash = next(hash, code);
    table[hash] = stamp;
  }
  return all < 128;
}

/** The hashes of several words. A word of less than three characters has none, and every text may contain it. */
export function wordHashes(...words: readonly string[]): WordHashes {
  return Uint16Array.from(words.flatMap(hashesOf));
}

/** The number of hashes of a word, and the hashes. */
function hashesOf(word: string): readonly number[] {
  const hashes: number[] = [];
  let hash = 0;
  for (let i = 0; i < word.length; i++) {
    hash = next(hash, word.charCodeAt(i));
    if (i >= 2) hashes.push(hash);
  }
  return [hashes.length, ...hashes];
}

/**
 * False if the text contains none of the words, in any case. True means that it may contain one. Only the words between two
 * places in the list are looked for, if they are given.
 */
export function mayContain(
  print: Fingerprint,
  words: WordHashes,
  start = 0,
  end = words.length,
): boolean {
  if (owner !== print) {
    write(print.text);
    owner = print;
  }
  let at = start;
  while (at < end) {
    const after = at + 1 + (words[at] ?? 0);
    at++;
    while (at < after && table[words[at] ?? 0] === stamp) at++;
    if (at === after) return true;
    at = after;
  }
  return false;
}

/** The oldest of three characters is shifted out; the bit that distinguishes uppercase from lowercase is set. */
function next(hash: number, code: number): number {
  return ((hash << 5) ^ (code | 32)) & mask;
}
