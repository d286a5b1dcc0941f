/** Quoting in POSIX shells. */

export type Quote = "'" | '"' | undefined;

/**
 * The quotes around an offset in a shell text, read from its start; a substitution in double quotes counts as quoted.
 */
export function quoteAt(text: string, offset: number): Quote {
  let open: Quote;
  for (let at = 0; at < offset; at++) {
    const character = text.charAt(at);
    if (open === "'") {
      if (character === "'") open = undefined;
    } else if (character === '\\') at++;
    else if (open === '"') {
      if (character === '"') open = undefined;
    } else if (character === "'" || character === '"') open = character;
  }
  return open;
}

/** Whether a text ends inside quotes or a substitution, so that a line break is an ordinary character. */
export function hasOpenQuotes(text: string): boolean {
  return quoteAt(text, text.length) !== undefined || /`|\$\(/.test(text);
}

/** Quotes a word for a POSIX shell. */
export function quoteWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
