/**
 * Packets that describe the entries of a build context, as protobufjs would encode them: it takes most of the time of a build
 * in which nothing has changed.
 */
import type { ContextEntry } from '../../build-context/entry.ts';
import { headBytes, writeHead } from '../grpc/frames.ts';
import { goModes } from './packets.ts';
import { varintBytes, writeVarint, writeVarint64 } from './varint.ts';

/** Bytes of a packet without its path and the target of its link. */
const fixedBytes = headBytes + 9 * (1 + varintBytes);

export interface Described {
  readonly entry: ContextEntry;
  /** The name under which the same file was listed before. */
  readonly hardLink: string | Buffer | undefined;
}

/** At least the bytes that a packet needs. */
export function statRoom({ entry, hardLink }: Described): number {
  const { path, rawPath, target } = entry;
  // A character of a text has at most three bytes.
  const texts = 3 * (path.length + (hardLink?.length ?? 0));
  return fixedBytes + texts + (rawPath?.length ?? 0) + (target?.length ?? 0);
}

/**
 * Writes the packet with its head; returns the offset after it. The owner of a local file must not affect the build cache, so
 * it is left out.
 */
export function writeStat(buffer: Buffer, at: number, { entry, hardLink }: Described): number {
  const { path, rawPath, kind, stats, target } = entry;
  // Most descriptions are so short that one byte says their length.
  const start = at + headBytes + 2;
  let next = writeBytes(buffer, start, { tag: 0x0a, bytes: rawPath ?? path });
  const mode = goMode(entry);
  if (mode > 0) {
    buffer[next] = 0x10;
    next = writeVarint(buffer, next + 1, mode);
  }
  if (kind === 'file' && hardLink === undefined && stats.size > 0n) {
    buffer[next] = 0x28;
    next = writeVarint64(buffer, next + 1, stats.size);
  }
  if (stats.mtimeNs !== 0n) {
    buffer[next] = 0x30;
    next = writeVarint64(buffer, next + 1, stats.mtimeNs);
  }
  const link = hardLink ?? target;
  if (link !== undefined) next = writeBytes(buffer, next, { tag: 0x3a, bytes: link });
  if (kind === 'block-device' || kind === 'character-device')
    next = writeDevice(buffer, next, stats.rdev);
  // The field `stat` of Packet; its type is 0.
  next = putLength(buffer, start, next);
  buffer[at + headBytes] = 0x12;
  writeHead(buffer, at, next - at - headBytes);
  return next;
}

/** Writes a field of text or bytes with its length. */
function writeBytes(
  buffer: Buffer,
  at: number,
  { tag, bytes }: { readonly tag: number; readonly bytes: string | Buffer },
): number {
  buffer[at] = tag;
  const start = at + 2;
  const length = typeof bytes === 'string' ? buffer.write(bytes, start) : bytes.copy(buffer, start);
  return putLength(buffer, start, start + length);
}

/** Writes the length of the bytes from `start` to `end` before them, where one byte is left for it; returns the new end. */
function putLength(buffer: Buffer, start: number, end: number): number {
  const length = end - start;
  const more = length < 0x80 ? 0 : length < 0x4000 ? 1 : 2;
  if (more > 0) buffer.copyWithin(start + more, start, end);
  writeVarint(buffer, start - 1, length);
  return end + more;
}

const kindModes: Readonly<Record<ContextEntry['kind'], number>> = {
  file: 0,
  directory: goModes.directory,
  link: goModes.link,
  fifo: goModes.fifo,
  // The docker CLI sends sockets as empty files.
  socket: 0,
  'block-device': goModes.device,
  'character-device': goModes.device + goModes.characterDevice,
};

function goMode({ kind, stats }: ContextEntry): number {
  const mode = Number(stats.mode);
  // As the docker CLI on Windows, which has no such permissions.
  const permissions =
    process.platform === 'win32' ? ((mode & 0o777) | 0o111) & 0o755 : mode & 0o777;
  return (
    kindModes[kind] +
    permissions +
    (mode & 0o4000 ? goModes.setuid : 0) +
    (mode & 0o2000 ? goModes.setgid : 0) +
    (mode & 0o1000 ? goModes.sticky : 0)
  );
}

/** The numbers of a device, as Linux packs them into one number. */
function writeDevice(buffer: Buffer, at: number, device: bigint): number {
  const major = Number((device >> 8n) & 0xfffn);
  const minor = Number((device & 0xffn) | ((device >> 12n) & 0xfff00n));
  let next = at;
  for (const [tag, value] of [
    [0x40, major],
    [0x48, minor],
  ] as const) {
    if (value === 0) continue;
    buffer[next] = tag;
    next = writeVarint(buffer, next + 1, value);
  }
  return next;
}
