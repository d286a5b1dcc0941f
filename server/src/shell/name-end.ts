/** Names of variables, which are compared character by character: a search would make a list of what it finds. */

/** Where the name that begins at an index ends; the index itself if none does. */
export function nameEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && isPart(text.charCodeAt(at), at > start)) at++;
  return at;
}

function isPart(code: number, afterFirst: boolean): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    (afterFirst && code >= 48 && code <= 57)
  );
}
