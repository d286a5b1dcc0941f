/**
 * Removes what was chosen, and nothing else: what was created, tagged or used since it was listed stays. The engine's own prune
 * requests cannot be given a list.
 */
import { t } from '@vscode/l10n';
import type { Container, Engine, Image } from '../engine/engine.ts';
import { isConnectionError, isEngineError } from '../engine/errors.ts';
import { reasonOf } from '../ui/engine-reasons.ts';
import { isStopped } from './candidates.ts';
import type { Prunable, PruneKind, Remove } from './prunable.ts';
import { imageRemover } from './image-removal.ts';

export interface Removal {
  /** What is gone. */
  readonly removed: readonly Prunable[];
  readonly failures: readonly Failure[];
  /** What was not tried, because the removal was cancelled or the connection was lost. */
  readonly left: readonly Prunable[];
  /** Bytes that the engine freed in the build cache. */
  readonly cacheBytes: number;
  /** Why it ended early; undefined if it was cancelled, or did not. */
  readonly error?: unknown;
}

export interface Failure {
  readonly object: Prunable;
  /** Without a period. */
  readonly reason: string;
}

export interface RemovalOptions {
  readonly signal: AbortSignal;
  /** Called before each object. */
  readonly report: (object: Prunable) => void;
}

/** Containers first, since the others may be used by them. */
const order: readonly PruneKind[] = ['container', 'network', 'volume', 'image', 'cache'];

/** Does not reject: a failure does not stop the others, unless the connection is lost. */
export async function removeAll(
  engine: Engine,
  chosen: readonly Prunable[],
  options: RemovalOptions,
): Promise<Removal> {
  const run = new Run(options);
  for (const kind of order) {
    // The latest first: of images that were built from each other, the engine removes the last one first.
    const objects = chosen
      .filter((object) => object.kind === kind)
      .sort((a, b) => (b.since?.getTime() ?? 0) - (a.since?.getTime() ?? 0));
    if (objects.length === 0 || run.isOver) continue;
    try {
      await run.removeEach(objects, await removers[kind](engine, options.signal));
    } catch (error) {
      run.end(error);
    }
  }
  return run.result(chosen);
}

class Run {
  readonly #options: RemovalOptions;
  readonly #removed: Prunable[] = [];
  readonly #failures: Failure[] = [];
  #cacheBytes = 0;
  #error: unknown;
  #ended = false;

  constructor(options: RemovalOptions) {
    this.#options = options;
  }

  get isOver(): boolean {
    return this.#ended || this.#options.signal.aborted;
  }

  end(error: unknown): void {
    this.#ended = true;
    if (!isEngineError(error) || error.kind !== 'cancelled') this.#error = error;
  }

  async removeEach(objects: readonly Prunable[], remove: Remove): Promise<void> {
    for (const object of objects) {
      if (this.isOver) return;
      this.#options.report(object);
      try {
        const outcome = await remove(object);
        if (typeof outcome === 'string') {
          this.#failures.push({ object, reason: outcome });
          continue;
        }
        this.#cacheBytes += outcome?.freed ?? 0;
        this.#removed.push(object);
      } catch (error) {
        if (!isEngineError(error) || isConnectionError(error) || error.kind === 'cancelled') throw error; // prettier-ignore
        if (error.kind === 'missing') this.#removed.push(object);
        else this.#failures.push({ object, reason: reasonOf(error.message)?.sentence ?? error.message }); // prettier-ignore
      }
    }
  }

  result(chosen: readonly Prunable[]): Removal {
    const tried = new Set([...this.#removed, ...this.#failures.map(({ object }) => object)]);
    return {
      removed: this.#removed,
      failures: this.#failures,
      left: chosen.filter((object) => !tried.has(object)),
      cacheBytes: this.#cacheBytes,
      ...(this.#error !== undefined && { error: this.#error }),
    };
  }
}

/** Reads once what a kind of objects must be compared with, and returns what removes each of them. */
type Remover = (engine: Engine, signal: AbortSignal) => Promise<Remove>;

const removers: Readonly<Record<PruneKind, Remover>> = {
  container: async (engine) => {
    const current = new Map((await engine.containers()).map((one) => [one.id, one]));
    return async ({ parts: [part] }) => {
      const container = current.get(part?.id ?? '');
      if (container !== undefined && !isStopped(container)) return t('it is running now');
      await engine.remove(part?.id ?? '');
      return undefined;
    };
  },
  network: async (engine) => {
    const containers = await engine.containers();
    return async ({ label, parts: [part] }) => {
      const user = containers.find(({ networks }) => networks.includes(label));
      if (user !== undefined) return usedBy(user);
      await engine.removeNetwork(part?.id ?? '');
      return undefined;
    };
  },
  volume: async (engine) => {
    const [containers, volumes] = await Promise.all([engine.containers(), engine.volumes()]);
    const current = new Map(volumes.map((volume) => [volume.name, volume]));
    return async ({ parts: [part], since }) => {
      const name = part?.id ?? '';
      const user = containers.find((one) => one.volumes.includes(name));
      if (user !== undefined) return usedBy(user);
      const { createdAt } = current.get(name) ?? {};
      // Volumes have no ids: another one can have the same name.
      if (createdAt !== undefined && since !== undefined && createdAt.getTime() !== since.getTime())
        return t('another volume with this name was created');
      await engine.removeVolume(name);
      return undefined;
    };
  },
  image: async (engine) => {
    const [containers, images] = await Promise.all([engine.containers(), engine.images()]);
    const remove = imageRemover(engine, new Map(images.map((image): [string, Image] => [image.id, image]))); // prettier-ignore
    return async (object) => {
      const user = containers.find(({ imageId }) => imageId === object.parts[0]?.id);
      return user === undefined ? remove(object) : usedBy(user);
    };
  },
  cache: (engine, signal) =>
    Promise.resolve(async ({ parts }) => ({
      freed: await engine.pruneBuildCache(
        parts.map(({ id }) => id),
        signal,
      ),
    })),
};

function usedBy({ name }: Container): string {
  return t('container {0} uses it', name);
}
