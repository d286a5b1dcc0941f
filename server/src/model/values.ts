/** Expands words with known values of variables. */
import { expand, type Expansion } from '../syntax/expand.ts';
import type { Dockerfile, Word } from '../syntax/tree.ts';

/** `unset` is a build argument without a default: until it is given, a default after `:-` applies. */
export type Value = { readonly value: string } | 'unset' | 'unknown';
export type Lookup = (name: string) => Value;

/** Longer values are treated as unknown, because they can double with each line: `ENV A=$A$A`. */
const maxLength = 4096;

/**
 * The word as BuildKit expands it without build arguments: variables that are not set are empty. Undefined if a
 * variable in it is not known.
 */
export function expandWithValues(
  word: Word,
  escape: Dockerfile['escape'],
  lookup: Lookup,
): Expansion | undefined {
  const seen = { known: true, length: 0 };
  const result = expand(
    word.raw,
    (name) => {
      const found = lookup(name);
      if (found === 'unset') return undefined;
      const value = found === 'unknown' ? '' : found.value;
      seen.length += value.length;
      seen.known &&= found !== 'unknown' && seen.length <= maxLength;
      return seen.known ? value : '';
    },
    escape,
  );
  return seen.known && result.text.length <= maxLength ? result : undefined;
}

/** The word without quotes and escapes, with variables expanded; undefined if one is not known. */
export function resolveWord(
  word: Word,
  escape: Dockerfile['escape'],
  lookup: Lookup,
): string | undefined {
  if (word.variables.length === 0) return word.text;
  const result = expandWithValues(word, escape, lookup);
  if (result === undefined || result.trouble) return undefined;
  // BuildKit expands an unset variable to nothing, but it is meant to be given as a build argument.
  const isMissing = word.variables.some(
    ({ name, operator }) => !operator && result.unset.has(name),
  );
  return isMissing ? undefined : result.text;
}
