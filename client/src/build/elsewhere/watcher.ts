/** Follows the builds of other programs while a Dockerfile is visible and the engine is connected. */
import type { BuildRecord } from '../../../../contract/build.ts';
import type { Engine } from '../../engine/engine.ts';
import type { OpenDockerfile } from '../../ui/builds.ts';
import { matchDockerfile } from './match.ts';

export interface WatcherOptions {
  /** The engine if it is already connected, and builds may be shown. */
  readonly engine: () => Engine | undefined;
  /** The Dockerfiles that are visible in editors. */
  readonly dockerfiles: () => readonly OpenDockerfile[];
  /** Shows the build in this Dockerfile. */
  readonly show: (record: BuildRecord, dockerfile: OpenDockerfile) => Promise<unknown>;
  readonly log: (message: string, error: unknown) => void;
  /** Milliseconds before the history is read again after it has ended; doubled each time. */
  readonly firstWait?: number;
}

/** Older builds are not shown in a Dockerfile that is opened, in milliseconds. */
const oldest = 24 * 60 * 60_000;
const defaultWait = 1000;
const maxWait = 60_000;
/** Dockerfiles and builds that are remembered. */
const mostKept = 100;

interface Stream {
  readonly engine: Engine;
  /** The Dockerfiles that have been visible since it began. */
  paths: ReadonlySet<string>;
  readonly stop: AbortController;
}

export class BuildWatcher {
  readonly #options: WatcherOptions;
  #stream: Stream | undefined;
  /** When the build that a Dockerfile shows has ended, in milliseconds since 1970. */
  readonly #shown = new Map<string, number>();
  /** Engines without a history. */
  readonly #without = new WeakSet<Engine>();
  #hasLogged = false;

  constructor(options: WatcherOptions) {
    this.#options = options;
  }

  /** Must be called when other Dockerfiles are visible, or when the connection has changed. */
  update(): void {
    const engine = this.#options.engine();
    const paths = new Set(this.#options.dockerfiles().map(({ path }) => path));
    const running = this.#stream;
    if (engine === undefined || paths.size === 0 || this.#without.has(engine)) {
      this.dispose();
      return;
    }
    // The last builds of a Dockerfile that becomes visible are at the beginning of the history.
    const isSame =
      running?.engine === engine && [...paths].every((path) => running.paths.has(path));
    if (isSame) {
      running.paths = paths;
      return;
    }
    this.dispose();
    this.#stream = { engine, paths, stop: new AbortController() };
    void this.#follow(this.#stream);
  }

  /** Ends the stream. */
  dispose(): void {
    this.#stream?.stop.abort();
    this.#stream = undefined;
  }

  async #follow({ engine, stop: { signal } }: Stream): Promise<void> {
    const first = this.#options.firstWait ?? defaultWait;
    let wait = first;
    for (;;) {
      const end = await this.#read(engine, signal);
      if (signal.aborted) return;
      if (end === 'without') {
        this.#without.add(engine);
        return;
      }
      wait = end === 'read' ? first : Math.min(wait * 2, maxWait);
      await pause(wait, signal);
      if (isAborted(signal)) return;
    }
  }

  /** Resolves when the stream has ended: after records, with an error, or at once on an engine without a history. */
  async #read(engine: Engine, signal: AbortSignal): Promise<'read' | 'failed' | 'without'> {
    /** Builds that were seen running; the others have ended before. */
    const started = new Set<string>();
    let hasRead = false;
    try {
      for await (const record of engine.buildHistory(signal)) {
        if (signal.aborted) return 'read';
        hasRead = true;
        if (record.state === 'started') keep(started, record.ref);
        else await this.#completed(record, started.delete(record.ref));
      }
      return hasRead ? 'read' : 'without';
    } catch (error) {
      if (!signal.aborted) this.#logOnce(error);
      return hasRead ? 'read' : 'failed';
    }
  }

  async #completed(record: BuildRecord, isNew: boolean): Promise<void> {
    const { createdAt, completedAt = createdAt, failure } = record;
    if (!Number.isFinite(completedAt) || isCancelled(failure?.message)) return;
    // The clock of the engine may differ from the one here, so it does not count for builds that were seen running.
    if (!isNew && Date.now() - completedAt > oldest) return;
    try {
      const dockerfile = await matchDockerfile(record, this.#options.dockerfiles());
      if (dockerfile === undefined) return;
      const { path } = dockerfile;
      if (completedAt <= (this.#shown.get(path) ?? -Infinity)) return;
      this.#shown.delete(path);
      this.#shown.set(path, completedAt);
      dropFirst(this.#shown);
      await this.#options.show(record, dockerfile);
    } catch (error) {
      this.#logOnce(error);
    }
  }

  #logOnce(error: unknown): void {
    if (this.#hasLogged) return;
    this.#hasLogged = true;
    this.#options.log('Could not show builds of other programs', error);
  }
}

/** A cancelled build has no result, and its reason is the last part of the message. */
function isCancelled(message = ''): boolean {
  return /(?:^|: )context canceled\s*$/i.test(message);
}

function keep(refs: Set<string>, ref: string): void {
  refs.add(ref);
  dropFirst(refs);
}

function dropFirst(from: Set<string> | Map<string, unknown>): void {
  const [first] = from.keys();
  if (from.size > mostKept && first !== undefined) from.delete(first);
}

/** A function, because the type checker assumes that `aborted` does not change during `await`. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** Ends at once on abort. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
  });
}
