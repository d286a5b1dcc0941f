/** Values of the SSH protocol (RFC 4251, section 5). */

export function text(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint32(bytes.length), bytes]);
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A positive integer: a zero byte comes first if its highest bit is set. */
export function integer(value: Uint8Array): Buffer {
  const bytes = withoutZeros(value);
  const isHigh = ((bytes[0] ?? 0) & 0x80) !== 0;
  return text(isHigh ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

export function withoutZeros(value: Uint8Array): Buffer {
  const bytes = Buffer.from(value);
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  return bytes.subarray(start);
}

/** Reads values one after the other; throws a RangeError at the end. */
export class WireReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  uint32(): number {
    const value = this.#bytes.readUInt32BE(this.#at);
    this.#at += 4;
    return value;
  }

  text(): Buffer {
    const length = this.uint32();
    if (this.#at + length > this.#bytes.length) throw new RangeError('unexpected end');
    const value = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return value;
  }
}
