/** Writes patterns of ignore files. */

/** A path as a pattern that matches only it. */
export function literalPattern(path: string): string {
  return path
    .replace(/[*?[\]\\]/g, '\\$&')
    .replace(/^[#!]/, '\\$&')
    .replace(/^\s|\s$/g, (space) => (space === '\n' ? '?' : `[${space}]`))
    .replace(/\n/g, '?');
}

/** The text of an ignore file with one more line, in the style of its line breaks. */
export function withPattern(text: string, path: string): string {
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const isEnded = text === '' || text.endsWith('\n');
  return `${text}${isEnded ? '' : lineBreak}${literalPattern(path)}${lineBreak}`;
}
