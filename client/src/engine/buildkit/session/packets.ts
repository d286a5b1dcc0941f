/** Packets of FileSync and FileSend (github.com/tonistiigi/fsutil, types/wire.proto). */
import { frame, headBytes, writeHead } from '../grpc/frames.ts';
import { decode, encode, type Packet } from '../messages.ts';
import { readLastVarint, varintBytes, writeVarint } from './varint.ts';

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

/** The id in a request of a file; undefined for other packets. There are as many as files. */
export function requestedId(message: Buffer): number | undefined {
  // The fields `type` and `ID` of Packet.
  if (message[0] !== 0x08 || message[1] !== packets.request) return undefined;
  if (message.length === 2) return 0;
  return message[2] === 0x18 ? readLastVarint(message, 3) : undefined;
}

/** Any packet. Throws InvalidAnswerError. */
export function readPacket(message: Buffer): Packet {
  return decode('Packet', message);
}

/** The most bytes of a data packet before its content. */
export const dataRoom = headBytes + 2 + 2 * (1 + varintBytes);

/** The number of bytes before a content of this length. */
export function dataHeadBytes(id: number, length: number): number {
  return writeDataHead(scratch, 0, { id, length });
}

const scratch = Buffer.alloc(dataRoom);

/** Writes what precedes the content; returns the offset of the content. */
export function writeDataHead(
  target: Buffer,
  at: number,
  { id, length }: { readonly id: number; readonly length: number },
): number {
  const start = at + headBytes;
  target[start] = 0x08;
  target[start + 1] = packets.data;
  let next = start + 2;
  if (id > 0) {
    target[next] = 0x18;
    next = writeVarint(target, next + 1, id);
  }
  if (length > 0) {
    target[next] = 0x22;
    next = writeVarint(target, next + 1, length);
  }
  writeHead(target, at, next - start + length);
  return next;
}
