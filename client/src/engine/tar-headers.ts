/** Headers of tar archives: POSIX, GNU and the format before both. Everything in them is untrusted. */
import { isUtf8 } from 'node:buffer';
import { t } from '@vscode/l10n';
import { EngineError } from './errors.ts';
import type { TarEntry } from './tar-entry.ts';

export const blockSize = 512;
/** Names and other values before an entry may have this many bytes. */
const longestExtension = 1 << 20;

export function truncated(): EngineError {
  return new EngineError('failed', t('The archive from the engine is incomplete'));
}

export function damaged(): EngineError {
  return new EngineError('failed', t('The archive from the engine is damaged'));
}

const zeros = Buffer.alloc(blockSize);

/** Whether the block, or what there is of it, is the end of an archive. */
export function isZero(block: Buffer): boolean {
  return (block[0] ?? 0) === 0 && block.equals(zeros.subarray(0, block.length));
}

/** Bytes after a content of this size, up to a whole block. */
export function paddingAfter(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize;
}

/** Bytes of the values that replace those of the next entry; undefined if the header is that of an entry. */
export function extensionSize({ type, size }: Header): number | undefined {
  if (!'xgLK'.includes(type)) return undefined;
  if (!(size >= 0 && size <= longestExtension)) throw damaged();
  return size;
}

export interface Header {
  readonly name: Buffer;
  readonly linkName: Buffer;
  readonly type: string;
  readonly mode: number;
  readonly user: number;
  readonly group: number;
  readonly size: number;
  readonly modified: number;
}

const noBytes = Buffer.alloc(0);
const hasOtherThanAscii = /[^\0-\x7f]/;

/** Throws EngineError if the block is not a header. */
export function parseHeader(block: Buffer): Header {
  if (!hasChecksum(block)) throw damaged();
  const name = text(block, 0, 100);
  const hasPrefix = block[345] !== 0 && block.toString('latin1', 257, 263) === 'ustar\0';
  return {
    name: hasPrefix ? Buffer.concat([text(block, 345, 155), Buffer.from('/'), name]) : name,
    linkName: block[157] === 0 ? noBytes : text(block, 157, 100),
    type: String.fromCharCode(block[156] ?? 0),
    mode: numberAt(block, 100, 8),
    user: numberAt(block, 108, 8),
    group: numberAt(block, 116, 8),
    size: numberAt(block, 124, 12),
    modified: numberAt(block, 136, 12),
  };
}

/** Old programs added the bytes as signed numbers. */
function hasChecksum(block: Buffer): boolean {
  let sum = 8 * 32;
  let negative = 0;
  for (let at = 0; at < blockSize; at++) {
    const byte = block[at] ?? 0;
    sum += byte;
    negative += byte >> 7;
  }
  for (let at = 148; at < 156; at++) {
    const byte = block[at] ?? 0;
    sum -= byte;
    negative -= byte >> 7;
  }
  const expected = numberAt(block, 148, 8);
  return expected === sum || expected === sum - negative * 0x100;
}

/** The bytes before the first null byte. */
function text(block: Buffer, at: number, length: number): Buffer {
  const field = block.subarray(at, at + length);
  const end = field.indexOf(0);
  return end < 0 ? field : field.subarray(0, end);
}

/** Octal digits, or a binary number if the first bit is set. */
function numberAt(block: Buffer, at: number, length: number): number {
  const first = block[at] ?? 0;
  if (first < 0x80) return octalAt(block, at, at + length);
  const field = block.subarray(at, at + length);
  // A negative number is the complement of one less.
  const isNegative = (first & 0x40) !== 0;
  const flip = isNegative ? 0xff : 0;
  const bits = (first ^ flip) & 0x3f;
  const number = field.subarray(1).reduce((sum, byte) => sum * 256 + (byte ^ flip), bits);
  return isNegative ? -number - 1 : number;
}

