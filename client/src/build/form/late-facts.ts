/** Facts that the form does not wait for: it shows them when they are known. */
import { stat } from 'node:fs/promises';
import type { ContextSize } from '../../build-context/measure.ts';
import type { Tools } from '../../ui/tools.ts';

/** Milliseconds after which a builder is not waited for. */
const longest = 30_000;

export class LateFacts {
  readonly #tools: Pick<Tools, 'engine' | 'editor'>;
  readonly #closed = new AbortController();
  readonly #versions = new Map<string, string | undefined>();
  readonly #sizes = new Map<string, ContextSize | undefined>();
  #measuring: AbortController | undefined;
  /** Called when a fact is known. */
  changed: () => void = () => undefined;

  constructor(tools: Pick<Tools, 'engine' | 'editor'>) {
    this.#tools = tools;
  }

  close(): void {
    this.#closed.abort();
    this.#measuring?.abort();
  }

  /** Versions of BuildKit by the name of the builder. */
  get versions(): ReadonlyMap<string, string | undefined> {
    return this.#versions;
  }

  /** Asks for the version of a builder, unless it is known; an empty name is the engine of this window. */
  askVersion(builder: string): void {
    if (this.#versions.has(builder) || this.#closed.signal.aborted) return;
    this.#versions.set(builder, undefined);
    const signal = AbortSignal.any([this.#closed.signal, AbortSignal.timeout(longest)]);
    void this.#tools
      .engine()
      .then((engine) => engine.builderVersion(builder === '' ? undefined : builder, signal))
      .then((version) => this.#know(this.#versions, builder, version))
      .catch(() => undefined);
  }

  /** The size of the build context if it is known; otherwise it is read, instead of the one that is being read. */
  sizeOf(folder: string, dockerfile: string): ContextSize | undefined {
    const key = JSON.stringify([folder, dockerfile]);
    if (this.#sizes.has(key) || this.#closed.signal.aborted) return this.#sizes.get(key);
    this.#measuring?.abort();
    const { signal } = (this.#measuring = new AbortController());
    this.#sizes.set(key, undefined);
    void this.#measure(folder, dockerfile, signal)
      .then((size) => this.#know(this.#sizes, key, size))
      .catch(() => {
        // Another folder was entered. Other errors, such as an invalid ignore file, would only be repeated.
        if (signal.aborted) this.#sizes.delete(key);
      });
    return undefined;
  }

  async #measure(
    folder: string,
    dockerfile: string,
    signal: AbortSignal,
  ): Promise<ContextSize | undefined> {
    const found = await stat(folder).catch(() => undefined);
    if (found?.isDirectory() !== true) return undefined;
    const { measureContext } = await import('../../build-context/measure.ts');
    return measureContext(this.#tools.editor, { folder, dockerfile }, signal);
  }

  #know<T>(facts: Map<string, T | undefined>, key: string, value: T | undefined): void {
    if (value === undefined || this.#closed.signal.aborted) return;
    facts.set(key, value);
    this.changed();
  }
}
