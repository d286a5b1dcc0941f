/** Computes the bytes that removing images frees: a shared layer is freed once, with the last image that uses it. */
import type { Engine } from '../engine/engine.ts';
import { layersOfSteps } from '../engine/history-steps.ts';
import type { DiskUsage, Layer } from '../engine/objects.ts';

export interface ImageBytes {
  /** Bytes freed by removing the images with these ids. */
  freed(ids: ReadonlySet<string>): number;
}

interface LayeredImage {
  readonly id: string;
  /** One key per layer, from the base up. A key includes all layers below: equal keys are the same layer on disk. */
  readonly chain: readonly string[];
  /** Bytes of each layer; absent if the history of the image does not match its layers. */
  readonly sizes?: readonly number[];
}

const batchSize = 8;

/** Reads the layers of all images, and the layer sizes of those that can be removed. */
export async function imageBytes(
  engine: Engine,
  images: DiskUsage['images'],
  prunableIds: ReadonlySet<string>,
): Promise<ImageBytes> {
  const layered = new Map<string, LayeredImage>();
  for (let at = 0; at < images.length; at += batchSize) {
    const batch = await Promise.all(
      images.slice(at, at + batchSize).map(({ id }) => layersOf(engine, id, prunableIds.has(id))),
    );
    for (const image of batch) if (image !== undefined) layered.set(image.id, image);
  }
  return { freed: (ids) => freedBytes(images, layered, ids) };
}

async function layersOf(
  engine: Engine,
  id: string,
  withSizes: boolean,
): Promise<LayeredImage | undefined> {
  // An image that was removed meanwhile does not free anything.
  const details = await engine.inspect('image', id).catch(() => undefined);
  if (details === undefined) return undefined;
  const { layers } = details;
  let below = '';
  const chain = layers.map((layer) => (below = `${below}/${layer}`));
  if (!withSizes) return { id, chain };
  const sizes = sizesOf(await engine.history(id).catch(() => []), layers.length);
  return { id, chain, ...(sizes && { sizes }) };
}

/** Layer sizes from the history, the lowest first; undefined if its steps cannot be assigned to the layers. */
export function sizesOf(history: readonly Layer[], layers: number): readonly number[] | undefined {
  const steps = [...history].reverse();
  // The history of Podman may not contain sizes.
  if (steps.every(({ size }) => size === 0)) return undefined;
  const assigned = layersOfSteps(steps, layers);
  return assigned && steps.filter((_, at) => assigned[at] !== undefined).map(({ size }) => size);
}

function freedBytes(
  images: DiskUsage['images'],
  layered: ReadonlyMap<string, LayeredImage>,
  ids: ReadonlySet<string>,
): number {
  const kept = new Set<string>();
  for (const [id, { chain }] of layered) if (!ids.has(id)) for (const one of chain) kept.add(one);
  const counted = new Set<string>();
  let bytes = 0;
  for (const { id, size, shared } of images) {
    const image = layered.get(id);
    if (!ids.has(id) || image === undefined) continue;
    if (image.sizes === undefined) {
      bytes += size - shared;
      continue;
    }
    image.chain.forEach((layer, index) => {
      if (kept.has(layer) || counted.has(layer)) return;
      counted.add(layer);
      bytes += image.sizes?.[index] ?? 0;
    });
  }
  return bytes;
}
