/**
 * Names and paths as byte strings: one character for each byte, so that a name that is not UTF-8 keeps its bytes, and compares
 * and joins like any text.
 */

/** Each character is a byte. */
export type ByteString = string;

const hasOtherThanAscii = /[^\0-\x7f]/;

export function toByteString(text: string): ByteString {
  return hasOtherThanAscii.test(text) ? Buffer.from(text).toString('latin1') : text;
}

/** The text; bytes that are not UTF-8 become replacement characters. */
export function textOf(bytes: ByteString): string {
  return hasOtherThanAscii.test(bytes) ? Buffer.from(bytes, 'latin1').toString() : bytes;
}

/** Whether the bytes are UTF-8. */
export function isUtf8(bytes: ByteString): boolean {
  return !hasOtherThanAscii.test(bytes) || toByteString(textOf(bytes)) === bytes;
}

/** The path for `node:fs`. Only Linux has names that are not UTF-8; elsewhere a buffer would not be a long path. */
export function fsPath(bytes: ByteString): string | Buffer {
  if (!hasOtherThanAscii.test(bytes)) return bytes;
  return process.platform === 'linux' ? Buffer.from(bytes, 'latin1') : textOf(bytes);
}
