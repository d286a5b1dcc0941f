/** What a word stands for where the values of its variables are known. */
import { expand, type Expansion } from '../syntax/expand.ts';
import type { Dockerfile, Word } from '../syntax/tree.ts';

/** `unset` is a build argument without default: it may be given, but a default behind `:-` holds until then. */
export type Value = { readonly value: string } | 'unset' | 'unknown';
export type Lookup = (name: string) => Value;

/** Longer values are nobody's, and can double with each line: `ENV A=$A$A`. */
const longest = 4096;

/**
 * What BuildKit makes of a word where no build argument is given: what is not set is empty. Undefined where a variable
 * in it is not known.
 */
export function expansion(
  word: Word,
  escape: Dockerfile['escape'],
  lookup: Lookup,
): Expansion | undefined {
  const seen = { known: true, length: 0 };
  const made = expand(
    word.raw,
    (name) => {
      const found = lookup(name);
      if (found === 'unset') return undefined;
      const value = found === 'unknown' ? '' : found.value;
      seen.length += value.length;
      seen.known &&= found !== 'unknown' && seen.length <= longest;
      return seen.known ? value : '';
    },
    escape,
  );
  return seen.known && made.text.length <= longest ? made : undefined;
}

/** The word with quotes and escapes taken off and variables put in; undefined where one is not known. */
export function resolved(
  word: Word,
  escape: Dockerfile['escape'],
  lookup: Lookup,
): string | undefined {
  if (word.variables.length === 0) return word.text;
  const made = expansion(word, escape, lookup);
  if (made === undefined || made.trouble) return undefined;
  // BuildKit puts nothing for what is not set; whoever wrote it means to give it.
  const missing = word.variables.some(({ name, operator }) => !operator && made.unset.has(name));
  return missing ? undefined : made.text;
}
