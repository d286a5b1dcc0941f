/** Quotes of POSIX shells: where text stands in them, and how a word is put into them. */

export type Quote = "'" | '"' | undefined;

/** The quotes that a place in a shell text lies in, read from the start; a substitution in double quotes counts as these. */
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

/** Whether a text ends within quotes or a substitution, so that a line break there is one more character. */
export function openQuotes(text: string): boolean {
  return quoteAt(text, text.length) !== undefined || /`|\$\(/.test(text);
}

/** A word that a POSIX shell reads as exactly this text. */
export function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
