/** Requests to the engine: one way for all of them, with one kind of error. The only user of dockerode. */
import { Agent, IncomingMessage } from 'node:http';
import { Readable, type Duplex } from 'node:stream';
import Docker from 'dockerode';
import type { Address } from '../address.ts';
import { EngineError, isEngineError } from '../errors.ts';
import type { Place } from '../address.ts';
import { sshArguments, stdioAgent } from '../transport/stdio-agent.ts';
import { tlsAgent } from '../transport/tls-agent.ts';
import { trouble } from './engine-errors.ts';

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'HEAD' | 'DELETE';
  /** Words from outside are escaped by `segment`. */
  readonly path: string;
  /** What is undefined is left out. */
  readonly query?: Readonly<
    Record<string, string | number | boolean | readonly string[] | undefined>
  >;
  /** Sent also where it is empty. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** A tar to send; it is closed in the end, whatever happens. */
  readonly tar?: AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal | undefined;
}

export interface Wire {
  readonly address: Address;
  json<T>(request: Request): Promise<T>;
  /** The answer's body is the caller's to read or to destroy. */
  stream(request: Request): Promise<IncomingMessage>;
  /** Two directions of raw bytes. */
  hijack(request: Request): Promise<Duplex>;
  trouble(error: unknown, signal?: AbortSignal): Promise<EngineError>;
  /** Requests from now on name this version of the API. */
  speak(apiVersion: string): void;
}

/** Of what answers at the address. */
export interface Peer {
  readonly podman: boolean;
  readonly windows: boolean;
}

export async function openWire(address: Address): Promise<Wire> {
  const told = (error: unknown, signal?: AbortSignal) => trouble(error, address, signal);
  const { modem } = await docker(address.place).catch(async (error: unknown) => {
    throw await told(error);
  });
  const dial = async <T>(request: Request, more: object): Promise<T> => {
    const tar = request.tar && sending(request.tar);
    try {
      const file = tar && { file: tar.stream };
      const result = await answer(modem, { ...options(request), ...more, ...file });
      if (result instanceof IncomingMessage) tar?.goesWith(result);
      return result as T;
    } catch (error) {
      tar?.stream.destroy();
      // What broke the tar broke the request: it is the better reason.
      throw await told(tar?.error() ?? error, request.signal);
    }
  };
  return {
    address,
    json: (request) => dial(request, {}),
    stream: (request) => dial(request, { isStream: true }),
    hijack: (request) => dial(request, { hijack: true, isStream: true, ...silent(request) }),
    trouble: told,
    speak: (apiVersion) => {
      (modem as { version?: string }).version = `v${apiVersion}`;
    },
  };
}

/** Every option is named, as docker-modem takes what is not from the environment. */
async function docker(place: Place): Promise<Docker> {
  const bare = {
    socketPath: undefined,
    host: undefined,
    port: undefined,
    protocol: 'http' as const,
    ca: undefined,
    cert: undefined,
    key: undefined,
    timeout: undefined,
    pathPrefix: '/',
  };
  switch (place.kind) {
    case 'socket':
      return new Docker({ ...bare, socketPath: place.path, agent: new Agent() } as Options);
    case 'ssh':
      return byAgent(stdioAgent('ssh', sshArguments(place)), bare);
    case 'tcp': {
      const { host, port, tls } = place;
      if (tls) return byAgent(await tlsAgent(place, tls), bare);
      return new Docker({ ...bare, host, port, agent: new Agent() } as Options);
    }
  }
}

/**
 * VS Code puts an agent of its own, for its proxy, into every request that names no socket: it would look for a host
 * where ssh leads, and come without our certificates. The name of the socket is never used, as our agents connect.
 */
function byAgent(agent: Agent, bare: object): Docker {
  return new Docker({ ...bare, socketPath: 'by-agent', agent } as Options);
}

type Options = ConstructorParameters<typeof Docker>[0];

type Modem = Docker['modem'];

function answer(modem: Modem, request: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    (modem as Dialler).dial(request, (error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
}

interface Dialler {
  dial(options: object, done: (error: Error | null, result: unknown) => void): void;
}

/** docker-modem deletes from what it is given, so each call gets its own. */
function options({ method, path, query, body, headers, signal }: Request): object {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  return {
    method,
    // The question mark makes docker-modem look for a query; without one it would cut the path.
    path: given.length > 0 ? `${path}?` : path,
    options: { _query: Object.fromEntries(given), _body: body ?? {} },
    ...(body && { allowEmpty: true }),
    ...(headers && { headers }),
    ...(signal && { abortSignal: signal }),
    // 304 says that the state asked for is there already; 201 is Podman's answer to a resize.
    statusCodes: { 101: true, 200: true, 201: true, 202: true, 204: true, 304: true },
  };
}

/** Without a body docker-modem would announce one and end it at once, which Podman takes for the first that is typed. */
function silent({ body }: Request): object {
  return body === undefined ? { file: Buffer.alloc(0) } : {};
}

interface Sending {
  readonly stream: Readable;
  error(): unknown;
  /** The answer may come before all is sent: from now on each ends with the other. */
  goesWith(response: IncomingMessage): void;
}

/** The tar as docker-modem takes it, which also remembers how reading it failed. */
function sending(tar: AsyncIterable<Uint8Array>): Sending {
  let failure: Error | undefined;
  let answering: IncomingMessage | undefined;
  const stream = Readable.from(tar, { objectMode: false });
  stream.on('error', (error) => {
    // Said here: a file that cannot be read is no trouble with the engine.
    failure = isEngineError(error) ? error : new EngineError('failed', error.message, error);
    answering?.destroy(failure);
  });
  return {
    stream,
    error: () => failure,
    goesWith: (response) => {
      answering = response;
      response.once('close', () => stream.destroy());
      if (failure) response.destroy(failure);
    },
  };
}

/** A word from outside as part of a path; slashes of image names stay. */
export function segment(word: string): string {
  return word
    .split('/')
    .map((part) => (/^\.\.?$/.test(part) ? part.replaceAll('.', '%2E') : encodeURIComponent(part)))
    .join('/')
    .replaceAll('%3A', ':')
    .replaceAll('%40', '@');
}

/** Reads an answer's body at the reader's pace; abort is told as cancelled. */
export async function* bodyOf(
  wire: Wire,
  request: Request,
): AsyncGenerator<Uint8Array, void, undefined> {
  const response = await wire.stream(request);
  try {
    for await (const chunk of response as AsyncIterable<Uint8Array>) yield chunk;
  } catch (error) {
    throw await wire.trouble(error, request.signal);
  } finally {
    response.destroy();
  }
}

/** The lines of an answer that holds one JSON text a line. */
export async function* linesOf(
  wire: Wire,
  request: Request,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let pending = '';
  for await (const chunk of bodyOf(wire, request)) {
    const lines = `${pending}${decoder.decode(chunk, { stream: true })}`.split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield line;
  }
  if (pending.trim() !== '') yield pending;
}
