/** Character codes, and classes of characters with a meaning in scripts. */

export const TAB = 9;
export const NEWLINE = 10;
export const SPACE = 32;
export const BANG = 33;
export const DOUBLE_QUOTE = 34;
export const HASH = 35;
export const DOLLAR = 36;
export const AMPERSAND = 38;
export const QUOTE = 39;
export const OPEN_PAREN = 40;
export const CLOSE_PAREN = 41;
export const STAR = 42;
export const PLUS = 43;
export const DASH = 45;
export const SEMICOLON = 59;
export const LESS = 60;
export const EQUALS = 61;
export const GREATER = 62;
export const QUESTION = 63;
export const AT = 64;
export const OPEN_BRACKET = 91;
export const BACKSLASH = 92;
export const CLOSE_BRACKET = 93;
export const CARET = 94;
export const BACKTICK = 96;
export const OPEN_BRACE = 123;
export const PIPE = 124;
export const CLOSE_BRACE = 125;
export const TILDE = 126;

/** Ends a word. */
export const wordBreak = 1;
/** Has a special meaning in a word. */
export const special = 2;
/** May begin a name. */
export const letter = 4;
export const digit = 8;
/** Comes before the parenthesis of an extended pattern. */
export const patternPrefix = 16;
/** Is a parameter of one character. */
export const specialParameter = 32;
/** Has a special meaning in double quotes. */
export const specialInQuotes = 64;
/** Has a special meaning between braces that may be a list. */
export const specialInBraces = 128;
/** May begin a redirect. */
export const redirectStart = 256;
/** May begin a keyword. */
export const keywordStart = 512;
/** After the letters and digits that a command begins with: it may begin with an assignment, a redirect or a keyword. */
export const unusual = 1024;
/** Continues a word, although it usually ends one, if certain characters are around it. */
export const mayContinueWord = 2048;

const classes = new Uint16Array(128);

function addClass(characters: string, kind: number): void {
  for (let i = 0; i < characters.length; i++) {
    const code = characters.charCodeAt(i);
    classes[code] = (classes[code] ?? 0) | kind;
  }
}

addClass('|&;()<> \t\n', wordBreak);
addClass('\\\'"$`{', special);
addClass('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_', letter);
addClass('0123456789', digit);
addClass('?@*+!', patternPrefix);
addClass('@*#?-$!', specialParameter);
addClass('"\\$`', specialInQuotes);
addClass(',.}', specialInBraces);
addClass('<>&{0123456789', redirectStart);
addClass('itefwudcs{}![]', keywordStart);
addClass('=+[]{}!\\<>&', unusual);
addClass('(<>', mayContinueWord);

/** The classes of a character as bits; 0 for characters beyond ASCII and for -1. */
export function kindsOf(code: number): number {
  return code >= 0 && code < 128 ? (classes[code] as number) : 0;
}
