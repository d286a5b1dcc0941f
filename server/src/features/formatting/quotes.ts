/** Finds out where a line of a POSIX shell is in quotes or in a substitution. */

const closers: Readonly<Record<string, string>> = {
  "'": "'",
  "$'": "'",
  '"': '"',
  '`': '`',
  '$(': ')',
  '${': '}',
  '(': ')',
};

/**
 * A walker over a script: for increasing offsets, says whether whitespace there is insignificant. It does not parse
 * the grammar and, in doubt, treats whitespace as significant.
 */
export function quoteWalker(text: string): (upTo: number) => boolean {
  const open: string[] = [];
  let at = 0;
  return (upTo) => {
    while (at < upTo) at += step(text, at, open);
    // An escape that extends past the place makes its first whitespace an ordinary character.
    return at === upTo && open.every((one) => one === '(');
  };
}

/** Reads one token and returns its length. */
function step(text: string, at: number, open: string[]): number {
  const inside = open.at(-1);
  const character = text.charAt(at);
  if (inside === "'") {
    if (character === "'") open.pop();
    return 1;
  }
  if (character === '\\') return 2;
  if (inside !== undefined && closers[inside] === character) {
    open.pop();
    return 1;
  }
  if (inside === "$'") return 1;
  const opened = openerAt(text, at, inside);
  if (opened === undefined) return 1;
  open.push(opened);
  return opened.length;
}

/** The opening token at an offset; in double quotes and braces, fewer tokens are recognized. */
function openerAt(text: string, at: number, inside: string | undefined): string | undefined {
  const character = text.charAt(at);
  const pair = text.slice(at, at + 2);
  if (pair === '$(' || pair === '${') return pair;
  if (character === '`') return character;
  if (inside === '"') return undefined;
  if (pair === "$'" || character === "'" || character === '"')
    return pair === "$'" ? pair : character;
  return character === '(' && inside !== '${' ? character : undefined;
}
