/** The headers of a call. Repeated ones are kept apart: a path can contain the comma that Node.js joins them with. */

export type Metadata = ReadonlyMap<string, readonly string[]>;

/** Of the names and values in the order in which they arrived, as the event `stream` of Node.js passes them. */
export function metadataOf(rawHeaders: readonly string[]): Metadata {
  const raw = new Map<string, string[]>();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] ?? '').toLowerCase();
    const values = raw.get(name);
    if (values) values.push(rawHeaders[i + 1] ?? '');
    else raw.set(name, [rawHeaders[i + 1] ?? '']);
  }
  const decoded = new Map<string, readonly string[]>();
  for (const [name, values] of raw) {
    const isEncoded = raw.get(`${name}-encoded`)?.[0] === '1';
    decoded.set(name, values.map(isEncoded ? unescapeQuery : latin1ToUtf8));
  }
  return decoded;
}

/** Newer engines encode values with Go's `url.QueryEscape`. */
function unescapeQuery(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** Older engines send UTF-8, which Node.js decodes as Latin-1. */
function latin1ToUtf8(text: string): string {
  return Buffer.from(text, 'latin1').toString();
}
