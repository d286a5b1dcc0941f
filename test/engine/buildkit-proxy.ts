/**
 * BuildKit at an address of its own, as buildkitd is: connections are passed to the BuildKit of an engine. With the
 * containerd image store, it has the exporters of buildkitd.
 */
import { once } from 'node:events';
import { request } from 'node:http';
import { createServer, type AddressInfo, type ListenOptions, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

export interface BuildKitProxy {
  /** 0 for a Unix socket. */
  readonly port: number;
  /** How many connections it has accepted. */
  readonly connections: number;
  close(): Promise<void>;
}

/** Passes connections to the engine at the socket. */
export async function startBuildKitProxy(
  engineSocket: string,
  { tls, ...listen }: ListenOptions & { readonly tls?: TlsOptions },
): Promise<BuildKitProxy> {
  const open = new Set<Duplex>();
  let connections = 0;
  const accept = (near: Socket): void => {
    connections++;
    open.add(near);
    near.on('error', () => near.destroy());
    near.once('close', () => open.delete(near));
    const upgrade = request({
      socketPath: engineSocket,
      method: 'POST',
      path: '/grpc',
      headers: { Connection: 'Upgrade', Upgrade: 'h2c' },
    });
    upgrade.on('error', () => near.destroy());
    upgrade.on('upgrade', (_response, far, head) => {
      far.on('error', () => near.destroy());
      far.once('close', () => near.destroy());
      near.once('close', () => far.destroy());
      if (head.length > 0) near.write(head);
      near.pipe(far).pipe(near);
    });
    upgrade.end();
  };
  const server = tls
    ? createTlsServer({ ALPNProtocols: ['h2'], ...tls }, accept)
    : createServer(accept);
  server.on('tlsClientError', () => undefined);
  server.listen(listen);
  await once(server, 'listening');
  const address = server.address() as AddressInfo | string;
  return {
    port: typeof address === 'string' ? 0 : address.port,
    get connections() {
      return connections;
    },
    close: async () => {
      for (const one of open) one.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
