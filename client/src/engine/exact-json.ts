/** JSON with exact 64-bit integers, which Go writes and a double cannot represent. */

/** Marks a bigint in a string; JSON texts do not contain null characters. */
const mark = '\u0000int:';

/** Parses JSON; integers that a number cannot represent become bigints. Throws if the text is not JSON. */
export function parseExact(text: string): unknown {
  // Ids in strings have as many digits, but a number is after a separator.
  if (!/(?:^|[:,[\s])-?\d{16}/.test(text)) return JSON.parse(text);
  const marked = text.replace(
    /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g,
    (token) =>
      /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token))
        ? JSON.stringify(mark + token)
        : token,
  );
  return JSON.parse(marked, (_, value: unknown) => {
    if (typeof value !== 'string' || !value.startsWith(mark)) return value;
    const digits = value.slice(mark.length);
    return /^-?\d+$/.test(digits) ? BigInt(digits) : value;
  });
}

/** The JSON text of a value that can contain bigints. */
export function stringifyExact(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    (_, one: unknown) => (typeof one === 'bigint' ? `${mark}${one}` : one),
    indent,
  ).replace(/"\\u0000int:(-?\d+)"/g, '$1');
}
