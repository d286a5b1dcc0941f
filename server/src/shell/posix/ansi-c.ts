/** The value of `$'…'`. */

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1B'],
  ['E', '\x1B'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['?', '?'],
  ['\n', ''],
]);

/** One escape of any kind; adjacent bytes are decoded together. */
const escape =
  /((?:\\x[\dA-Fa-f]{1,2}|\\[0-7]{1,3})+)|\\u([\dA-Fa-f]{1,4})|\\U([\dA-Fa-f]{1,8})|\\c(\\\\|[^])|\\([^])/g;

/** The value of the text between the quotes. As in bash, it ends at a null character. */
export function decodeAnsiC(text: string): string {
  if (!text.includes('\\')) return text;
  const value = text.replace(
    escape,
    (
      all: string,
      bytes?: string,
      short?: string,
      long?: string,
      control?: string,
      character?: string,
    ) => {
      if (bytes !== undefined) return decodeBytes(bytes);
      if (control !== undefined) return decodeControl(control);
      if (character !== undefined) return simpleEscapes.get(character) ?? all;
      const point = parseInt(short ?? long ?? '', 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : all;
    },
  );
  const end = value.indexOf('\0');
  return end < 0 ? value : value.slice(0, end);
}

function decodeControl(operand: string): string {
  return operand === '?' ? '\x7F' : String.fromCharCode(operand.charCodeAt(0) & 31);
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function decodeBytes(written: string): string {
  const bytes = [...written.matchAll(/\\x([\dA-Fa-f]+)|\\([0-7]+)/g)].map(([, hex, octal]) =>
    hex === undefined ? parseInt(octal ?? '', 8) & 255 : parseInt(hex, 16),
  );
  return utf8.decode(new Uint8Array(bytes));
}
