/** Quoting in POSIX shells. */

export type Quote = "'" | '"' | undefined;

/**
 * Returns a function for the quotes around an offset in a shell text, for offsets that never decrease. A
 * substitution in double quotes counts as quoted.
 */
export function quotesIn(text: string): (offset: number) => Quote {
  let open: Quote;
  let at = 0;
  return (offset) => {
    for (; at < offset; at++) {
      const character = text.charAt(at);
      if (open === "'") {
        if (character === "'") open = undefined;
      } else if (character === '\\') at++;
      else if (open === '"') {
        if (character === '"') open = undefined;
      } else if (character === "'" || character === '"') open = character;
    }
    return open;
  };
}

/** Whether one of some lines ends inside quotes or a substitution, so that its line break is an ordinary character. */
export function isBrokenInQuotes(lines: readonly string[], separator: string): boolean {
  const text = lines.join(separator);
  if (/`|\$\(/.test(text)) return true;
  const quotes = quotesIn(text);
  let end = -separator.length;
  return lines.some((line) => quotes((end += separator.length + line.length)) !== undefined);
}

/** Quotes a word for a POSIX shell. */
export function quoteWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
