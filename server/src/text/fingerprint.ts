/**
 * A quick look that tells which words a text does not have. With two hundred rules, most of which look for a word that
 * hardly any file has, one pass over a text and a few bits for each word are much cheaper than a search for each.
 */

/** Bits of a fingerprint: one for each hash of three characters in a row. Files of some kB fill a tenth of them. */
const size = 1 << 15;
const mask = size - 1;

/** The groups of three characters that a text has, by hash; letters count in either case. */
export interface Fingerprint {
  readonly bits: Uint32Array;
  readonly isAscii: boolean;
}

/** A word to look for, as the bits that it must have: made once, asked of many texts. */
export type Marks = readonly number[];

/** One pass over the text. */
export function fingerprint(text: string): Fingerprint {
  const bits = new Uint32Array(size >> 5);
  let hash = 0;
  let all = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    all |= code;
    hash = next(hash, code);
    const at = hash >> 5;
    bits[at] = (bits[at] ?? 0) | (1 << (hash & 31));
  }
  return { bits, isAscii: all < 128 };
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
export function mayHave({ bits }: Fingerprint, words: readonly Marks[]): boolean {
  for (const marks of words) if (mayHaveOne(bits, marks)) return true;
  return false;
}

function mayHaveOne(bits: Uint32Array, marks: Marks): boolean {
  for (const mark of marks) if (((bits[mark >> 5] ?? 0) & (1 << (mark & 31))) === 0) return false;
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
