/** Texts from files and their names, as they can be printed: a terminal would carry out the commands that they contain. */

/** Control characters, and those that change the direction of the text. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;
const unprintableExceptLines =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** In one line. */
export function printable(text: string): string {
  return text.replace(unprintable, '\ufffd');
}

/** With its line breaks. */
export function printableLines(text: string): string {
  return text.replace(unprintableExceptLines, '\ufffd');
}

/** JSON without characters that a terminal understands as commands; `JSON.stringify` escapes only the ones below 32. */
export function printableJson(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
