/** The frames of a stream that carries standard output and standard error. */
import { t } from '@vscode/l10n';
import { EngineError } from '../errors.ts';

/** Docker ends a stream with a frame of this type if it fails. */
const systemError = 3;
const standardError = 2;

/** Longer messages of the engine are cut. */
const longestMessage = 64 * 1024;

/**
 * Removes the headers of a multiplexed stream: 8 bytes each, of which the first is the type, three are zero, and the last four
 * are the length of the frame. If the next bytes are not a header, the rest of the stream is passed on unchanged. Throws
 * EngineError with the message of a system error, as moby's package stdcopy does. Standard error is passed to `errors` if it
 * is given, and is part of the result otherwise.
 */
export async function* demultiplex(
  body: AsyncIterable<Uint8Array>,
  errors?: (part: Uint8Array) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const frames = new Frames(errors);
  // The parts of a chunk together: a log can have a frame for each line.
  for await (const chunk of body) {
    const parts: Uint8Array[] = [];
    try {
      for (const part of frames.read(chunk)) parts.push(part);
    } finally {
      if (parts.length > 0)
        yield parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
    }
  }
  yield* frames.end();
}

class Frames {
  readonly #header = Buffer.alloc(8);
  /** How many bytes of the header have arrived. */
  #filled = 0;
  /** How many bytes of the frame are still to come. */
  #left = 0;
  #form: 'unknown' | 'frames' | 'raw' = 'unknown';
  #failure: FailureText | undefined;
  readonly #errors: ((part: Uint8Array) => void) | undefined;

  constructor(errors: ((part: Uint8Array) => void) | undefined) {
    this.#errors = errors;
  }

  /** The text in the next bytes of the stream. */
  *read(chunk: Uint8Array): Generator<Uint8Array> {
    for (let at = 0; at < chunk.length;) {
      if (this.#form === 'raw') {
        yield chunk.subarray(at);
        return;
      }
      const part = chunk.subarray(at, at + (this.#left || this.#header.length - this.#filled));
      at += part.length;
      yield* this.#left > 0 ? this.#content(part) : this.#head(part);
    }
  }

  /** The text that is left at the end of the stream. */
  *end(): Generator<Uint8Array> {
    if (this.#failure !== undefined) throw this.#failure.toError();
    // A stream without frames can be shorter than a header.
    if (this.#form === 'unknown') yield Buffer.from(this.#header.subarray(0, this.#filled));
  }

  *#content(part: Uint8Array): Generator<Uint8Array> {
    this.#left -= part.length;
    if (this.#failure !== undefined) this.#failure.add(part);
    else if (this.#errors !== undefined && this.#header[0] === standardError) this.#errors(part);
    else yield part;
  }

  *#head(part: Uint8Array): Generator<Uint8Array> {
    if (this.#failure !== undefined) throw this.#failure.toError();
    this.#header.set(part, this.#filled);
    this.#filled += part.length;
    if (this.#filled < this.#header.length) return;
    this.#filled = 0;
    this.#form = isHeader(this.#header) ? 'frames' : 'raw';
    if (this.#form === 'raw') {
      yield Buffer.from(this.#header);
      return;
    }
    this.#left = this.#header.readUInt32BE(4);
    if (this.#header[0] === systemError) this.#failure = new FailureText();
  }
}

class FailureText {
  readonly #parts: Uint8Array[] = [];
  #size = 0;

  add(part: Uint8Array): void {
    if (this.#size >= longestMessage) return;
    this.#parts.push(Buffer.from(part));
    this.#size += part.length;
  }

  toError(): EngineError {
    const text = Buffer.concat(this.#parts).toString('utf8', 0, longestMessage).trim();
    return new EngineError('failed', text || t('The engine ended the output with an error'));
  }
}

function isHeader(bytes: Buffer): boolean {
  return (bytes[0] ?? 0) <= systemError && bytes[1] === 0 && bytes[2] === 0 && bytes[3] === 0;
}
