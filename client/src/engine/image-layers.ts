/** The layers of images and what they use on disk when each layer is counted once. */
import type { Engine } from './engine.ts';
import { layersOfSteps } from './history-steps.ts';
import type { Layer } from './objects.ts';

export interface ImageLayers {
  /** One number per layer, from the base up. It stands for all layers below too: equal numbers are the same layer on disk. */
  readonly chain: readonly number[];
  /** Bytes of each layer, unpacked; absent if the history of the image does not match its layers. */
  readonly sizes?: readonly number[];
}

/** Images with these ids and sizes in bytes. */
export interface SizedImage {
  readonly id: string;
  readonly size: number;
}

/** So many images are read at a time. */
const batchSize = 8;

/** So many images are remembered. */
const mostKnown = 5_000;

type Inspector = Pick<Engine, 'inspect' | 'history'>;

/** What was read from each engine, by the id of the image, which determines its layers and history. */
const readBefore = new WeakMap<Inspector, Map<string, ImageLayers>>();

/** Numbers for layers together with all layers below them; kept, since chains are compared with chains that were read before. */
const numbers = new Map<string, number>();

/**
 * Reads the layers of images with `inspect` and `history`, at most `most` that were not read before. Images that cannot be read
 * are left out.
 */
export async function readImageLayers(
  engine: Inspector,
  ids: readonly string[],
  most = Infinity,
): Promise<ReadonlyMap<string, ImageLayers>> {
  const known = readBefore.get(engine) ?? new Map<string, ImageLayers>();
  readBefore.set(engine, known);
  const found = new Map(
    ids.flatMap((id): [string, ImageLayers][] => {
      const one = known.get(id);
      return one === undefined ? [] : [[id, one]];
    }),
  );
  const unknown = ids.filter((id) => !found.has(id)).slice(0, most);
  for (let at = 0; at < unknown.length; at += batchSize) {
    const batch = unknown.slice(at, at + batchSize);
    const layers = await Promise.all(batch.map((id) => readOne(engine, id)));
    batch.forEach((id, index) => {
      const one = layers[index];
      if (one === undefined) return;
      if (known.size >= mostKnown) known.clear();
      known.set(id, one);
      found.set(id, one);
    });
  }
  return found;
}

async function readOne(engine: Inspector, id: string): Promise<ImageLayers | undefined> {
  const [details, history] = await Promise.all([
    engine.inspect('image', id).catch(() => undefined),
    engine.history(id).catch(() => undefined),
  ]);
  // It was removed meanwhile.
  if (details === undefined) return undefined;
  const sizes = sizesOf(history ?? [], details.layers.length);
  return { chain: chainOf(details.layers), ...(sizes && { sizes }) };
}

function chainOf(layers: readonly string[]): readonly number[] {
  let below = 0;
  return layers.map((layer) => {
    const key = `${below} ${layer}`;
    below = numbers.get(key) ?? numbers.size + 1;
    numbers.set(key, below);
    return below;
  });
}

/** Layer sizes from the history, the lowest first; undefined if its steps cannot be assigned to the layers. */
export function sizesOf(history: readonly Layer[], layers: number): readonly number[] | undefined {
  const steps = [...history].reverse();
  // The history of Podman may not contain sizes.
  if (steps.every(({ size }) => size === 0)) return undefined;
  const assigned = layersOfSteps(steps, layers);
  return assigned && steps.filter((_, at) => assigned[at] !== undefined).map(({ size }) => size);
}

/**
 * Bytes of each layer on disk. containerd keeps layers unpacked and compressed, and its sizes of images contain both, but no
 * request reports the compressed size of a layer: each layer gets its share of the whole.
 */
export function sizesOnDisk({ size }: SizedImage, { sizes }: ImageLayers): readonly number[] {
  const unpacked = sizes?.reduce((sum, one) => sum + one, 0) ?? 0;
  if (sizes === undefined || unpacked === 0) return [];
  return unpacked >= size ? sizes : sizes.map((one) => Math.round((one * size) / unpacked));
}

/** Bytes of the images with each layer counted once; undefined if the layers of one of them are not known. */
export function bytesOnce(
  images: readonly SizedImage[],
  layers: ReadonlyMap<string, ImageLayers>,
): number | undefined {
  const counted = new Map<number, number>();
  for (const image of images) {
    if (image.size === 0) continue;
    const own = layers.get(image.id);
    if (own?.sizes === undefined) return undefined;
    const sizes = sizesOnDisk(image, own);
    own.chain.forEach((layer, index) => {
      counted.set(layer, Math.max(counted.get(layer) ?? 0, sizes[index] ?? 0));
    });
  }
  return [...counted.values()].reduce((sum, size) => sum + size, 0);
}
