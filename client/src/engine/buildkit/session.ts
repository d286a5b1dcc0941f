/** The session through which BuildKit requests credentials during a build: a gRPC server on a connection to the engine. */
import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import {
  Server,
  ServerCredentials,
  type handleUnaryCall,
  type MethodDefinition,
} from '@grpc/grpc-js';
import { parse } from 'protobufjs';
import type { Credentials } from '../credentials.ts';

export interface Session {
  readonly id: string;
  close(): void;
}

/** Serves the session until it is closed. `dial` opens the connection to the engine with these headers. */
export async function openSession(
  dial: (headers: Readonly<Record<string, string | readonly string[]>>) => Promise<Duplex>,
  credentials: (host: string) => Promise<Credentials | undefined>,
): Promise<Session> {
  const server = new Server({ 'grpc.max_receive_message_length': -1 });
  const methods = [health(), auth(credentials)];
  for (const { definition, serve } of methods)
    server.addService({ call: definition }, { call: serve });
  const id = randomBytes(16).toString('hex');
  const socket = await dial({
    Upgrade: 'h2c',
    'X-Docker-Expose-Session-Uuid': id,
    'X-Docker-Expose-Session-Name': 'drydock',
    'X-Docker-Expose-Session-Sharedkey': '',
    'X-Docker-Expose-Session-Grpc-Method': methods.map(({ definition }) => definition.path),
  });
  // If the session is lost, the build fails and reports it.
  socket.on('error', () => undefined);
  server.createConnectionInjector(ServerCredentials.createInsecure()).injectConnection(socket);
  return {
    id,
    close: () => {
      server.forceShutdown();
      socket.destroy();
    },
  };
}

/** The field names are those of the original message definitions. */
const { root } = parse(
  `syntax = "proto3";
  message HealthCheckRequest { string service = 1; }
  message HealthCheckResponse { int32 status = 1; }
  message CredentialsRequest { string Host = 1; }
  message CredentialsResponse { string Username = 1; string Secret = 2; }`,
  { keepCase: true },
);

type Message = Readonly<Record<string, unknown>>;

interface Method {
  readonly definition: MethodDefinition<Message, Message>;
  readonly serve: handleUnaryCall<Message, Message>;
}

/** The daemon checks every few seconds, and closes a session that does not respond. */
function health(): Method {
  return {
    definition: unary('/grpc.health.v1.Health/Check', 'HealthCheckRequest', 'HealthCheckResponse'),
    serve: (_call, done) => done(undefined as never, { status: 1 }),
  };
}

function auth(credentials: (host: string) => Promise<Credentials | undefined>): Method {
  return {
    definition: unary(
      '/moby.filesync.v1.Auth/Credentials',
      'CredentialsRequest',
      'CredentialsResponse',
    ),
    serve: (call, done) => {
      credentials(String(call.request.Host)).then(
        (found) => done(null, toResponse(found)),
        () => done(null, {}),
      );
    },
  };
}

/** A token is sent without a user name. */
function toResponse(found: Credentials | undefined): Message {
  if (found === undefined) return {};
  return found.identitytoken === undefined
    ? { Username: found.username ?? '', Secret: found.password ?? '' }
    : { Secret: found.identitytoken };
}

function unary(
  path: string,
  request: string,
  response: string,
): MethodDefinition<Message, Message> {
  const serialize = (name: string) => (message: Message) => {
    const type = root.lookupType(name);
    return Buffer.from(type.encode(type.fromObject(message)).finish());
  };
  const deserialize = (name: string) => (bytes: Buffer) => {
    const type = root.lookupType(name);
    return type.toObject(type.decode(bytes), { defaults: true });
  };
  return {
    path,
    requestStream: false,
    responseStream: false,
    requestSerialize: serialize(request),
    requestDeserialize: deserialize(request),
    responseSerialize: serialize(response),
    responseDeserialize: deserialize(response),
  };
}
