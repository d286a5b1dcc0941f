/** Connections to BuildKit over TCP, TLS and Unix sockets. */
import { connect, isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { t } from '@vscode/l10n';
import { fileErrorReason } from '../file-errors.ts';
import { readRegularFile } from '../regular-file.ts';
import type { BuilderEndpoint, BuilderTls } from './endpoint.ts';
import { failed } from './errors.ts';

export type SocketEndpoint = Exclude<BuilderEndpoint, { readonly kind: 'container' }>;

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
  { ca, cert, key, servername }: BuilderTls,
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
    throw failed(t('Could not read the TLS files of the builder: {0}', fileErrorReason(error, file)), error); // prettier-ignore
  });
}
