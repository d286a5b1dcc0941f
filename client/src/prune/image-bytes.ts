/** What deleting images really frees: a layer that several have is freed once, and only with the last of them. */
import type { Engine } from '../engine/engine.ts';
import type { DiskUsage, Layer } from '../engine/objects.ts';

export interface ImageBytes {
  /** Bytes that go when these images go, by their ids. */
  freed(ids: ReadonlySet<string>): number;
}

interface LayeredImage {
  readonly id: string;
  /** Names of its layers with all below them, from the base up: equal names are one layer on disk. */
  readonly chain: readonly string[];
  /** Bytes of each; absent where the engine's history does not fit its layers. */
  readonly sizes?: readonly number[];
}

const atOnce = 8;

/** Looks at all images, and closely at those that may go. */
export async function imageBytes(
  engine: Engine,
  images: DiskUsage['images'],
  mayGo: ReadonlySet<string>,
): Promise<ImageBytes> {
  const layered = new Map<string, LayeredImage>();
  for (let at = 0; at < images.length; at += atOnce) {
    const some = await Promise.all(
      images.slice(at, at + atOnce).map(({ id }) => layersOf(engine, id, mayGo.has(id))),
    );
    for (const image of some) if (image !== undefined) layered.set(image.id, image);
  }
  return { freed: (ids) => freed(images, layered, ids) };
}

async function layersOf(
  engine: Engine,
  id: string,
  closely: boolean,
): Promise<LayeredImage | undefined> {
  // What went in the meantime frees nothing.
  const details = await engine.inspect('image', id).catch(() => undefined);
  if (details === undefined) return undefined;
  const { RootFS } = details as { readonly RootFS?: { readonly Layers?: readonly string[] } };
  const layers = RootFS?.Layers ?? [];
  let below = '';
  const chain = layers.map((layer) => (below = `${below}/${layer}`));
  if (!closely) return { id, chain };
  const sizes = sizesOf(await engine.history(id).catch(() => []), layers.length);
  return { id, chain, ...(sizes && { sizes }) };
}

/** Steps that only change the configuration make no layer, and the history does not say which those are. */
export function sizesOf(history: readonly Layer[], layers: number): readonly number[] | undefined {
  const steps = [...history].reverse();
  const filling = steps.filter((step) => step.size > 0 || !configures.test(step.createdBy));
  const filled = steps.filter(({ size }) => size > 0);
  // Podman's history may know of no bytes at all.
  if (filled.length === 0) return undefined;
  const fitting = [filling, filled].find(({ length }) => length === layers);
  return fitting?.map(({ size }) => size);
}

const configures =
  /^(?:\/bin\/sh -c #\(nop\)\s+)?(?:ENV|CMD|LABEL|EXPOSE|ENTRYPOINT|USER|VOLUME|STOPSIGNAL|HEALTHCHECK|ONBUILD|SHELL|ARG|MAINTAINER)\b/i;

function freed(
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
