/** A proxy for the socket of the engine, which lists the open requests. */

import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** How the responses to some requests are broken: closed, or without an end. */
export interface EngineFault {
  readonly kind: 'cut' | 'silent';
  /** `GET /containers/json`, without the version and the query. */
  readonly request: string;
  /** How many bytes of the response are passed on. */
  readonly bytes: number;
}

/** A proxy for one request per connection, as the extension sends them. */
export class EngineProxy {
  readonly address: string;
  readonly #server: Server;
  readonly #folder: string;
  readonly #clients = new Set<Socket>();
  readonly #open = new Map<Socket, string>();
  /** Affects requests that are sent while it is set. */
  fault: EngineFault | undefined;

  private constructor(server: Server, folder: string, socket: string) {
    this.#server = server;
    this.#folder = folder;
    this.address = `unix://${socket}`;
  }

  static async start(engine: string): Promise<EngineProxy> {
    const folder = await mkdtemp(path.join(tmpdir(), 'drydock-tap-'));
    const socket = path.join(folder, 'docker.sock');
    const server = createServer({ allowHalfOpen: true });
    const tap = new EngineProxy(server, folder, socket);
    server.on('connection', (client: Socket) => tap.#pass(client, engine));
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    return tap;
  }

  /** The requests whose responses have not ended: `GET /v1.41/events?…`. */
  get openRequests(): readonly string[] {
    return [...this.#open.values()];
  }

  get openConnections(): number {
    return this.#clients.size;
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.#folder, { recursive: true });
  }

  #pass(client: Socket, engine: string): void {
    this.#clients.add(client);
    const upstream = connect({ path: engine, allowHalfOpen: true });
    client.once('data', (data: Buffer) => {
      const request = data.toString('latin1').split(' HTTP/')[0] ?? '';
      this.#open.set(client, request);
      const { fault } = this;
      const isAffected = fault?.request === request.replace(/\/v[\d.]+/, '').split('?')[0];
      if (fault !== undefined && isAffected) passFirst(upstream, client, fault);
      else upstream.pipe(client);
    });
    client.pipe(upstream);
    const end = (): void => {
      this.#clients.delete(client);
      this.#open.delete(client);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.on('close', end).on('error', end);
  }
}

/** Passes on the first bytes; then the connection is closed, or nothing more comes. */
function passFirst(upstream: Socket, client: Socket, { kind, bytes }: EngineFault): void {
  let left = bytes;
  upstream.on('data', (data: Buffer) => {
    client.write(data.subarray(0, left));
    left -= Math.min(left, data.length);
    if (left === 0 && kind === 'cut') client.destroySoon();
  });
}
