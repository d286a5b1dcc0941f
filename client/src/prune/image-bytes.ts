/** Computes the bytes that removing images frees: a shared layer is freed once, with the last image that uses it. */
import type { Engine } from '../engine/engine.ts';
import { readImageLayers, sizesOnDisk } from '../engine/image-layers.ts';
import type { DiskUsage } from '../engine/objects.ts';

export interface ImageBytes {
  /** Bytes freed by removing the images with these ids, in time that is linear in their layers. */
  freed(ids: ReadonlySet<string>): number;
}

interface LayeredImage {
  readonly chain: readonly number[];
  /** Bytes of each layer; empty if they are not known. */
  readonly sizes: readonly number[];
  /** Bytes in layers that no other image has, as the engine reports them. */
  readonly unshared: number;
}

/** Reads the layers of all images; an image that was removed meanwhile does not free anything. */
export async function imageBytes(engine: Engine, images: DiskUsage['images']): Promise<ImageBytes> {
  const layers = await readImageLayers(
    engine,
    images.map(({ id }) => id),
  );
  const layered = new Map<string, LayeredImage>();
  const users = new Map<number, number>();
  for (const image of images) {
    const own = layers.get(image.id);
    if (own === undefined) continue;
    const { chain } = own;
    const sizes = sizesOnDisk(image, own);
    layered.set(image.id, { chain, sizes, unshared: image.size - image.shared });
    for (const layer of chain) users.set(layer, (users.get(layer) ?? 0) + 1);
  }
  return { freed: (ids) => freedBytes(ids, layered, users) };
}

function freedBytes(
  ids: ReadonlySet<string>,
  layered: ReadonlyMap<string, LayeredImage>,
  users: ReadonlyMap<number, number>,
): number {
  const removed = new Map<number, number>();
  let bytes = 0;
  for (const id of ids) {
    const image = layered.get(id);
    if (image === undefined) continue;
    if (image.sizes.length === 0) bytes += image.unshared;
    image.chain.forEach((layer, index) => {
      const count = (removed.get(layer) ?? 0) + 1;
      removed.set(layer, count);
      if (count === users.get(layer)) bytes += image.sizes[index] ?? 0;
    });
  }
  return bytes;
}
