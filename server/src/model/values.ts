/** Expands words with known values of variables. */
import { expand, type Expansion } from '../syntax/expand.ts';
import type { Dockerfile, Word } from '../syntax/tree.ts';

/** `unset` is a build argument without a default: until it is given, a default after `:-` applies. */
export type Value = { readonly value: string } | 'unset' | 'unknown';
export type Lookup = (name: string) => Value;

/**
 * What BuildKit makes of a word where no build argument is given: what is not set is empty. Undefined where a variable
 * in it is not known, and where the value would be too long. This is the one expansion with the one limit: it is used
 * wherever a word is expanded.
 */
export function expandWithValues(
  word: Word,
  escape: Dockerfile['escape'],
  lookup: Lookup,
): Expansion | undefined {
  const seen = { known: true };
  const made = expand(
    word.raw,
    (name) => {
      const found = lookup(name);
      if (found === 'unset') return undefined;
      if (found !== 'unknown') return found.value;
      seen.known = false;
      return '';
    },
    escape,
  );
  return seen.known ? made : undefined;
}

/** The word with its variables expanded, without quotes and escapes; undefined if one of them is not known. */
export function resolveWord(
  word: Word,
  escape: Dockerfile['escape'],
  lookup: Lookup,
): string | undefined {
  const result = expandWithValues(word, escape, lookup);
  if (result === undefined || result.trouble) return undefined;
  // BuildKit expands an unset variable to nothing, but it is meant to be given as a build argument.
  const { unset } = result;
  const isMissing =
    unset.size > 0 && word.variables.some(({ name, operator }) => !operator && unset.has(name));
  return isMissing ? undefined : result.text;
}
