/** Loads the image that a builder sends into the engine, as a step of the build. */
import type { Engine } from '../engine.ts';
import { isEngineError } from '../errors.ts';
import type { Receive, Report } from '../buildkit/buildkit.ts';

/** Bytes between two reports. */
const everyBytes = 1 << 20;

const step = { kind: 'step', id: 'load', name: 'loading the image into the engine' } as const;
const part = { kind: 'progress', id: step.id, item: 'image', action: 'transferring' } as const;

export class Loader {
  readonly #engine: Engine;
  readonly #signal: AbortSignal;
  #loaded: string | undefined;

  constructor(engine: Engine, signal: AbortSignal) {
    this.#engine = engine;
    this.#signal = signal;
  }

  /** The archive is read only as fast as the engine takes it. */
  receiver(report: Report): Receive {
    return async (archive) => {
      const startedAt = performance.now();
      const duration = (): number => Math.round(performance.now() - startedAt);
      report({ ...step, state: 'running' });
      try {
        for await (const name of this.#engine.load(counted(archive, report), this.#signal))
          this.#loaded ??= name;
      } catch (error) {
        const message = isEngineError(error) ? error.message : '';
        const state = this.#signal.aborted ? 'canceled' : 'failed';
        report({ ...step, state, duration: duration(), error: message });
        throw error;
      }
      report({ ...step, state: 'done', duration: duration() });
    };
  }

  /** The id of the loaded image as the engine lists it; the digest if none was loaded. Rejects with EngineError. */
  async imageId(digest: string): Promise<string> {
    if (this.#loaded === undefined) return digest;
    return (await this.#engine.inspect('image', this.#loaded)).id;
  }
}

async function* counted(
  archive: AsyncIterable<Uint8Array>,
  report: Report,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  let reported = 0;
  for await (const chunk of archive) {
    bytes += chunk.length;
    yield chunk;
    if (bytes - reported < everyBytes) continue;
    reported = bytes;
    report({ ...part, current: bytes, done: false });
  }
  report({ ...part, current: bytes, done: true });
}
