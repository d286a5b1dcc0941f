/** Names of the engine's images for completion. The list is cached for a few seconds. */
import type { Image } from './engine.ts';

/** Milliseconds after which the list is read again. */
const cacheTime = 5000;

export interface ImageNames {
  /** Image names with tags that start with the prefix, the newest image first; empty without an engine. */
  search(prefix: string): Promise<readonly string[]>;
}

/** `images` resolves to an empty list while there is no connection; `now` returns the time in milliseconds. */
export function imageNames(
  images: () => Promise<readonly Image[]>,
  now: () => number = Date.now,
): ImageNames {
  let cached: { readonly at: number; readonly names: Promise<readonly string[]> } | undefined;
  return {
    search: async (prefix) => {
      if (cached === undefined || now() - cached.at > cacheTime) {
        cached = { at: now(), names: images().then(namesOf, () => []) };
      }
      const names = await cached.names;
      // An empty list is not cached: the engine may be available at the next request.
      if (names.length === 0) cached = undefined;
      return names.filter((name) => name.startsWith(prefix));
    },
  };
}

function namesOf(images: readonly Image[]): readonly string[] {
  return [...images]
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
    .flatMap(({ tags }) => tags.filter((tag) => !tag.includes('<none>')));
}
