/** Where a word as written runs a command outside of quotes. */
import type { Span } from '../../text/span.ts';

/** Places of `$(…)` and of back-ticks in a word whose output is split; not those of arithmetic. */
export function openSubstitutions(raw: string): readonly Span[] {
  const found: Span[] = [];
  let inQuotes = false;
  for (let i = 0; i < raw.length; i++) {
    const char = raw[i];
    if (char === '\\') i++;
    else if (char === '"') inQuotes = !inQuotes;
    else if (char === "'" && !inQuotes) i = closing(raw, i);
    else if (char === '`' || raw.startsWith('$(', i)) {
      const end = char === '`' ? closing(raw, i) : closingParenthesis(raw, i + 1);
      const isArithmetic = raw.startsWith('$((', i);
      if (!inQuotes && !isArithmetic) found.push({ start: i, end: end + 1 });
      i = end;
    }
  }
  return found;
}

/** The next of the same sign; the end where there is none. */
function closing(raw: string, from: number): number {
  for (let i = from + 1; i < raw.length; i++) {
    if (raw[i] === '\\' && raw[from] === '`') i++;
    else if (raw[i] === raw[from]) return i;
  }
  return raw.length - 1;
}

/** The parenthesis that closes one; what is in quotes counts for nothing. */
function closingParenthesis(raw: string, from: number): number {
  let depth = 0;
  for (let i = from; i < raw.length; i++) {
    const char = raw[i];
    if (char === '\\') i++;
    else if (char === '"' || char === "'" || char === '`') i = closing(raw, i);
    else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return i;
  }
  return raw.length - 1;
}
