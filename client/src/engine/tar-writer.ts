/** Creates tar streams in the POSIX format, with extended headers only for values that do not fit into the plain one. */
import { t } from '@vscode/l10n';
import { EngineError } from './errors.ts';
import type { TarEntry } from './tar-entry.ts';
import { attributePrefix } from './tar-headers.ts';

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
  const header = {
    kind: entry.kind,
    mode: entry.mode,
    name: Buffer.from(entry.nameBytes ?? entry.name).toString('latin1'),
    link: Buffer.from(entry.linkTargetBytes ?? entry.linkTarget ?? '').toString('latin1'),
    size: entry.kind === 'file' ? entry.size : 0,
    user: entry.user ?? 0,
    group: entry.group ?? 0,
    modified: Math.floor((entry.modified?.getTime() ?? Date.now()) / 1000),
    records: exactTimeOf(entry) + attributeRecords(entry),
  };
  const target = Buffer.allocUnsafe(longestHeader(header));
  return target.subarray(0, writeHeader(target, 0, header));
}

/** Milliseconds are the precision of a `Date`. */
function exactTimeOf({ exactTime, modified }: TarEntry): string {
  if (exactTime !== true || modified === undefined) return '';
  return recordOf('mtime', (modified.getTime() / 1000).toFixed(3));
}

/** The extended attributes of the entry, as they are in an extended header. */
export function attributeRecords({ attributes }: TarEntry): string {
  let records = '';
  for (const [name, value] of attributes ?? [])
    records += recordOf(Buffer.from(attributePrefix + name).toString('latin1'), Buffer.from(value).toString('latin1')); // prettier-ignore
  return records;
}

/** The values of a header. Texts have one character for each byte. */
export interface TarHeader {
  readonly kind: TarEntry['kind'];
  /** Unix permission bits, with setuid, setgid and sticky. */
  readonly mode: number;
  /** Without the trailing slash of a directory. */
  readonly name: string;
  readonly link: string;
  /** Bytes of the content that follows. */
  readonly size: number;
  readonly user: number;
  readonly group: number;
  /** Seconds since 1970. */
  readonly modified: number;
  /** Further records of the extended header. */
  readonly records?: string;
}

/** How many bytes `writeHeader` needs at most. */
export function longestHeader({ name, link, records = '' }: TarHeader): number {
  return 3 * blockSize + name.length + link.length + records.length + 256;
}

/** Writes the header, after an extended header if one is needed; returns the number of bytes. */
export function writeHeader(target: Buffer, at: number, header: TarHeader): number {
  const plain = plainOf(header);
  const { mtime } = plain;
  const records = extendedRecords(plain) + (header.records ?? '');
  let end = at;
  if (records !== '') {
    const time = fitsDigits(mtime, digits.mtime) ? mtime : 0;
    const about = { mode: 0o644, link: '', uid: 0, gid: 0, mtime: time };
    writeBlock(target, end, { ...about, type: 'x', path: 'extended', size: records.length });
    end += blockSize;
    target.write(records, end, 'latin1');
    target.fill(0, end + records.length, end + records.length + paddingAfter(records.length));
    end += records.length + paddingAfter(records.length);
  }
  writeBlock(target, end, plain);
  return end + blockSize - at;
}

/** Whether the entry has no extended header, which some programs do not read. */
export function isPlainEntry(header: TarHeader): boolean {
  return extendedRecords(plainOf(header)) === '';
}

function plainOf({ kind, mode, name, link, size, user, group, modified }: TarHeader): PlainHeader {
  const path = kind === 'directory' ? `${name}/` : name;
  return { type: types[kind], mode, path, link, size, uid: user, gid: group, mtime: modified };
}

/** Values that the plain header cannot hold; empty for most entries. */
function extendedRecords({ path, link, size, uid, gid, mtime }: PlainHeader): string {
  let records = '';
  if (!fitsPath(path)) records += recordOf('path', path);
  if (!fitsField(link)) records += recordOf('linkpath', link);
  if (!fitsDigits(size, digits.size)) records += recordOf('size', String(size));
  if (!fitsDigits(uid, digits.uid)) records += recordOf('uid', String(uid));
  if (!fitsDigits(gid, digits.gid)) records += recordOf('gid', String(gid));
  if (!fitsDigits(mtime, digits.mtime)) records += recordOf('mtime', String(mtime));
  return records;
}

