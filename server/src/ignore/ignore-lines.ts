/** The patterns in the text of an ignore file, as `ignorefile.ReadAll` of moby/patternmatcher reads it. */
import { cleanPath } from '../text/path.ts';

/** Go's bufio.Scanner rejects a file with a line of this number of bytes. */
const tooLong = 64 * 1024;

/** Undefined if a line is too long for Docker, which then rejects the file. */
export function ignorePatterns(text: string): readonly string[] | undefined {
  const patterns: string[] = [];
  for (const line of text.replace(/^\ufeff/, '').split('\n')) {
    if (isTooLong(line)) return undefined;
    if (line.startsWith('#')) continue;
    const pattern = trimSpace(line);
    if (pattern === '') continue;
    const isException = pattern.startsWith('!');
    const path = isException ? trimSpace(pattern.slice(1)) : pattern;
    patterns.push(`${isException ? '!' : ''}${path === '' ? '' : relative(cleanPath(path))}`);
  }
  return patterns;
}

function isTooLong(line: string): boolean {
  // A UTF-16 code unit is at most three bytes of UTF-8.
  return line.length * 3 >= tooLong && new TextEncoder().encode(line).length >= tooLong;
}

function relative(path: string): string {
  return path.length > 1 && path.startsWith('/') ? path.slice(1) : path;
}

/** The characters that Go's `unicode.IsSpace` accepts, which are not those of JavaScript. */
const space =
  '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000';

/** As Go's `strings.TrimSpace`. */
export function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && space.includes(text.charAt(start))) start++;
  while (end > start && space.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
