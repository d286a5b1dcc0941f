/**
 * Records what a real engine answers to each request, and replays it with a fault: cut, truncated, corrupted, delayed, silent or
 * replaced. The recording is made in the same test run, so that it is always what an engine sends.
 */
import { randomUUID } from 'node:crypto';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The response to one request, with its head. */
export interface Recording {
  bytes: Buffer;
  /** Whether the engine closed the connection after it. */
  ended: boolean;
}

/** By request: `GET /containers/json`. The same request can be sent several times. */
export type Recordings = Map<string, Recording[]>;

export interface Listener {
  /** `unix:///…`. */
  readonly address: string;
  close(): Promise<void>;
}

/** Method and path of a request without its query and version; undefined before its head is complete. */
function requestOf(head: Buffer): string | undefined {
  const text = head.toString('latin1');
  if (!text.includes('\r\n\r\n')) return undefined;
  const [, method = '', path = ''] = /^(\S+) (?:\/v[\d.]+)?(\/[^\s?]*)/.exec(text) ?? [];
  return `${method} ${path}`;
}

/** Calls back once, when the head of the request on this connection has arrived. */
function onRequest(client: Socket, found: (request: string) => void): void {
  let head = Buffer.alloc(0);
  const read = (data: Buffer): void => {
    head = Buffer.concat([head, data]);
    const request = requestOf(head);
    if (request === undefined) return;
    // The rest of the request is read, and not needed.
    client.off('data', read).resume();
    found(request);
  };
  client.on('data', read);
}

/** Passes all connections on to the engine, and records the responses. */
export async function record(engine: string, recordings: Recordings): Promise<Listener> {
  return listen((client) => {
    const upstream = connect({ path: engine, allowHalfOpen: true });
    const recording: Recording = { bytes: Buffer.alloc(0), ended: false };
    onRequest(client, (request) => {
      recordings.set(request, [...(recordings.get(request) ?? []), recording]);
    });
    upstream.on('data', (data: Buffer) => {
      recording.bytes = Buffer.concat([recording.bytes, data]);
    });
    upstream.on('end', () => (recording.ended = true));
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        upstream.destroy();
      });
    }
  });
}

export type Fault =
  | { readonly kind: 'cut' | 'truncated' | 'corrupted' | 'delayed' | 'silent'; readonly at: number }
  /** Another response, with its head. */
  | { readonly kind: 'replaced'; readonly by: string };

/** Replays the recordings; the fault affects the requests for which `affects` is true, and silence all that follow. */
export async function replay(
  recordings: Recordings,
  fault: Fault,
  affects: (request: string) => boolean,
): Promise<Listener> {
  const used = new Map<string, number>();
  let silent = false;
  return listen((client) => {
    client.on('error', () => undefined);
    onRequest(client, (request) => {
      const index = used.get(request) ?? 0;
      used.set(request, index + 1);
      const all = recordings.get(request) ?? [];
      const recording = all[Math.min(index, all.length - 1)];
      if (silent) return;
      if (recording === undefined) client.end(notFound);
      else if (!affects(request)) send(client, recording);
      else {
        silent = fault.kind === 'silent';
        sendBroken(client, recording, fault);
      }
    });
  });
}

const notFound =
  'HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 24\r\nConnection: close\r\n\r\n{"message":"not recorded"}';

function send(client: Socket, { bytes, ended }: Recording): void {
  client.write(bytes);
  if (ended) client.end();
}

function sendBroken(client: Socket, recording: Recording, fault: Fault): void {
  const { bytes } = recording;
  if (fault.kind === 'replaced') {
    client.end(fault.by);
    return;
  }
  const first = bytes.subarray(0, fault.at);
  switch (fault.kind) {
    case 'cut':
      client.write(first, () => client.destroy());
      break;
    case 'truncated':
      client.end(first);
      break;
    case 'silent':
      client.write(first);
      break;
    case 'corrupted': {
      const wrong = Buffer.from(bytes);
      wrong[fault.at] = (wrong[fault.at] ?? 0) ^ 0x55;
      send(client, { bytes: wrong, ended: true });
      break;
    }
    case 'delayed':
      client.write(first);
      setTimeout(() => send(client, { ...recording, bytes: bytes.subarray(fault.at) }), 20);
  }
}

/** A server on a socket of its own. */
async function listen(serve: (client: Socket) => void): Promise<Listener> {
  const path = join(tmpdir(), `drydock-${randomUUID()}.sock`);
  const open = new Set<Socket>();
  const server: Server = createServer({ allowHalfOpen: true }, (client) => {
    open.add(client);
    client.on('close', () => open.delete(client));
    serve(client);
  });
  await new Promise<void>((ready) => server.listen(path, ready));
  return {
    address: `unix://${path}`,
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