const types = { file: '0', hardlink: '1', link: '2', directory: '5', other: '6' } as const;

/** Octal digits of the fields. */
const digits = { size: 11, uid: 7, gid: 7, mtime: 11 } as const;

function fitsDigits(value: number, count: number): boolean {
  return value >= 0 && value < 8 ** count;
}

/**
 * The first part of a longer path, which has a field of its own; undefined if the path cannot be split at a slash. An extended
 * header would need two more blocks, which takes longer to send and to read.
 */
function prefixOf(path: string): string | undefined {
  if (path.length <= nameSize) return '';
  const end = path.indexOf('/', path.length - nameSize - 1);
  return end > 0 && end <= prefixSize && end < path.length - 1 ? path.slice(0, end) : undefined;
}

/** Bytes of the fields for a path. */
const nameSize = 100;
const prefixSize = 155;

/** Whether a path fits into its two fields. */
function fitsPath(path: string): boolean {
  return (path.length <= nameSize || prefixOf(path) !== undefined) && !/[^\0-\x7f]/.test(path);
}

/** Names that are not ASCII go into an extended header, which does not depend on a character set. */
function fitsField(text: string): boolean {
  return text.length <= 100 && !/[^\0-\x7f]/.test(text);
}

/** `LENGTH KEY=VALUE\n`, where the length includes its own digits. */
function recordOf(name: string, value: string): string {
  const rest = name.length + value.length + 3;
  let length = rest + String(rest).length;
  if (String(length).length !== String(rest).length) length = rest + String(length).length;
  return `${length} ${name}=${value}\n`;
}

interface PlainHeader {
  readonly type: string;
  readonly mode: number;
  readonly path: string;
  readonly link: string;
  readonly size: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtime: number;
}

/** What all headers have in common; the checksum counts as spaces. */
const emptyBlock = Buffer.alloc(blockSize);
emptyBlock.write('ustar\x0000', 257, 'latin1');
emptyBlock.fill('0', 329, 336);
emptyBlock.fill('0', 337, 344);
emptyBlock.fill(' ', 148, 156);

const sumOfEmpty = emptyBlock.reduce((sum, byte) => sum + byte, 0);

/** Values that do not fit are cut here, because the extended header has them. */
function writeBlock(target: Buffer, start: number, header: PlainHeader): void {
  target.set(emptyBlock, start);
  const prefix = prefixOf(header.path) ?? '';
  const name = prefix === '' ? header.path : header.path.slice(prefix.length + 1);
  const nameEnd = start + target.write(name, start, nameSize, 'latin1');
  writeOctal(target, header.mode & 0o7777, [start + 100, 7]);
  writeOctal(target, header.uid, [start + 108, digits.uid]);
  writeOctal(target, header.gid, [start + 116, digits.gid]);
  writeOctal(target, header.size, [start + 124, digits.size]);
  writeOctal(target, header.mtime, [start + 136, digits.mtime]);
  target[start + 156] = header.type.charCodeAt(0);
  const linkSize = header.link === '' ? 0 : target.write(header.link, start + 157, 100, 'latin1');
  const prefixEnd = start + 345 + (prefix === '' ? 0 : target.write(prefix, start + 345, prefixSize, 'latin1')); // prettier-ignore
  // Only what was written: most of a header is empty.
  const sum =
    sumOfEmpty +
    sumOf(target, start, nameEnd) +
    sumOf(target, start + 100, start + 148) +
    sumOf(target, start + 156, start + 157 + linkSize) +
    sumOf(target, start + 345, prefixEnd);
  writeOctal(target, sum, [start + 148, 6]);
  target[start + 154] = 0;
}

function sumOf(bytes: Buffer, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at < to; at++) sum += bytes[at] ?? 0;
  return sum;
}

/** By digits, because a header has six numbers. */
function writeOctal(target: Buffer, value: number, [at, count]: readonly [number, number]): void {
  let rest = fitsDigits(value, count) ? value : 0;
  for (let place = at + count - 1; place >= at; place--) {
    target[place] = 0x30 + (rest % 8);
    rest = Math.floor(rest / 8);
  }
}
