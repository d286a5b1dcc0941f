/** Containers whose tag points to a newer local image than they run. */
import type { Container, Engine } from '../engine/engine.ts';

/** Tags of containers by id, which never change. */
const references = new WeakMap<Engine, Map<string, string>>();

/** At most this many containers are inspected per read. */
const mostInspected = 50;

/**
 * Container id → its tag. The list of an engine names the image of such a container by its id, because its tag names another
 * one; so nothing is requested as long as all tags name what runs.
 */
export async function findNewerImages(
  engine: Engine,
  containers: readonly Container[],
): Promise<ReadonlyMap<string, string>> {
  const known = references.get(engine) ?? new Map<string, string>();
  references.set(engine, known);
  const suspects = containers.filter(({ image }) => isId(image));
  const unknown = suspects.filter(({ id }) => !known.has(id)).slice(0, mostInspected);
  await Promise.all(
    unknown.map(async ({ id }) => {
      const details = await engine.inspect('container', id).catch(() => undefined);
      if (details !== undefined) known.set(id, details.config.Image ?? '');
    }),
  );
  const tags = new Set(suspects.flatMap(({ id }) => tagOf(known.get(id)) ?? []));
  const present = new Map<string, string>();
  await Promise.all(
    [...tags].map(async (tag) => {
      const image = await engine.inspect('image', tag).catch(() => undefined);
      if (image !== undefined) present.set(tag, image.id);
    }),
  );
  return new Map(
    suspects.flatMap(({ id, imageId }): readonly (readonly [string, string])[] => {
      const tag = tagOf(known.get(id));
      const current = tag === undefined ? undefined : present.get(tag);
      return tag === undefined || current === undefined || current === imageId ? [] : [[id, tag]];
    }),
  );
}

/** The engine names images by id, in full or shortened. */
function isId(image: string): boolean {
  return /^(?:sha256:)?[0-9a-f]{12,64}$/.test(image);
}

/** Undefined for images that were given by id or digest. */
function tagOf(reference: string | undefined): string | undefined {
  const isTag = reference !== undefined && reference !== '' && !/@/.test(reference);
  return isTag && !isId(reference) ? reference : undefined;
}
