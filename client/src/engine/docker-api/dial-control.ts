/** Connections to BuildKit through the engine. */
import type { Duplex } from 'node:stream';
import { isEngineError } from '../errors.ts';
import { isAborted } from './engine-errors.ts';
import type { Request } from './request.ts';
import type { Wire } from './wire.ts';

/** Undefined if the engine is older than BuildKit. */
export async function dialControl(wire: Wire, signal: AbortSignal): Promise<Duplex | undefined> {
  return dial(wire, { path: '/grpc', signal }).catch((error: unknown) => {
    if (isEngineError(error) && error.kind === 'missing') return undefined;
    throw error;
  });
}

/** Opens a connection for HTTP/2. The signal ends only the attempt. */
export async function dial(
  wire: Wire,
  { headers, signal, path }: Pick<Request, 'path' | 'headers'> & { readonly signal: AbortSignal },
): Promise<Duplex> {
  const attempt = new AbortController();
  const abort = (): void => attempt.abort();
  signal.addEventListener('abort', abort, { once: true });
  if (isAborted(signal)) abort();
  try {
    return await wire.hijack({
      method: 'POST',
      path,
      headers: { ...headers, Upgrade: 'h2c' },
      signal: attempt.signal,
    });
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
