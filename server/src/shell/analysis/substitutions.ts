/** The unquoted command substitutions of a word. */
import type { Span } from '../../text/span.ts';

/** The ranges of `$(…)` and backticks in a word whose output is split, without arithmetic. */
export function unquotedSubstitutions(raw: string): readonly Span[] {
  const found: Span[] = [];
  let inQuotes = false;
  for (let i = 0; i < raw.length; i++) {
    const char = raw[i];
    if (char === '\\') i++;
    else if (char === '"') inQuotes = !inQuotes;
    else if (char === "'" && !inQuotes) i = closingIndex(raw, i);
    else if (char === '`' || raw.startsWith('$(', i)) {
      const end = char === '`' ? closingIndex(raw, i) : closingParenthesis(raw, i + 1);
      const isArithmetic = raw.startsWith('$((', i);
      if (!inQuotes && !isArithmetic) found.push({ start: i, end: end + 1 });
      i = end;
    }
  }
  return found;
}

/** The index of the next same character, or of the last character if there is none. */
function closingIndex(raw: string, from: number): number {
  for (let i = from + 1; i < raw.length; i++) {
    if (raw[i] === '\\' && raw[from] === '`') i++;
    else if (raw[i] === raw[from]) return i;
  }
  return raw.length - 1;
}

/** The index of the closing parenthesis; quoted parentheses do not count. */
function closingParenthesis(raw: string, from: number): number {
  let depth = 0;
  for (let i = from; i < raw.length; i++) {
    const char = raw[i];
    if (char === '\\') i++;
    else if (char === '"' || char === "'" || char === '`') i = closingIndex(raw, i);
    else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return i;
  }
  return raw.length - 1;
}
