/** Packets of FileSync and FileSend (github.com/tonistiigi/fsutil, types/wire.proto). */
import type { ContextEntry } from '../../build-context/entry.ts';
import { frame, headBytes, writeHead } from '../grpc/frames.ts';
import { encode, int64, type Packet, type Stat } from '../messages.ts';

export const packets = { stat: 0, request: 1, data: 2, end: 3, error: 4 } as const;

/** Modes as Go has them (io/fs.FileMode). */
export const goModes = {
  directory: 0x80000000,
  link: 0x08000000,
  device: 0x04000000,
  fifo: 0x02000000,
  setuid: 0x00800000,
  setgid: 0x00400000,
  characterDevice: 0x00200000,
  sticky: 0x00100000,
} as const;

export function packet(content: Packet): Buffer {
  return frame(encode('Packet', content));
}

/** The properties of an entry. The owner of a local file must not affect the build cache, so it is left out. */
export function statOf(entry: ContextEntry, hardLink: string | Buffer | undefined): Stat {
  const { path, rawPath, kind, stats, target } = entry;
  const link = hardLink ?? target;
  const isDevice = kind === 'block-device' || kind === 'character-device';
  return {
    path: rawPath ?? Buffer.from(path),
    mode: goMode(entry),
    ...(kind === 'file' && hardLink === undefined && { size: int64(stats.size) }),
    modTime: int64(stats.mtimeNs),
    ...(link !== undefined && { linkname: Buffer.from(link) }),
    ...(isDevice && deviceNumbers(stats.rdev)),
  };
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

/** As Linux packs them into one number. */
function deviceNumbers(device: bigint): Pick<Stat, 'devmajor' | 'devminor'> {
  return {
    devmajor: Number((device >> 8n) & 0xfffn),
    devminor: Number((device & 0xffn) | ((device >> 12n) & 0xfff00n)),
  };
}

/** Bytes before the content of a data packet in its buffer. */
export const dataRoom = 32;

/** A buffer for a data packet with this number of bytes, which begin at `dataRoom`. */
export function dataBuffer(length: number): Buffer {
  return Buffer.allocUnsafe(dataRoom + length);
}

/** The packet whose content is in the buffer already; large contents are not copied. */
export function dataPacket(id: number, buffer: Buffer, length: number): Buffer {
  // The fields `type`, `ID` and `data` of Packet.
  const fields = [0x08, packets.data, ...(id === 0 ? [] : [0x18, ...varint(id)])];
  if (length > 0) fields.push(0x22, ...varint(length));
  const start = dataRoom - fields.length;
  buffer.set(fields, start);
  writeHead(buffer, start - headBytes, fields.length + length);
  return buffer.subarray(start - headBytes, dataRoom + length);
}

function varint(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 0x80);
  return [...bytes, rest];
}
