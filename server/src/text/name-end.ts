/** Names of variables, which are compared character by character: a search would make a list of what it finds. */

/** Where the name that begins at an index ends; the index itself if none does. */
export function nameEnd(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const lower = code | 32;
    const isLetter = (lower >= 97 && lower <= 122) || code === 95;
    if (!isLetter && (at === start || code < 48 || code > 57)) break;
  }
  return at;
}
