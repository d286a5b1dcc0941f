/** Connections over TCP, TLS and Unix sockets, on which HTTP/2 is spoken at once. */
import { connect, isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { t } from '@vscode/l10n';
import { EngineError } from '../errors.ts';
import { fileErrorReason } from '../file-errors.ts';
import { readRegularFile } from '../regular-file.ts';

/** Paths of PEM files, and the name that the certificate must have. */
export interface ServerTls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly servername?: string;
}

export type SocketEndpoint =
  | { readonly kind: 'socket'; readonly path: string }
  | {
      readonly kind: 'tcp';
      readonly host: string;
      readonly port: number;
      readonly tls?: ServerTls;
    };

/** Rejects with EngineError, or with an error of the connection; with any error if the signal is aborted. */
export async function openSocket(endpoint: SocketEndpoint, signal: AbortSignal): Promise<Duplex> {
  const options =
    endpoint.kind === 'socket'
      ? { path: endpoint.path }
      : { host: endpoint.host, port: endpoint.port, noDelay: true };
  const tls = endpoint.kind === 'tcp' && endpoint.tls && (await tlsOptions(endpoint, endpoint.tls));
  const socket = tls ? connectTls({ ...options, ...tls }) : connect(options);
  const abort = (): void => void socket.destroy(new Error('aborted'));
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once(tls ? 'secureConnect' : 'connect', resolve);
      socket.once('error', reject);
      socket.once('close', () => reject(closed()));
    });
    return socket;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function closed(): Error {
  return Object.assign(new Error('connection closed'), { code: 'ECONNRESET' });
}

/** BuildKit refuses a TLS connection on which HTTP/2 was not negotiated. */
async function tlsOptions(
  { host }: { readonly host: string },
  { ca, cert, key, servername }: ServerTls,
): Promise<object> {
  const name = servername ?? (isIP(host) === 0 ? host : undefined);
  return {
    ALPNProtocols: ['h2'],
    // The server name extension of TLS does not allow IP addresses; the name is then only compared.
    ...(name !== undefined && isIP(name) === 0 && { servername: name }),
    ...(ca !== undefined && { ca: await pem(ca) }),
    ...(cert !== undefined && { cert: await pem(cert) }),
    ...(key !== undefined && { key: await pem(key) }),
  };
}

async function pem(file: string): Promise<Buffer> {
  return readRegularFile(file).catch((error: unknown) => {
    const reason = fileErrorReason(error, file);
    throw new EngineError('failed', t('Could not read the TLS files of the builder: {0}', reason), error); // prettier-ignore
  });
}
