/** Tags of images, each a row, and the containers that use them. */
import type { Container, Image } from '../engine/engine.ts';
import { groupByKey } from './grouping.ts';

/** One row: a tag of an image, or an image without one. */
export interface Reference {
  readonly image: Image;
  readonly tag?: string;
  /** Undefined for a dangling image. */
  readonly repository: string | undefined;
}

/** The rows of an image: one for each tag, or one without a tag. */
export function references(image: Image): readonly Reference[] {
  if (image.tags.length > 0) {
    return image.tags.map((tag) => ({ image, tag, repository: repositoryOf(tag) }));
  }
  // Pulled by digest, or the tag has moved to a newer image: the image still belongs to a repository.
  return [{ image, repository: image.digests[0]?.replace(/@.*$/, '') }];
}

/** A colon before a slash belongs to the port of a registry, not to a tag. */
function repositoryOf(tag: string): string {
  return tag.replace(/:[^:/]+$/, '');
}

/** Names of containers by the tag that they were created with, and of containers without a tag of this image. */
interface Users {
  readonly byTag: ReadonlyMap<string, readonly string[]>;
  readonly others: readonly string[];
}

/** Names of the containers that use an image. For a tag, without those that were created with another tag of the image. */
export function usersOf(
  containers: readonly Container[],
): (reference: Reference) => readonly string[] {
  const byImage = groupByKey(containers, ({ imageId }) => imageId);
  const members = new Map(byImage.map(({ key, members }) => [key, members]));
  // With hundreds of tags and a thousand containers, searching all containers for each row is too slow.
  const known = new Map<string, Users>();
  return ({ image, tag }) => {
    const users = known.get(image.id) ?? usersUnder(image, members.get(image.id) ?? []);
    known.set(image.id, users);
    if (tag === undefined) return [...[...users.byTag.values()].flat(), ...users.others];
    const own = users.byTag.get(tag);
    return own === undefined ? users.others : [...own, ...users.others];
  };
}

function usersUnder(image: Image, containers: readonly Container[]): Users {
  const tags = new Set(image.tags);
  const groups = groupByKey(containers, (container) => {
    const tag = withTag(container.image);
    return tags.has(tag) ? tag : undefined;
  });
  const names = groups.map(({ key, members }) => ({ key, names: members.map(({ name }) => name) }));
  return {
    byTag: new Map(names.flatMap(({ key, names: all }) => (key === undefined ? [] : [[key, all]]))),
    others: names.find(({ key }) => key === undefined)?.names ?? [],
  };
}

/** The engine reports the name as it was typed, which may lack the tag. */
function withTag(reference: string): string {
  return /[:@][^/]*$/.test(reference) ? reference : `${reference}:latest`;
}
