/** `ENV NAME value` as `ENV NAME=value`, with the same value. */
import type { Dockerfile, Pair } from './tree.ts';

/** Names that mean the same in both forms. */
const plainName = /^[\w./-]+$/;

/**
 * The pair with an equals sign, quoted if its value contains whitespace; undefined if it has one already, is on several
 * lines, or if its quotes and escapes would have another meaning.
 */
export function equalsForm({ text, escape }: Dockerfile, pair: Pair): string | undefined {
  const { key, value, span, legacy } = pair;
  if (!legacy || value === undefined || !plainName.test(key.raw)) return undefined;
  if (text.slice(span.start, span.end).includes('\n')) return undefined;
  const newValue = quoted(value.raw, escape);
  return newValue === undefined ? undefined : `${key.raw}=${newValue}`;
}

function quoted(raw: string, escape: string): string | undefined {
  const inQuotes = escape === '\\' ? /^"[^"\\]*(?:\\.[^"\\]*)*"$/ : /^"[^"`]*"$/;
  if (inQuotes.test(raw) || /^'[^']*'$/.test(raw)) return raw;
  if (/["']/.test(raw)) return undefined;
  const isSpaced = /\s/.test(raw);
  // An escaped character means the same with an equals sign, but in double quotes only these two do.
  const escapes = isSpaced ? /\\[\\$]/g : /\\./g;
  const inBackticks = isSpaced ? /`[`$]/g : /`./g;
  if (raw.replace(escape === '\\' ? escapes : inBackticks, '').includes(escape)) return undefined;
  return isSpaced ? `"${raw}"` : raw;
}
