/** Recognizes which layers of an image come from its base image. */
import type { Engine, Image } from '../engine/engine.ts';
import type { ImageStep } from './image-steps.ts';
import type { SourceMatch } from './source-match.ts';

/** An image on the engine whose layers are the lowest of another image. */
export interface LowerImage {
  readonly name: string;
  /** How many layers it has. */
  readonly layers: number;
}

export interface BaseLayers {
  /** How many layers come from the base image. */
  readonly count: number;
  /** The index of the first step that does not come from it. */
  readonly firstOwnStep: number;
}

/** More images are not compared; the newest ones are. */
const mostImages = 300;
const batchSize = 8;

/** Tagged images that consist of the lowest layers of this one, those with the fewest layers first. */
export async function lowerImages(
  engine: Engine,
  { id, layers }: { readonly id: string; readonly layers: readonly string[] },
): Promise<readonly LowerImage[]> {
  const all = await engine.images();
  const others = all.filter((image) => image.id !== id && image.tags.length > 0);
  others.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const found: LowerImage[] = [];
  for (let at = 0; at < Math.min(others.length, mostImages); at += batchSize) {
    const batch = others.slice(at, at + batchSize);
    found.push(
      ...(await Promise.all(batch.map((image) => lowerImage(engine, image, layers)))).flat(),
    );
  }
  return found.sort((a, b) => a.layers - b.layers || a.name.length - b.name.length);
}

async function lowerImage(
  engine: Engine,
  { id, tags }: Image,
  layers: readonly string[],
): Promise<readonly LowerImage[]> {
  // An image that was removed meanwhile cannot be a base image.
  const details = await engine.inspect('image', id).catch(() => undefined);
  const below = details?.layers ?? [];
  const isLower = below.length > 0 && below.length < layers.length;
  if (!isLower || !below.every((layer, at) => layer === layers[at])) return [];
  return tags.map((name) => ({ name, layers: below.length }));
}

export interface BaseFacts {
  readonly steps: readonly ImageStep[];
  readonly layers: number;
  /** The names of the image itself. */
  readonly tags: readonly string[];
  readonly lower: readonly LowerImage[];
  readonly source?: SourceMatch;
}

/**
 * The layers of the base image, by what is known best: the FROM of the Dockerfile, a local image with these layers, or the
 * history. A base image usually ends with CMD; a CMD before other steps is therefore its end.
 */
export function baseLayers({ steps, layers, tags, lower, source }: BaseFacts): BaseLayers {
  if (source?.baseImage === 'scratch') return { count: 0, firstOwnStep: 0 };
  const named = source && lower.find(({ name }) => name === withTag(source.baseImage));
  if (named !== undefined) return atLayer(steps, named.layers, source?.firstOwn);
  if (source !== undefined) return atStep(steps, source.firstOwn);
  const repositories = new Set(tags.map(repositoryOf));
  const local = lower.findLast(({ name }) => !repositories.has(repositoryOf(name)));
  const before = steps.findLastIndex(({ keyword }, at) => keyword === 'CMD' && hasLayer(steps, at + 1)); // prettier-ignore
  if (local !== undefined) return atLayer(steps, Math.min(layers, local.layers), before + 1);
  return atStep(steps, before + 1);
}

function hasLayer(steps: readonly ImageStep[], from: number): boolean {
  return steps.slice(from).some(({ layer }) => layer !== undefined);
}

/** `hint` is used if it is between the last layer of the base image and the first own layer. */
function atLayer(steps: readonly ImageStep[], count: number, hint = -1): BaseLayers {
  const last = steps.findIndex(({ layer }) => layer === count - 1);
  const next = steps.findIndex(({ layer }) => layer === count);
  const isBetween = hint > last && (next < 0 || hint <= next);
  return { count, firstOwnStep: isBetween ? hint : last + 1 };
}

function atStep(steps: readonly ImageStep[], firstOwnStep: number): BaseLayers {
  const before = steps.slice(0, firstOwnStep);
  return { count: before.filter(({ layer }) => layer !== undefined).length, firstOwnStep };
}

function withTag(name: string): string {
  return /[:@][^/]*$/.test(name) ? name : `${name}:latest`;
}

export function repositoryOf(name: string): string {
  return name.replace(/[:@][^/]*$/, '');
}
