/** Sends the body of a request from a stream of chunks. */
import type { ClientRequest } from 'node:http';

/** Chunks that wait for the engine at the same time. */
const mostSending = 3;

/**
 * Sends the chunks and ends the request. The next chunk is requested while the last ones are sent, so that reading and sending
 * overlap. Errors of the chunks end the request with that error. The chunks are always closed.
 */
export async function sendChunks(
  request: ClientRequest,
  chunks: AsyncIterable<Uint8Array>,
): Promise<void> {
  const closed = new Promise<false>((resolve) => {
    request.once('close', () => resolve(false));
  });
  const sending: Promise<boolean>[] = [];
  try {
    for await (const chunk of chunks) {
      if (request.destroyed) return;
      if (chunk.length > 0) sending.push(write(request, chunk, closed));
      if (sending.length > mostSending && (await sending.shift()) === false) return;
    }
    if ((await Promise.all(sending)).every(Boolean)) request.end();
  } catch (error) {
    request.destroy(error as Error);
  }
}

/** Resolves to whether the chunk has been passed to the system. */
function write(
  request: ClientRequest,
  chunk: Uint8Array,
  closed: Promise<false>,
): Promise<boolean> {
  const written = new Promise<boolean>((resolve) => {
    request.write(chunk, (error) => resolve(!error));
  });
  return Promise.race([written, closed]);
}
