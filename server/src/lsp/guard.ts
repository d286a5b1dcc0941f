/** The one net under all requests: a failed one is logged and answers empty. */
import { LSPErrorCodes, ResponseError, type CancellationToken } from './protocol.ts';

export type Log = (message: string, error: unknown) => void;

/** A request's handler around work that may fail or be given up. */
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

/** Asked anew each time: it changes while others work. */
function isCancelled(token: CancellationToken): boolean {
  return token.isCancellationRequested;
}
