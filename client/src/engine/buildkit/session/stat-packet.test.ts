import type { BigIntStats } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ContextEntry, EntryKind } from '../../build-context/entry.ts';
import { headBytes } from '../grpc/frames.ts';
import { decode, encode, int64, type Stat } from '../messages.ts';
import { dataHeadBytes, dataRoom, goModes, packets, requestedId, writeDataHead } from './packets.ts'; // prettier-ignore
import { statRoom, writeStat, type Described } from './stat-packet.ts';

interface Properties {
  readonly path: string | Buffer;
  readonly kind: EntryKind;
  readonly mode: number;
  readonly size: bigint;
  readonly time: bigint;
  readonly target?: Buffer;
  readonly device?: bigint;
  readonly hardLink?: string | Buffer;
}

const file: Properties = { path: 'file', kind: 'file', mode: 0o644, size: 5n, time: 1n };

function described(properties: Properties): Described {
  const { path, kind, mode, size, time, target, device = 0n, hardLink } = properties;
  const stats = { mode: BigInt(mode), size, mtimeNs: time, rdev: device } as BigIntStats;
  const rawPath = typeof path === 'string' ? undefined : path;
  const entry: ContextEntry = { path: path.toString(), rawPath, kind, stats, target };
  return { entry, hardLink };
}

/** The packet as BuildKit receives it, after other bytes in the same buffer. */
function written(properties: Properties): Buffer {
  const one = described(properties);
  const buffer = Buffer.alloc(7 + statRoom(one), 0xff);
  const end = writeStat(buffer, 7, one);
  expect(buffer.readUInt32BE(8)).toBe(end - 7 - headBytes);
  expect(buffer[7]).toBe(0);
  return buffer.subarray(7 + headBytes, end);
}

/** The same by protobufjs. */
function expected({
  path,
  kind,
  mode,
  size,
  time,
  target,
  device = 0n,
  hardLink,
}: Properties): Buffer {
  // prettier-ignore
  const goMode =
    { file: 0, socket: 0, directory: goModes.directory, link: goModes.link, fifo: goModes.fifo, 'block-device': goModes.device, 'character-device': goModes.device + goModes.characterDevice }[kind] + // prettier-ignore
    (mode & 0o777) +
    (mode & 0o4000 && goModes.setuid) +
    (mode & 0o2000 && goModes.setgid) +
    (mode & 0o1000 && goModes.sticky);
  const link = hardLink ?? target;
  const [devmajor, devminor] = device === 0n ? [0, 0] : [8, 1];
  const stat: Stat = {
    path: Buffer.from(path as string),
    ...(goMode > 0 && { mode: goMode }),
    ...(kind === 'file' && hardLink === undefined && size > 0n && { size: int64(size) }),
    ...(time !== 0n && { modTime: int64(time) }),
    ...(link && { linkname: Buffer.from(link as string) }),
    ...(devmajor > 0 && { devmajor, devminor }),
  };
  return encode('Packet', { stat });
}

describe.skipIf(process.platform === 'win32')('the description of an entry', () => {
  test.each<[string, Partial<Properties>]>([
    ['a file', {}],
    ['an empty file', { size: 0n }],
    ['a file without permissions', { mode: 0 }],
    ['a file with all permissions', { mode: 0o7777 }],
    ['a name that is not ASCII', { path: 'ünï/名前/🐳' }],
    ['a name that is not UTF-8', { path: Buffer.from([0x61, 0xff, 0xfe]) }],
    ['a path of 41 bytes, a description of more than 127', { path: 'a'.repeat(41), target: Buffer.alloc(90, 'b'), kind: 'link' }], // prettier-ignore
    ['a path of 127 bytes', { path: 'a'.repeat(127) }],
    ['a path of 128 bytes', { path: 'a'.repeat(128) }],
    ['a path of 127 characters with more bytes', { path: 'ü'.repeat(127) }],
    ['the longest path', { path: 'ü/'.repeat(1365) }],
    ['a path of 20,000 bytes', { path: 'a'.repeat(20_000) }],
    ['a large file', { size: 2n ** 62n }],
    ['a size with 32 bits', { size: 2n ** 32n - 1n }],
    ['a time before 1970', { time: -1n }],
    ['no time', { time: 0n }],
    ['a time with nanoseconds', { time: 1_764_500_000_123_456_789n }],
    ['the last time', { time: 2n ** 63n - 1n }],
    ['a directory', { kind: 'directory', mode: 0o1777, size: 4096n }],
    ['a link', { kind: 'link', target: Buffer.from('../ü'), size: 5n }],
    ['a link to bytes', { kind: 'link', target: Buffer.from([0xff, 0x2f]) }],
    ['a second name of a file', { hardLink: 'a/first' }],
    ['a second name of a file whose first is not UTF-8', { hardLink: Buffer.from([0xfe]) }],
    ['a pipe', { kind: 'fifo' }],
    ['a socket', { kind: 'socket', size: 3n }],
    ['a block device', { kind: 'block-device', device: 0x801n }],
    ['a character device', { kind: 'character-device', device: 0x801n }],
  ])('is what protobufjs writes for %s', (_, properties) => {
    const one = { ...file, ...properties };
    expect(written(one)).toEqual(expected(one));
  });

  test('has room for devices with large numbers', () => {
    const one = { ...file, kind: 'block-device', device: 0xfffffffffffn } as const;
    const { stat } = decode('Packet', written(one));
    expect(stat).toMatchObject({ devmajor: 0xfff, devminor: 0xfffff });
  });
});

describe('the head of a content', () => {
  test.each([0, 1, 127, 128, 20_000, 2 ** 32 - 1])(
    'is what protobufjs writes for the id %j',
    (id) => {
      for (const length of [0, 1, 127, 128, 512 * 1024]) {
        const content = Buffer.alloc(length, 'x');
        const buffer = Buffer.alloc(3 + dataRoom);
        const end = writeDataHead(buffer, 3, { id, length });
        expect(end - 3).toBe(dataHeadBytes(id, length));
        expect(buffer.readUInt32BE(4)).toBe(end + length - 3 - headBytes);
        const message = Buffer.concat([buffer.subarray(3 + headBytes, end), content]);
        expect(message.equals(encode('Packet', { type: packets.data, ...(id > 0 && { ID: id }), ...(length > 0 && { data: content }) }))).toBe(true); // prettier-ignore
      }
    },
  );
});

describe('a request', () => {
  test.each([0, 1, 127, 128, 300, 20_000, 2 ** 31, 2 ** 32 - 1])('names the id %j', (ID) => {
    const request = encode('Packet', { type: packets.request, ...(ID > 0 && { ID }) });
    expect(requestedId(request)).toBe(ID);
  });

  test.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['the end', encode('Packet', { type: packets.end })],
    ['content', encode('Packet', { type: packets.data, ID: 1, data: Buffer.from('x') })],
    ['more after the id', Buffer.from([8, 1, 0x18, 1, 0x18])],
    ['an id that does not end', Buffer.from([8, 1, 0x18, 0xff])],
    ['an id that is too long', Buffer.from([8, 1, 0x18, 0xff, 0xff, 0xff, 0xff, 0xff, 1])],
    ['an id that is too large', Buffer.from([8, 1, 0x18, 0xff, 0xff, 0xff, 0xff, 0x7f])],
    ['another field', Buffer.from([8, 1, 0x22, 1])],
  ])('is not %s', (_, message) => {
    expect(requestedId(message)).toBeUndefined();
  });
});
