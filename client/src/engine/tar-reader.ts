/** Reads a tar archive entry by entry, as fast as the reader does. Everything in it is untrusted. */
import type { TarEntry } from './tar-entry.ts';
import { truncated } from './tar-headers.ts';
import { bufferOf, TarParser } from './tar-parser.ts';

/** Bytes that are read after the end, so that the connection can be used again. */
const longestTrailer = 1 << 20;

/**
 * Reads a tar stream. Content that was not read when the next entry is requested is skipped. Rejects with EngineError if the
 * archive is damaged or ends early, otherwise with the error of the stream.
 */
export async function* unpackTar(
  tar: AsyncIterable<Uint8Array>,
): AsyncGenerator<TarEntry, void, undefined> {
  const steps = new ArchiveSteps(tar);
  try {
    for (;;) {
      const step = await steps.next();
      if (step === undefined) break;
      if (Buffer.isBuffer(step)) continue;
      let unread = step.size;
      const content = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
        while (unread > 0) {
          const part = await steps.next();
          if (!Buffer.isBuffer(part)) throw truncated();
          unread -= part.length;
          yield part;
        }
      };
      yield { ...step, content };
    }
    await steps.readEnd();
  } finally {
    await steps.close();
  }
}

/** The entries of an archive, each followed by the parts of its content. */
class ArchiveSteps {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #steps: (TarEntry | Buffer)[] = [];
  /** Up to where the steps were taken. */
  #at = 0;
  /** An error of a chunk is thrown after everything before it was taken. */
  #failure: unknown;
  #isDone = false;
  readonly #parser = new TarParser({
    entry: (entry) => void this.#steps.push(entry),
    content: (bytes) => void this.#steps.push(bytes),
  });

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Undefined at the end. */
  async next(): Promise<TarEntry | Buffer | undefined> {
    while (this.#at === this.#steps.length) {
      if (this.#failure !== undefined) throw this.#failure as Error;
      if (this.#isDone || this.#parser.hasEnded) return undefined;
      this.#steps = [];
      this.#at = 0;
      await this.#readChunk();
    }
    return this.#steps[this.#at++];
  }

  /** Reads what follows the end, up to a limit. */
  async readEnd(): Promise<void> {
    let left = this.#isDone ? 0 : longestTrailer;
    while (left > 0) {
      const next = await this.#chunks.next();
      if (next.done === true) return;
      left -= next.value.length;
    }
  }

  /** Ends the stream if it has not ended. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #readChunk(): Promise<void> {
    const next = await this.#chunks.next();
    try {
      if (next.done === true) {
        this.#isDone = true;
        this.#parser.finish();
      } else this.#parser.push(bufferOf(next.value));
    } catch (error) {
      this.#failure = error;
    }
  }
}
