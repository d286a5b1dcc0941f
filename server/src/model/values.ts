/** What a word stands for where the values of its variables are known. */
import { expand, type Expansion } from '../syntax/expand.ts';
import type { Dockerfile, Word } from '../syntax/tree.ts';

/** `unset` is a build argument without default: it may be given, but a default behind `:-` holds until then. */
export type Value = { readonly value: string } | 'unset' | 'unknown';
export type Lookup = (name: string) => Value;

/**
 * What BuildKit makes of a word where no build argument is given: what is not set is empty. Undefined where a variable
 * in it is not known, and where the value would be too long. This is the one expansion with the one limit: it is used
 * wherever a word is expanded.
 */
export function expansion(
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
