/** The port to the images on the client's engine. */
import type { Connection } from './protocol.ts';
import {
  imageDigest,
  localImages,
  type ImageDigestParams,
  type LocalImagesParams,
} from '../../../contract/protocol.ts';
import type { Images } from '../features/outside.ts';

/** Milliseconds to wait for the client. A completion must not take longer. */
const timeout = 150;

/** Asks the client for images. A client that does not support the request is asked only once. */
export function clientImages(connection: Connection): Images {
  let supportsSearch = true;
  let supportsDigests = true;
  return {
    search: async (prefix) => {
      if (!supportsSearch) return [];
      const params: LocalImagesParams = { prefix };
      const request = connection.sendRequest<unknown>(localImages, params).catch(() => {
        supportsSearch = false;
        return [];
      });
      const answer = await Promise.race([request, later(timeout)]);
      return Array.isArray(answer) ? answer.filter((name) => typeof name === 'string') : [];
    },
    digest: async (name) => {
      if (!supportsDigests) return undefined;
      const params: ImageDigestParams = { name };
      const request = connection.sendRequest<unknown>(imageDigest, params).catch(() => {
        supportsDigests = false;
      });
      const answer = await Promise.race([request, later(timeout)]);
      return typeof answer === 'string' ? answer : undefined;
    },
  };
}

function later(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => {
    const timer: { unref?(): void } | number = setTimeout(resolve, milliseconds, undefined);
    // In a browser it is a number. In Node.js, it must not keep the process alive.
    if (typeof timer === 'object') timer.unref?.();
  });
}
