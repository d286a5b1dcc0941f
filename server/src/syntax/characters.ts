/** Codes of the characters that have a meaning in Dockerfiles. */
export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const SPACE = 32;
export const DOUBLE_QUOTE = 34;
export const HASH = 35;
export const DOLLAR = 36;
export const SINGLE_QUOTE = 39;
export const COMMA = 44;
export const DASH = 45;
export const LESS = 60;
export const EQUALS = 61;
export const BRACKET = 91;
export const BACKSLASH = 92;
export const CLOSE_BRACKET = 93;

/** Whitespace as in Go's `unicode.IsSpace`, which BuildKit trims. */
export function isSpace(code: number): boolean {
  if (code <= SPACE) return code === SPACE || (code >= TAB && code <= CR);
  if (code < 0x85) return false;
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** Whitespace that separates words: BuildKit's `[\t\v\f\r ]`. */
export function isDelimiter(code: number): boolean {
  return code === SPACE || code === TAB || (code >= 11 && code <= CR);
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
