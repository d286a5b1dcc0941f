/** The session in which BuildKit requests files, credentials, secrets and signatures: a gRPC server on a connection to it. */
import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { Credentials } from '../../credentials.ts';
import { messagesOf, frame } from '../grpc/frames.ts';
import { Outbox } from '../grpc/outbox.ts';
import { serveGrpc, unary, type Method } from '../grpc/server.ts';
import { codes, GrpcError } from '../grpc/status.ts';
import { decode, encode } from '../messages.ts';
import { serveAgent } from '../ssh/agent.ts';
import type { AgentSource } from '../ssh/sources.ts';
import { contentMethods, type ContentStores } from './content.ts';
import { fileSend, type Destination } from './file-send.ts';
import { fileSync, type FileSyncOptions } from './file-sync.ts';
import { getSecret } from './secrets.ts';

export type SessionHeaders = Readonly<Record<string, string | readonly string[]>>;

export interface SessionOptions extends FileSyncOptions {
  /** BuildKit keeps one copy of a directory for each key. */
  readonly sharedKey: string;
  readonly destinations: ReadonlyMap<number, Destination>;
  readonly secrets: ReadonlyMap<string, Uint8Array>;
  readonly agents: ReadonlyMap<string, AgentSource>;
  /** Build caches in directories. */
  readonly stores: ContentStores;
  readonly credentials: (host: string) => Promise<Credentials | undefined>;
}

export interface Session {
  readonly id: string;
  close(): void;
}

/** Serves the session until it is closed. `dial` opens the connection with these headers. */
export async function openSession(
  options: SessionOptions,
  dial: (headers: SessionHeaders) => Promise<Duplex>,
): Promise<Session> {
  const id = randomBytes(16).toString('hex');
  const methods = methodsOf(options);
  const socket = await dial({
    'X-Docker-Expose-Session-Uuid': id,
    'X-Docker-Expose-Session-Name': 'drydock',
    'X-Docker-Expose-Session-Sharedkey': options.sharedKey,
    'X-Docker-Expose-Session-Grpc-Method': [...methods.keys()],
  });
  const server = serveGrpc(socket, methods);
  return { id, close: () => server.close() };
}

/** Only what this build needs is offered. */
function methodsOf(options: SessionOptions): ReadonlyMap<string, Method> {
  const { destinations, secrets, agents, stores } = options;
  const methods = new Map<string, Method>([
    // BuildKit checks every few seconds, and closes a session that does not respond.
    ['/grpc.health.v1.Health/Check', unary(healthy)],
    ['/moby.filesync.v1.FileSync/DiffCopy', fileSync(options)],
    ['/moby.filesync.v1.Auth/Credentials', credentials(options.credentials)],
    ['/moby.buildkit.secrets.v1.Secrets/GetSecret', getSecret(secrets)],
  ]);
  if (destinations.size > 0)
    methods.set('/moby.filesync.v1.FileSend/DiffCopy', fileSend(destinations, options.failed));
  if (stores.size > 0)
    for (const [path, method] of contentMethods(stores, options.failed)) methods.set(path, method);
  if (agents.size > 0) {
    methods.set('/moby.sshforward.v1.SSH/CheckAgent', checkAgent(agents));
    methods.set('/moby.sshforward.v1.SSH/ForwardAgent', forwardAgent(agents));
  }
  return methods;
}

function healthy(): Promise<Uint8Array> {
  return Promise.resolve(encode('HealthCheckResponse', { status: 1 }));
}

function credentials(find: SessionOptions['credentials']): Method {
  return unary(async (message) => {
    const { Host: host = '' } = decode('CredentialsRequest', message);
    const found = await find(host).catch(() => undefined);
    if (found === undefined) return encode('CredentialsResponse', {});
    const { username = '', password = '', identitytoken } = found;
    // A token is sent without a user name.
    return encode(
      'CredentialsResponse',
      identitytoken === undefined
        ? { Username: username, Secret: password }
        : { Secret: identitytoken },
    );
  });
}

function checkAgent(agents: SessionOptions['agents']): Method {
  return unary((message) => {
    const { ID: id = '' } = decode('CheckAgentRequest', message);
    return sourceFor(agents, id).then(() => encode('Empty', {}));
  });
}

function forwardAgent(agents: SessionOptions['agents']): Method {
  return async (stream, metadata) => {
    const source = await sourceFor(agents, metadata.get('buildkit.ssh.id')?.[0] ?? '');
    const agent = await source();
    const outbox = new Outbox(stream);
    try {
      await serveAgent(contents(messagesOf(stream)), agent, (data) =>
        outbox.send(frame(encode('BytesMessage', { data }))),
      );
      outbox.flush();
    } finally {
      agent.close();
    }
  };
}

async function* contents(messages: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  for await (const message of messages) {
    const { data } = decode('BytesMessage', message);
    if (data !== undefined) yield data;
  }
}

function sourceFor(agents: SessionOptions['agents'], id: string): Promise<AgentSource> {
  const source = agents.get(id === '' ? 'default' : id);
  return source === undefined
    ? Promise.reject(new GrpcError(codes.notFound, `unset ssh forward key ${id}`))
    : Promise.resolve(source);
}
