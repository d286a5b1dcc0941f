/** Containers whose tag points to a newer local image than they run. */
import type { Container, Engine } from '../engine/engine.ts';
import { isImageId } from '../engine/image-reference.ts';

interface Known {
  /** Tags of containers by id, which never change. */
  readonly tags: Map<string, string>;
  /** The containers of the last answer; an event of a tag that matters for them makes them new objects. */
  suspects: readonly Container[];
  answer: ReadonlyMap<string, string>;
}

const knownOf = new WeakMap<Engine, Known>();

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
  const memory: Known = knownOf.get(engine) ?? { tags: new Map(), suspects: [], answer: new Map() };
  knownOf.set(engine, memory);
  const suspects = containers.filter(({ image }) => isImageId(image));
  const { tags: known } = memory;
  const isUnchanged = suspects.every((one, at) => one === memory.suspects[at]);
  if (isUnchanged && suspects.length === memory.suspects.length) return memory.answer;
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
  const answer = new Map(
    suspects.flatMap(({ id, imageId }): readonly (readonly [string, string])[] => {
      const tag = tagOf(known.get(id));
      const current = tag === undefined ? undefined : present.get(tag);
      return tag === undefined || current === undefined || current === imageId ? [] : [[id, tag]];
    }),
  );
  Object.assign(memory, { suspects, answer });
  return answer;
}

/** Undefined for images that were given by id or digest. */
function tagOf(reference: string | undefined): string | undefined {
  const isTag = reference !== undefined && reference !== '' && !/@/.test(reference);
  return isTag && !isImageId(reference) ? reference : undefined;
}
