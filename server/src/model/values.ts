/** Expands words with known values of variables. */
import { nameEnd } from '../shell/name-end.ts';
import { expand, longestValue, type Expansion } from '../syntax/expand.ts';
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

/** The word without quotes and escapes, with variables expanded; undefined if one is not known. */
export function resolveWord(
  word: Word,
  escape: Dockerfile['escape'],
  lookup: Lookup,
): string | undefined {
  if (word.variables.length === 0) return word.text;
  const simple = simpleValue(word, lookup);
  if (simple !== undefined) return typeof simple === 'object' ? simple.value : undefined;
  const result = expandWithValues(word, escape, lookup);
  if (result === undefined || result.trouble) return undefined;
  // BuildKit expands an unset variable to nothing, but it is meant to be given as a build argument.
  const isMissing = word.variables.some(
    ({ name, operator }) => !operator && result.unset.has(name),
  );
  return isMissing ? undefined : result.text;
}

const CLOSE = 125;

/**
 * The value of a word in which each `$` begins `$NAME` or `${NAME}`, and nothing else has a meaning but double quotes around it;
 * undefined for other words. Most words with variables are such words, and expanding them as the others would take most of the
 * time in which the states of a file are computed.
 */
function simpleValue({ raw, text, quote }: Word, lookup: Lookup): Value | undefined {
  const inner = quote === '"' ? raw.slice(1, -1) : raw;
  // The text differs if there are escapes or further quotes, except for a quote without its pair.
  if (text !== inner || inner.includes('"') || inner.includes("'")) return undefined;
  let value = '';
  let left = longestValue;
  let from = 0;
  for (let at = inner.indexOf('$'); at >= 0; at = inner.indexOf('$', from)) {
    const isBraced = inner[at + 1] === '{';
    const start = isBraced ? at + 2 : at + 1;
    const end = nameEnd(inner, start);
    const next = inner.charCodeAt(end);
    // Letters beyond ASCII may belong to a name.
    if (end === start || (isBraced ? next !== CLOSE : next > 127)) return undefined;
    const found = lookup(inner.slice(start, end));
    if (typeof found === 'string' || (left -= found.value.length) < 0) return 'unknown';
    value += inner.slice(from, at) + found.value;
    from = isBraced ? end + 1 : end;
  }
  value += inner.slice(from);
  return value.length > longestValue ? 'unknown' : { value };
}
