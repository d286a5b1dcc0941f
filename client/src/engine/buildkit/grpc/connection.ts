/** What both sides of a connection have in common. */
import type { Duplex } from 'node:stream';

/** Lists of paths can have thousands of entries. */
export const manyHeaders = { maxHeaderListPairs: 1 << 16 };
export const maxHeaderListSize = 16 << 20;

/** Bytes that a connection takes before they are read. */
export const connectionWindow = 8 << 20;

/**
 * Joins what has arrived already. Node.js passes it to HTTP/2 in a loop, which throws where nothing can catch it if the first
 * part ends the session and there is another one.
 */
export function joinBuffered(socket: Duplex): void {
  const chunks: Buffer[] = [];
  while (socket.readableLength > 0) {
    const chunk = socket.read() as Buffer | null;
    if (chunk === null) break;
    chunks.push(chunk);
  }
  if (chunks.length > 0) socket.unshift(Buffer.concat(chunks));
}

/**
 * Ends a connection soon. Node.js passes what has arrived to a new session in the next tick, and throws if it was destroyed
 * before; what was written last is sent first.
 */
export function closeSoon(...streams: readonly ({ destroy(): void } | undefined)[]): void {
  setImmediate(() => {
    for (const stream of streams) stream?.destroy();
  });
}
