/** Variable-length integers of protocol buffers (the encoding guide, "Base 128 Varints"). */

/** The longest one. */
export const varintBytes = 10;

/** Writes an integer below 2^53; returns the offset after it. */
export function writeVarint(target: Uint8Array, at: number, value: number): number {
  let rest = value;
  let next = at;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) target[next++] = (rest % 128) + 0x80;
  target[next++] = rest;
  return next;
}

const halves = new DataView(new ArrayBuffer(8));

/** Writes a 64-bit integer. */
export function writeVarint64(target: Uint8Array, at: number, value: bigint): number {
  // Arithmetic with big integers would allocate each result.
  halves.setBigInt64(0, value);
  let high = halves.getUint32(0);
  let low = halves.getUint32(4);
  let next = at;
  while (high !== 0 || low > 0x7f) {
    target[next++] = (low & 0x7f) | 0x80;
    low = ((low >>> 7) | (high << 25)) >>> 0;
    high >>>= 7;
  }
  target[next++] = low;
  return next;
}

/** Reads an integer below 2^32 that ends where the bytes end; undefined for anything else. */
export function readLastVarint(bytes: Uint8Array, at: number): number | undefined {
  let value = 0;
  for (let i = at; i < bytes.length && i < at + 5; i++) {
    const byte = bytes[i] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * (i - at));
    if (byte < 0x80) return i === bytes.length - 1 && value < 2 ** 32 ? value : undefined;
  }
  return undefined;
}
