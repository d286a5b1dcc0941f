/** Control sequences of terminals in the output of steps (ECMA-48). */

const sequence = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])/g;

/** The text without control sequences. */
export function withoutEscapes(text: string): string {
  return text.replace(sequence, '');
}

/** The text with the sequences that set colors, and without all others, which move the cursor or change the terminal. */
export function withColorsOnly(text: string): string {
  return text.replace(sequence, (found) => (/^\x1b\[[\d;:]*m$/.test(found) ? found : ''));
}
