/** The frames of a stream that carries standard output and standard error. */
import { t } from '@vscode/l10n';
import { EngineError } from '../errors.ts';

/** Docker ends a stream with a frame of this type if it fails. */
const systemError = 3;

/** Longer messages of the engine are cut. */
const longestMessage = 64 * 1024;

/**
 * Removes the headers of a multiplexed stream: 8 bytes each, of which the first is the type, three are zero, and the last four
 * are the length of the frame. A stream whose next bytes are no header continues as it is. Throws EngineError with the message of
 * a system error: https://github.com/moby/moby/blob/v28.5.2/pkg/stdcopy/stdcopy.go.
 */
export async function* demultiplex(
  body: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const header = Buffer.alloc(8);
  let filled = 0;
  let left = 0;
  let form: 'unknown' | 'frames' | 'raw' = 'unknown';
  let failure: FailureText | undefined;
  for await (const chunk of body) {
    let at = 0;
    while (at < chunk.length) {
      if (form === 'raw') {
        yield chunk.subarray(at);
        break;
      }
      if (left > 0) {
        const part = chunk.subarray(at, at + left);
        at += part.length;
        left -= part.length;
        if (failure === undefined) yield part;
        else failure.add(part);
        continue;
      }
      if (failure !== undefined) throw failure.toError();
      const part = chunk.subarray(at, at + header.length - filled);
      header.set(part, filled);
      at += part.length;
      filled += part.length;
      if (filled < header.length) continue;
      filled = 0;
      form = isHeader(header) ? 'frames' : 'raw';
      if (form === 'raw') yield Buffer.from(header);
      else left = header.readUInt32BE(4);
      if (form === 'frames' && header[0] === systemError) failure = new FailureText();
    }
  }
  if (failure !== undefined) throw failure.toError();
  // A stream without frames can be shorter than a header.
  if (filled > 0 && form === 'unknown') yield Buffer.from(header.subarray(0, filled));
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
