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

/** A word to look for, as the hashes that it must have: computed once and compared with many texts. */
export type WordHashes = readonly number[];

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

/** The hashes of a word of three characters or more. A shorter word has none, and every text may contain it. */
export function hashesOf(word: string): WordHashes {
  const hashes: number[] = [];
  let hash = 0;
  for (let i = 0; i < word.length; i++) {
    hash = next(hash, word.charCodeAt(i));
    if (i >= 2) hashes.push(hash);
  }
  return hashes;
}

/** False if the text contains none of the words, in any case. True means that it may contain one. */
export function mayContain(print: Fingerprint, words: readonly WordHashes[]): boolean {
  if (owner !== print) {
    write(print.text);
    owner = print;
  }
  for (let i = 0; i < words.length; i++) if (mayContainWord(words[i] ?? none)) return true;
  return false;
}

const none: WordHashes = [];

function mayContainWord(hashes: WordHashes): boolean {
  for (let i = 0; i < hashes.length; i++) if (table[hashes[i] ?? 0] !== stamp) return false;
  return true;
}

/** The hashes of several words. */
export function wordHashes(...words: readonly string[]): readonly WordHashes[] {
  return words.map(hashesOf);
}

/** The oldest of three characters is shifted out; the bit that distinguishes uppercase from lowercase is set. */
function next(hash: number, code: number): number {
  return ((hash << 5) ^ (code | 32)) & mask;
}
