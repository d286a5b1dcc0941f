/** Creates tar streams in the POSIX format, with extended headers only for values that do not fit into the plain one. */
import { t } from '@vscode/l10n';
import { EngineError } from './errors.ts';
import type { TarEntry } from './tar-entry.ts';

const blockSize = 512;

/** Creates a tar stream. Entries are read only as fast as the stream is. Rejects if the content of a file is not `size` bytes. */
export async function* packTar(
  entries: AsyncIterable<TarEntry> | Iterable<TarEntry>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const entry of entries) {
    yield headerOf(entry);
    if (entry.kind !== 'file') continue;
    let written = 0;
    for await (const chunk of entry.content?.() ?? []) {
      written += chunk.length;
      if (written > entry.size) break;
      yield chunk;
    }
    if (written !== entry.size)
      throw new EngineError('failed', t('{0} changed while it was being read', entry.name));
    if (entry.size % blockSize !== 0) yield Buffer.alloc(paddingAfter(entry.size));
  }
  yield Buffer.alloc(2 * blockSize);
}

function paddingAfter(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize;
}

/** The header, after an extended header if one is needed. */
function headerOf(entry: TarEntry): Buffer {
  const slash = entry.kind === 'directory' ? '/' : '';
  const path = Buffer.concat([Buffer.from(entry.nameBytes ?? entry.name), Buffer.from(slash)]);
  const link = Buffer.from(entry.linkTargetBytes ?? entry.linkTarget ?? '');
  const values = {
    size: entry.kind === 'file' ? entry.size : 0,
    uid: entry.user ?? 0,
    gid: entry.group ?? 0,
    mtime: Math.floor((entry.modified?.getTime() ?? Date.now()) / 1000),
  };
  const extended = [
    ...(fitsField(path) ? [] : [recordOf('path', path)]),
    ...(fitsField(link) ? [] : [recordOf('linkpath', link)]),
    ...Object.entries(values).flatMap(([name, value]) =>
      fitsDigits(value, digits[name as keyof typeof digits])
        ? []
        : [recordOf(name, Buffer.from(String(value)))],
    ),
    ...exactTimeOf(entry),
    ...Array.from(entry.attributes ?? [], ([name, value]) =>
      recordOf(`SCHILY.xattr.${name}`, Buffer.from(value)),
    ),
  ];
  const plain = { type: types[entry.kind], mode: entry.mode, path, link, ...values };
  if (extended.length === 0) return block(plain);
  const records = Buffer.concat(extended);
  const mtime = fitsDigits(values.mtime, digits.mtime) ? values.mtime : 0;
  const about = { mode: 0o644, link: Buffer.alloc(0), uid: 0, gid: 0, mtime };
  const head = { ...about, type: 'x', path: Buffer.from('extended'), size: records.length };
  return Buffer.concat([block(head), records, Buffer.alloc(paddingAfter(records.length)), block(plain)]); // prettier-ignore
}

/** Milliseconds are the precision of a `Date`. */
function exactTimeOf({ exactTime, modified }: TarEntry): readonly Buffer[] {
  if (exactTime !== true || modified === undefined) return [];
  return [recordOf('mtime', Buffer.from((modified.getTime() / 1000).toFixed(3)))];
}

const types = { file: '0', hardlink: '1', link: '2', directory: '5', other: '6' } as const;

/** Octal digits of the fields. */
const digits = { size: 11, uid: 7, gid: 7, mtime: 11 } as const;

function fitsDigits(value: number, count: number): boolean {
  return value >= 0 && value < 8 ** count;
}

/** Names that are not ASCII go into an extended header, which does not depend on a character set. */
function fitsField(bytes: Buffer): boolean {
  return bytes.length <= 100 && bytes.every((byte) => byte < 0x80);
}

/** `LENGTH KEY=VALUE\n`, where the length includes its own digits. */
function recordOf(name: string, value: Buffer): Buffer {
  const rest = Buffer.byteLength(name) + value.length + 3;
  let length = rest + String(rest).length;
  if (String(length).length !== String(rest).length) length = rest + String(length).length;
  return Buffer.concat([Buffer.from(`${length} ${name}=`), value, Buffer.from('\n')]);
}

interface PlainHeader {
  readonly type: string;
  readonly mode: number;
  readonly path: Buffer;
  readonly link: Buffer;
  readonly size: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtime: number;
}

/** Values that do not fit are cut here, because the extended header has them. */
function block({ type, mode, path, link, size, uid, gid, mtime }: PlainHeader): Buffer {
  const header = Buffer.alloc(blockSize);
  path.copy(header, 0, 0, 100);
  writeOctal(header, mode & 0o7777, [100, 7]);
  writeOctal(header, uid, [108, digits.uid]);
  writeOctal(header, gid, [116, digits.gid]);
  writeOctal(header, size, [124, digits.size]);
  writeOctal(header, mtime, [136, digits.mtime]);
  header.write(type, 156);
  link.copy(header, 157, 0, 100);
  header.write('ustar\x0000', 257, 'latin1');
  writeOctal(header, 0, [329, 7]);
  writeOctal(header, 0, [337, 7]);
  header.write(' '.repeat(8), 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

function writeOctal(header: Buffer, value: number, [at, count]: readonly [number, number]): void {
  const text = fitsDigits(value, count) ? value.toString(8) : '0';
  header.write(text.padStart(count, '0'), at, 'latin1');
}
