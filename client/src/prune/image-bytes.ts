/** Computes the bytes that removing images frees: a shared layer is freed once, with the last image that uses it. */
import type { Engine } from '../engine/engine.ts';
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

/** Layer sizes from the history. Steps that only change the configuration do not create a layer, but the history does not mark them. */
export function sizesOf(history: readonly Layer[], layers: number): readonly number[] | undefined {
  const steps = [...history].reverse();
  const creating = steps.filter((step) => step.size > 0 || !configurationStep.test(step.createdBy));
  const nonEmpty = steps.filter(({ size }) => size > 0);
  // The history of Podman may not contain sizes.
  if (nonEmpty.length === 0) return undefined;
  const matching = [creating, nonEmpty].find(({ length }) => length === layers);
  return matching?.map(({ size }) => size);
}

const configurationStep =
  /^(?:\/bin\/sh -c #\(nop\)\s+)?(?:ENV|CMD|LABEL|EXPOSE|ENTRYPOINT|USER|VOLUME|STOPSIGNAL|HEALTHCHECK|ONBUILD|SHELL|ARG|MAINTAINER)\b/i;

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
