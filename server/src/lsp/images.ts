/** The port to images: the client is asked what its engine has. */
import type { Connection } from './protocol.ts';
import {
  imageDigest,
  localImages,
  type ImageDigestParams,
  type LocalImagesParams,
} from '../../../contract/protocol.ts';
import type { Images } from '../features/outside.ts';

/** Longer than this nobody waits for a completion. */
const patience = 150;

/** Images as the client knows them; a client that does not know the request is asked once. */
export function clientImages(connection: Connection): Images {
  let known = true;
  let knowsDigests = true;
  return {
    search: async (prefix) => {
      if (!known) return [];
      const params: LocalImagesParams = { prefix };
      const asked = connection.sendRequest<unknown>(localImages, params).catch(() => {
        known = false;
        return [];
      });
      const answer = await Promise.race([asked, later(patience)]);
      return Array.isArray(answer) ? answer.filter((name) => typeof name === 'string') : [];
    },
    digest: async (name) => {
      if (!knowsDigests) return undefined;
      const params: ImageDigestParams = { name };
      const asked = connection.sendRequest<unknown>(imageDigest, params).catch(() => {
        knowsDigests = false;
      });
      const answer = await Promise.race([asked, later(patience)]);
      return typeof answer === 'string' ? answer : undefined;
    },
  };
}

function later(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => {
    const timer: { unref?(): void } | number = setTimeout(resolve, milliseconds, undefined);
    // In a browser it is a number, and holds nothing up.
    if (typeof timer === 'object') timer.unref?.();
  });
}
