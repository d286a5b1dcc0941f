/** Builds tar archives byte by byte for tests, also invalid ones; independent of the program's own writer. */

export interface RawEntry {
  /** One character for each byte. */
  readonly name: string;
  /** The character in the header; `0` is a file. */
  readonly type?: string;
  readonly link?: string;
  readonly mode?: number;
  readonly content?: string;
  /** The size in the header, if it differs from that of the content. */
  readonly size?: number | string;
  readonly mtime?: string;
  readonly magic?: string;
  readonly prefix?: string;
  readonly checksum?: string;
}

/** The header and the content of an entry, in whole blocks. */
export function rawEntry(entry: RawEntry): Buffer {
  const { name, type = '0', link = '', mode = 0o644, content = '', magic = 'ustar\x0000' } = entry;
  const { size = content.length, mtime = '00000000000', prefix = '' } = entry;
  const header = Buffer.alloc(512);
  const put = (text: string, at: number, length: number): void => {
    header.write(text.slice(0, length), at, 'latin1');
  };
  put(name, 0, 100);
  put(mode.toString(8).padStart(7, '0'), 100, 8);
  put('0000000', 108, 8);
  put('0000000', 116, 8);
  put(typeof size === 'string' ? size : size.toString(8).padStart(11, '0'), 124, 12);
  put(mtime, 136, 12);
  put(type, 156, 1);
  put(link, 157, 100);
  put(magic, 257, 8);
  put(prefix, 345, 155);
  put(entry.checksum ?? checksumOf(header), 148, 8);
  return Buffer.concat([header, padded(Buffer.from(content, 'latin1'))]);
}

/** The field as it must be for the other bytes of the header. */
export function checksumOf(header: Buffer): string {
  let sum = 8 * 32;
  for (let at = 0; at < 512; at++) if (at < 148 || at >= 156) sum += header[at] ?? 0;
  return `${sum.toString(8).padStart(6, '0')}\0 `;
}

function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

/** An extended header with these records before the next entry. */
export function extendedHeader(records: Readonly<Record<string, string>>, type = 'x'): Buffer {
  const lines = Object.entries(records).map(([key, value]) => {
    const rest = key.length + value.length + 3;
    const length = [1, 2, 3, 4, 5, 6, 7].find((digits) => String(rest + digits).length === digits);
    return `${rest + (length ?? 0)} ${key}=${value}\n`;
  });
  return rawEntry({ name: 'extended', type, content: lines.join('') });
}

/** An archive with its end. */
export function rawArchive(...entries: readonly (RawEntry | Buffer)[]): Buffer {
  const blocks = entries.map((entry) => (Buffer.isBuffer(entry) ? entry : rawEntry(entry)));
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** A stream of the bytes in chunks of this length. */
// eslint-disable-next-line @typescript-eslint/require-await
export async function* inChunks(bytes: Uint8Array, length = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}
