/** Control sequences of terminals in the output of programs (ECMA-48). */

/**
 * CSI with its parameters and the rest; strings such as titles and links up to their end, at most to that of the line; and short
 * sequences.
 */
export const controlSequences =
  /\u001b\[([0-?]*)([ -/]*[@-~])|\u001b[\]PX^_][^\u0007\u001b\r\n]*(?:\u0007|\u001b\\)?|\u001b[ -/]*[0-~]/g;

/** The text without control sequences; single control characters stay. */
export function withoutSequences(text: string): string {
  return text.replace(controlSequences, '');
}

/** The text with the sequences that set colors, and without all others, which move the cursor or change the terminal. */
export function withColorsOnly(text: string): string {
  return text.replace(controlSequences, (found, _parameters: unknown, rest: unknown) =>
    rest === 'm' ? found : '',
  );
}

/** The text without control sequences and control characters; tabs and ends of lines stay. */
export function plainText(text: string): string {
  return withoutSequences(text).replace(/[\0-\u0008\u000b-\u001f\u007f-\u009f]/g, '');
}
