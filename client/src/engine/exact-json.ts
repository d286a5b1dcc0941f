/** JSON whose large integers keep all their digits: Go writes 64-bit integers, and a double holds only 53 bits of them. */

/** Marks a bigint while it is a string; a null character cannot occur in such text by chance. */
const mark = '\u0000int:';

/** The value of a JSON text; integers that a number cannot hold are bigints. Throws where it is not JSON. */
export function parseExact(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  const marked = text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) =>
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

/** The JSON text of a value that may hold bigints. */
export function stringifyExact(value: unknown, indent?: number): string {
  return JSON.stringify(
    value,
    (_, one: unknown) => (typeof one === 'bigint' ? `${mark}${one}` : one),
    indent,
  ).replace(/"\\u0000int:(-?\d+)"/g, '$1');
}
