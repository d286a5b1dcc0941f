/** Sends the body of a request from a stream of chunks. */
import type { ClientRequest } from 'node:http';

/**
 * Sends the chunks and ends the request. The next chunk is requested while the last one is sent, and not more, so that reading
 * and sending overlap without a queue. Errors of the chunks end the request with that error. The chunks are always closed.
 */
export async function sendChunks(
  request: ClientRequest,
  chunks: AsyncIterable<Uint8Array>,
): Promise<void> {
  const closed = new Promise<false>((resolve) => {
    request.once('close', () => resolve(false));
  });
  let before: Promise<boolean> = Promise.resolve(true);
  try {
    for await (const chunk of chunks) {
      if (request.destroyed) return;
      const sent = chunk.length === 0 ? Promise.resolve(true) : write(request, chunk, closed);
      if (!(await before)) return;
      before = sent;
    }
    if (await before) request.end();
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
