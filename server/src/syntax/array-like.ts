/**
 * A quoted text after a bracket, followed by a comma, another quote or the closing bracket. No shell test looks like
 * this.
 */
const quoted = /^\[\s*(?:"[^"]*"|'[^']*')\s*(?:,|\]\s*$|["'])/;
/** Unquoted words, separated by commas. */
const bare = /^\[\s*[\w./:$-]+\s*,[^[\]]*\]$/;

/** Whether a text looks like a JSON array, valid or not. */
export function isArrayLike(text: string): boolean {
  return quoted.test(text) || bare.test(text);
}
