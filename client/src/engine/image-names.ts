/** Names of the engine's images for completion: asked for once in a while, however often they are wanted. */
import type { Image } from './engine.ts';

/** For so long what was read still holds, in milliseconds. */
const lasting = 5000;

export interface ImageNames {
  /** Names with tags that begin with a prefix, the newest image first; none where there is no engine. */
  search(prefix: string): Promise<readonly string[]>;
}

/** `images` gives none while there is no connection; `now` is the time in milliseconds. */
export function imageNames(
  images: () => Promise<readonly Image[]>,
  now: () => number = Date.now,
): ImageNames {
  let read: { readonly at: number; readonly names: Promise<readonly string[]> } | undefined;
  return {
    search: async (prefix) => {
      if (read === undefined || now() - read.at > lasting) {
        read = { at: now(), names: images().then(namesOf, () => []) };
      }
      const names = await read.names;
      // The engine may be there at the next moment.
      if (names.length === 0) read = undefined;
      return names.filter((name) => name.startsWith(prefix));
    },
  };
}

function namesOf(images: readonly Image[]): readonly string[] {
  return [...images]
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
    .flatMap(({ tags }) => tags.filter((tag) => !tag.includes('<none>')));
}
