/**
 * Paths in containers as text. In a container a name is any bytes except `/` and null. Text that is UTF-8 stands for itself; each
 * byte that is not part of valid UTF-8 becomes a character of a private range, so that every name has one text of valid Unicode,
 * which can be in a URI and in JSON, and different names never have the same text.
 */

/** The byte 0x80 is U+F780, and so on to U+F7FF. */
const escapeBase = 0xf700;

const escaped = /[\uf780-\uf7ff]/;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of a name or path. */
export function textOfBytes(bytes: Uint8Array): string {
  try {
    const text = strict.decode(bytes);
    if (!escaped.test(text)) return text;
  } catch {
    // Not UTF-8.
  }
  return textOfParts(Buffer.from(bytes));
}

/** The bytes of a name or path. */
export function bytesOfText(text: string): Buffer {
  if (!escaped.test(text)) return Buffer.from(text);
  return Buffer.concat(
    Array.from(text, (character) =>
      escaped.test(character)
        ? Buffer.from([character.charCodeAt(0) - escapeBase])
        : Buffer.from(character),
    ),
  );
}

/** Whether the bytes of the text are the text in UTF-8. */
export function isPlainText(text: string): boolean {
  return !escaped.test(text);
}

/** Character by character, with an escape for each byte that does not fit. */
function textOfParts(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const length = lengthOfCharacter(bytes[at] ?? 0);
    const part = bytes.subarray(at, at + length);
    const character = length === 0 ? undefined : decodedOrUndefined(part);
    if (character === undefined || part.length < length || escaped.test(character)) {
      text += String.fromCharCode(escapeBase + (bytes[at] ?? 0));
      at += 1;
    } else {
      text += character;
      at += length;
    }
  }
  return text;
}

/** Bytes of the character that starts with this byte; 0 if none does. */
function lengthOfCharacter(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc2) return 0;
  if (first < 0xe0) return 2;
  if (first < 0xf0) return 3;
  return first < 0xf5 ? 4 : 0;
}

function decodedOrUndefined(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The name or path as it can be shown: control characters, those that change the direction, and other bytes as escapes. */
export function displayName(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\uf780-\uf7ff\ufeff]/g,
    (character) => {
      const code = character.charCodeAt(0);
      if (escaped.test(character)) return `\\x${(code - escapeBase).toString(16)}`;
      const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
      return short ?? `\\u${code.toString(16).padStart(4, '0')}`;
    },
  );
}

/** Joins a directory and a name. */
export function joinPath(directory: string, name: string): string {
  return directory.endsWith('/') ? `${directory}${name}` : `${directory}/${name}`;
}

/** The directory that contains the path; that of `/` is `/`. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}

/** The last part of the path; that of `/` is empty. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The absolute path without empty parts and `.`; `..` leads to the parent, as in a path without links. */
export function normalizePath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Whether the path is the directory or below it. */
export function isWithin(path: string, directory: string): boolean {
  return directory === '/' || path === directory || path.startsWith(`${directory}/`);
}
