/** Splits a script into words and separators, without building a tree. */

export type TokenKind = 'end' | 'line' | 'redirect' | 'word';

/** Quoted parts, parameters and other characters of a word. An escaped line break ends it. */
const wordPattern =
  /(?:\\(?![ \t]*\r?\n)[^]|`(?![ \t]*\r?\n)|"(?:[^"\\]|\\[^])*"?|'[^']*'?|\$\{[^}]*\}?|\$\(|[^\s\\`"';|&()<>])+/y;
const breakPattern = /[\\`][ \t]*\r?\n/y;
const redirectPattern = /[<>]+[&-]?/y;

/** Calls a function with every word and separator of a part of a text. Time is linear. */
export function scan(
  text: string,
  { from, to }: { readonly from: number; readonly to: number },
  visit: (kind: TokenKind, start: number, end: number) => void,
): void {
  // A quoted part must not reach beyond the end.
  const part = to < text.length ? text.slice(0, to) : text;
  let atBreak = false;
  for (let at = from; at < to;) {
    const character = part.charCodeAt(at);
    if (character === SPACE || character === TAB || character === RETURN) at++;
    else if (character === HASH && (at === from || isSpace(part.charCodeAt(at - 1)))) {
      const end = part.indexOf('\n', at);
      // A comment that fills a line does not end a command.
      at = end < 0 ? to : atBreak ? end + 1 : end;
    } else if (character === NEWLINE) {
      if (!atBreak) visit('line', at, at + 1);
      at++;
    } else if (isSeparator(character)) {
      const twice = part.charCodeAt(at + 1) === character;
      visit('end', at, at + (twice ? 2 : 1));
      at += twice ? 2 : 1;
      atBreak = false;
    } else {
      const end = tokenEnd(part, at, character, visit);
      atBreak = end < 0;
      at = Math.abs(end);
    }
  }
}

const [TAB, NEWLINE, RETURN, SPACE, HASH] = [9, 10, 13, 32, 35];

function isSpace(code: number): boolean {
  return code === SPACE || code === TAB || code === NEWLINE || code === RETURN;
}

/** `&`, `(`, `)`, `;`, `|`. */
function isSeparator(code: number): boolean {
  return code === 38 || code === 40 || code === 41 || code === 59 || code === 124;
}

/** The end of a redirection or word; negative after an escaped line break. */
function tokenEnd(
  text: string,
  at: number,
  character: number,
  visit: (kind: TokenKind, start: number, end: number) => void,
): number {
  breakPattern.lastIndex = at;
  if ((character === 92 || character === 96) && breakPattern.test(text))
    return -breakPattern.lastIndex;
  const [kind, pattern]: [TokenKind, RegExp] =
    character === 60 || character === 62 ? ['redirect', redirectPattern] : ['word', wordPattern];
  pattern.lastIndex = at;
  const end = pattern.test(text) ? pattern.lastIndex : at + 1;
  visit(kind, at, end);
  return end;
}
