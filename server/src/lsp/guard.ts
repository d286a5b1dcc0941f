/** Catches errors of all request handlers: a failed request is logged and answered with an empty result. */
import { LSPErrorCodes, ResponseError, type CancellationToken } from './protocol.ts';

export type Log = (message: string, error: unknown) => void;

/** A request handler for work that may fail or be cancelled. */
export function guarded<P, R>(
  log: Log,
  name: string,
  empty: R,
  work: (params: P, token: CancellationToken) => R | Promise<R>,
): (params: P, token: CancellationToken) => Promise<R | ResponseError<never>> {
  return async (params, token) => {
    if (isCancelled(token)) return cancelled(name);
    try {
      const result = await work(params, token);
      return isCancelled(token) ? cancelled(name) : result;
    } catch (error) {
      log(`${name} failed`, error);
      return empty;
    }
  };
}

function cancelled(name: string): ResponseError<never> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, `${name} was cancelled`);
}

/** A function, so that TypeScript does not assume that the value stays the same across `await`. */
function isCancelled(token: CancellationToken): boolean {
  return token.isCancellationRequested;
}