/** Digits between spaces or null bytes; no digits are 0. */
function octalAt(block: Buffer, from: number, end: number): number {
  let at = from;
  while (at < end && isBlank(block[at])) at++;
  let number = 0;
  for (; at < end; at++) {
    const digit = (block[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 7) break;
    number = number * 8 + digit;
  }
  while (at < end && isBlank(block[at])) at++;
  if (at < end) throw damaged();
  return number;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0;
}

/** What comes before an entry and replaces values of its header. */
export interface Extension {
  readonly path?: Buffer;
  readonly linkpath?: Buffer;
  readonly size?: number;
  readonly mtime?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly attributes?: ReadonlyMap<string, Uint8Array>;
  /** Whether the content is in a format that only GNU tar reads. */
  readonly isSparse?: boolean;
}

/** The values that come before an entry. */
export function parseExtension({ type, size }: Header, bytes: Buffer): Extension {
  const value = text(bytes, 0, size);
  if (type === 'L') return { path: value };
  if (type === 'K') return { linkpath: value };
  // The engine does not write values for all entries, and what they would mean for names is not safe.
  return type === 'x' ? parseRecords(bytes) : {};
}

/** Records of the form `LENGTH KEY=VALUE\n`. */
function parseRecords(bytes: Buffer): Extension {
  const found = new Map<string, Buffer>();
  let at = 0;
  while (at < bytes.length && bytes[at] !== 0) {
    const space = bytes.indexOf(0x20, at);
    const digits = bytes.toString('latin1', at, Math.max(at, Math.min(space, at + 10)));
    const end = at + Number(digits);
    if (!/^[1-9][0-9]*$/.test(digits) || end > bytes.length || bytes[end - 1] !== 0x0a)
      throw damaged();
    const equals = bytes.indexOf(0x3d, space);
    if (equals < 0 || equals >= end) throw damaged();
    found.set(bytes.toString('latin1', space + 1, equals), bytes.subarray(equals + 1, end - 1));
    at = end;
  }
  const [path, linkpath] = [found.get('path'), found.get('linkpath')];
  if (path?.includes(0) === true || linkpath?.includes(0) === true) throw damaged();
  return {
    ...(path !== undefined && path.length > 0 && { path }),
    ...(linkpath !== undefined && linkpath.length > 0 && { linkpath }),
    ...numbersOf(found),
    ...attributesOf(found),
    ...([...found.keys()].some((key) => key.startsWith('GNU.sparse.')) && { isSparse: true }),
  };
}

/** Extended attributes, in the records that star and the engine write. */
function attributesOf(records: ReadonlyMap<string, Buffer>): Extension {
  const found = [...records].flatMap(([key, value]) =>
    // Copied, because a part of a chunk would keep the whole chunk in memory.
    key.startsWith(attributePrefix)
      ? [[key.slice(attributePrefix.length), Buffer.from(value)] as const]
      : [],
  );
  return found.length === 0 ? {} : { attributes: new Map(found) };
}

/** Before the name of an extended attribute. */
export const attributePrefix = 'SCHILY.xattr.';

function numbersOf(records: ReadonlyMap<string, Buffer>): Extension {
  const numbers = ['size', 'mtime', 'uid', 'gid'].flatMap((key) => {
    const value = records.get(key)?.toString('latin1');
    if (value === undefined || value === '') return [];
    if (!/^-?[0-9]{1,30}(?:\.[0-9]{0,30})?$/.test(value)) throw damaged();
    return [[key, Number(value)] as const];
  });
  return Object.fromEntries(numbers);
}

/** The entry, and how many bytes of content follow its header. */
export function toEntry(
  header: Header,
  extension: Extension,
): { readonly entry: TarEntry; readonly bytes: number } {
  const size = extension.size ?? header.size;
  if (!Number.isSafeInteger(size) || size < 0) throw damaged();
  const name = extension.path ?? header.name;
  const link = extension.linkpath ?? header.linkName;
  const kind = extension.isSparse === true ? 'other' : kindOf(header.type, name);
  const modified = new Date(Math.floor((extension.mtime ?? header.modified) * 1000));
  const nameBytes = withoutSlashes(name);
  // Assigned one after another: an archive can have a hundred thousand entries.
  const entry: Mutable<TarEntry> = {
    name: textOf(nameBytes),
    kind,
    mode: header.mode & 0o7777,
    size: kind === 'file' ? size : 0,
    user: extension.uid ?? header.user,
    group: extension.gid ?? header.group,
  };
  if (!Number.isNaN(modified.getTime())) entry.modified = modified;
  // Copied, because a part of a chunk would keep the whole chunk in memory.
  if (!isUtf8(nameBytes)) entry.nameBytes = Buffer.from(nameBytes);
  if (link.length > 0) {
    entry.linkTarget = textOf(link);
    if (!isUtf8(link)) entry.linkTargetBytes = Buffer.from(link);
  }
  if (extension.attributes) entry.attributes = extension.attributes;
  // Links, devices and directories have no content, whatever their header says.
  return { entry, bytes: /[1-6]/.test(header.type) ? 0 : size };
}

function kindOf(type: string, name: Buffer): TarEntry['kind'] {
  // Before directories had a type of their own, their name ended with a slash.
  if ((type === '0' || type === '\0') && name.at(-1) === 0x2f) return 'directory';
  return kinds[type] ?? 'other';
}

const kinds: Readonly<Record<string, TarEntry['kind']>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '1': 'hardlink',
  '2': 'link',
  '5': 'directory',
};

function withoutSlashes(name: Buffer): Buffer {
  let end = name.length;
  while (end > 1 && name[end - 1] === 0x2f) end--;
  return name.subarray(0, end);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Bytes that are not UTF-8 become replacement characters. */
function textOf(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  return hasOtherThanAscii.test(text) ? bytes.toString() : text;
}
