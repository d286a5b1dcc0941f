/** Requests whose responses are read completely: JSON, lines of JSON, and responses without content. */
import { isEngineError } from '../errors.ts';
import { parseExact } from '../exact-json.ts';
import { invalidResponseError } from './engine-errors.ts';
import type { Reader } from './json-readers.ts';
import type { Request } from './request.ts';
import type { Wire } from './wire.ts';

/** Bytes of one JSON text. An engine with ten thousand containers sends a tenth of this. */
const longestJson = 128 * 1024 * 1024;

/** Rejects with EngineError if the reader cannot read the JSON. Integers that a number cannot represent are bigints. */
export async function requestJson<T>(wire: Wire, request: Request, reader: Reader<T>): Promise<T> {
  const bytes = await bytesOf(wire, request);
  return read(bytes, reader, { wire, request });
}

/** For requests whose response does not matter. A web page is not a response of an engine. */
export async function requestDone(wire: Wire, request: Request): Promise<void> {
  const bytes = await bytesOf(wire, request);
  const text = bytes.toString('latin1', 0, 100);
  if (/^\s*</.test(text)) throw invalidResponseError(request, wire.address);
}

/** The body of a response as fast as the reader takes it. */
export async function* bodyOf(
  wire: Wire,
  request: Request,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* (await wire.open(request)).body;
}

/** Reads a response with one JSON text per line. */
export async function* linesOf<T>(
  wire: Wire,
  request: Request,
  reader: Reader<T>,
): AsyncGenerator<T, void, undefined> {
  // A line can come in many chunks, which are joined once.
  let parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bodyOf(wire, request)) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      const line = Buffer.concat([...parts, chunk.subarray(from, end)]);
      parts = [];
      size = 0;
      from = end + 1;
      if (!isBlank(line)) yield read(line, reader, { wire, request });
    }
    parts.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size > longestJson) throw invalidResponseError(request, wire.address);
  }
  const rest = Buffer.concat(parts);
  if (!isBlank(rest)) yield read(rest, reader, { wire, request });
}

function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte === 32 || (byte >= 9 && byte <= 13));
}

async function bytesOf(wire: Wire, request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bodyOf(wire, request)) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > longestJson) throw invalidResponseError(request, wire.address);
  }
  return Buffer.concat(chunks);
}

/** Reads JSON that is not trusted; throws EngineError. */
function read<T>(
  bytes: Buffer,
  reader: Reader<T>,
  { wire, request }: { readonly wire: Wire; readonly request: Request },
): T {
  let cause: unknown;
  try {
    const value = reader(parseExact(bytes.toString()));
    if (value !== undefined) return value;
  } catch (error) {
    if (isEngineError(error)) throw error;
    // Also a RangeError for JSON that is nested too deeply.
    cause = error;
  }
  throw invalidResponseError(request, wire.address, cause);
}
