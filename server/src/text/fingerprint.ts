/**
 * A quick look that tells which words a text does not have. With two hundred rules, most of which look for a word that
 * hardly any file has, one pass over a text and a few bits for each word are much cheaper than a search for each.
 */

/** How many hashes of three characters in a row there are. Files of some kB have a tenth of them. */
const size = 1 << 15;
const mask = size - 1;

/**
 * The groups of three characters that a text has, by hash; letters count in either case. There is one table for all
 * texts, which belongs to the text that was looked at last: files are linted one after the other, and what is written
 * for one of them counts for no other, as each has its own sign.
 */
const table = new Uint8Array(size);
let sign = 0;
let owner: Fingerprint | undefined;

export interface Fingerprint {
  readonly text: string;
  readonly isAscii: boolean;
}

/** A word to look for, as the bits that it must have: made once, asked of many texts. */
export type Marks = readonly number[];

/** One pass over the text. */
export function fingerprint(text: string): Fingerprint {
  const made = { text, isAscii: write(text) };
  owner = made;
  return made;
}

/** Puts a text into the table; whether it is ASCII throughout. */
function write(text: string): boolean {
  sign = (sign % 255) + 1;
  if (sign === 1) table.fill(0);
  let hash = 0;
  let all = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    all |= code;
    hash = next(hash, code);
    table[hash] = sign;
  }
  return all < 128;
}

/** Of a word of three characters or more; a shorter one has no marks, and every text may have it. */
export function marksOf(word: string): Marks {
  const marks: number[] = [];
  let hash = 0;
  for (let i = 0; i < word.length; i++) {
    hash = next(hash, word.charCodeAt(i));
    if (i >= 2) marks.push(hash);
  }
  return marks;
}

/** False where the text can have none of the words, in whatever case. True tells nothing. */
export function mayHave(print: Fingerprint, words: readonly Marks[]): boolean {
  if (owner !== print) {
    write(print.text);
    owner = print;
  }
  for (const marks of words) if (mayHaveOne(marks)) return true;
  return false;
}

function mayHaveOne(marks: Marks): boolean {
  for (const mark of marks) if (table[mark] !== sign) return false;
  return true;
}

/** Of several words. */
export function anyOf(...words: readonly string[]): readonly Marks[] {
  return words.map(marksOf);
}

/** The oldest of three characters is shifted out; the bit by which letters differ in case is set. */
function next(hash: number, code: number): number {
  return ((hash << 5) ^ (code | 32)) & mask;
}
