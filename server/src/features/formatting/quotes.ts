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

/** What is open at a place. */
interface Open {
  readonly all: string[];
  /** How many of them are not a mere `(`. */
  significant: number;
}

/** Where whitespace is insignificant: nowhere, outside quotes, or in a substitution that is not in other quotes itself. */
export type Freedom = 'none' | 'outside' | 'substitution';

/**
 * A walker over a script: for increasing offsets, says whether whitespace there is insignificant. It does not parse
 * the grammar and, in doubt, treats whitespace as significant. Scripts of heredocs have comments, in which quotes are
 * ordinary characters; those of other instructions are without them.
 */
export function quoteWalker(text: string, hasComments = false): (upTo: number) => Freedom {
  const open: Open = { all: [], significant: 0 };
  let at = 0;
  return (upTo) => {
    while (at < upTo) at += (hasComments && commentLength(text, at, open)) || step(text, at, open);
    // An escape that extends past the place makes its first whitespace an ordinary character.
    if (at !== upTo) return 'none';
    if (open.significant === 0) return 'outside';
    return open.all.at(-1) === '$(' ? 'substitution' : 'none';
  };
}

/** The length of a comment at a place, up to the end of its line; 0 if there is none. */
function commentLength(text: string, at: number, { all }: Open): number {
  if (text.charAt(at) !== '#' || (at > 0 && !/[\s;|&()]/.test(text.charAt(at - 1)))) return 0;
  const inside = all.at(-1);
  if (inside !== undefined && inside !== '$(' && inside !== '(') return 0;
  const end = text.indexOf('\n', at);
  return (end < 0 ? text.length : end) - at;
}

/** Characters that may open or close something, or escape. */
const signs = new Set(Array.from(`'"\`$(){}\\`, (sign) => sign.charCodeAt(0)));

/** Reads one token and returns its length. */
function step(text: string, at: number, open: Open): number {
  if (!signs.has(text.charCodeAt(at))) return 1;
  const inside = open.all.at(-1);
  const character = text.charAt(at);
  if (inside === "'") {
    if (character === "'") close(open);
    return 1;
  }
  if (character === '\\') return 2;
  if (inside !== undefined && closers[inside] === character) {
    close(open);
    return 1;
  }
  if (inside === "$'") return 1;
  const opened = openerAt(text, at, inside);
  if (opened === undefined) return 1;
  open.all.push(opened);
  if (opened !== '(') open.significant++;
  return opened.length;
}

function close(open: Open): void {
  if (open.all.pop() !== '(') open.significant--;
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
