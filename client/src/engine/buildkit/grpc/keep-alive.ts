/** Notices that a connection is dead: Node.js does not report its end if it comes within a frame. */
import type { ClientHttp2Session } from 'node:http2';

/** Milliseconds until the answer to a ping must have arrived. */
const answerTime = 10_000;

/** Sends a ping after each `silence` milliseconds, and calls `lost` once if there is no answer. Ends with the session. */
export function keepAlive(session: ClientHttp2Session, silence: number, lost: () => void): void {
  let sentAt: number | undefined;
  const timer = setInterval(() => {
    if (session.destroyed || session.closed) {
      clearInterval(timer);
      return;
    }
    if (sentAt !== undefined) {
      if (performance.now() - sentAt < answerTime) return;
      clearInterval(timer);
      lost();
      return;
    }
    sentAt = performance.now();
    session.ping((error) => {
      if (!error) sentAt = undefined;
    });
  }, silence);
  timer.unref();
  session.once('close', () => clearInterval(timer));
}
