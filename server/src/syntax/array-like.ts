/** A text in quotes behind a bracket, and then what parts it from another or ends it all: no test of a shell is so. */
const quoted = /^\[\s*(?:"[^"]*"|'[^']*')\s*(?:,|\]\s*$|["'])/;
/** Words without quotes, parted by commas. */
const bare = /^\[\s*[\w./:$-]+\s*,[^[\]]*\]$/;

/** Whether a text is meant as a JSON array, as well or badly as it is written. */
export function isArrayLike(text: string): boolean {
  return quoted.test(text) || bare.test(text);
}
