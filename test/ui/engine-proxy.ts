/** A proxy for the socket of the engine, which lists the open requests. */

import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A proxy for one request per connection, as the extension sends them. */
export class EngineProxy {
  readonly address: string;
  readonly #server: Server;
  readonly #folder: string;
  readonly #clients = new Set<Socket>();
  readonly #open = new Map<Socket, string>();

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

  async close(): Promise<void> {
    for (const client of this.#clients) client.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.#folder, { recursive: true });
  }

  #pass(client: Socket, engine: string): void {
    this.#clients.add(client);
    const upstream = connect({ path: engine, allowHalfOpen: true });
    client.once('data', (data: Buffer) => {
      this.#open.set(client, data.toString('latin1').split(' HTTP/')[0] ?? '');
    });
    client.pipe(upstream).pipe(client);
    const end = (): void => {
      this.#clients.delete(client);
      this.#open.delete(client);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.on('close', end).on('error', end);
  }
}
