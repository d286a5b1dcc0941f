/** Sends all requests to the engine and converts their errors. The only file that uses dockerode. */
import { Agent, IncomingMessage } from 'node:http';
import { Readable, type Duplex } from 'node:stream';
import Docker from 'dockerode';
import type { Address } from '../address.ts';
import { EngineError, isEngineError } from '../errors.ts';
import { stringifyExact } from '../exact-json.ts';
import type { Endpoint } from '../address.ts';
import { sshArguments, stdioAgent } from '../transport/stdio-agent.ts';
import { tlsAgent } from '../transport/tls-agent.ts';
import { toEngineError } from './engine-errors.ts';

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'HEAD' | 'DELETE';
  /** Untrusted parts must be escaped with `segment`. */
  readonly path: string;
  /** Undefined values are omitted. */
  readonly query?: Readonly<
    Record<string, string | number | boolean | readonly string[] | undefined>
  >;
  /** Sent even if it is empty; it can contain bigints. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** A tar stream to send; it is always closed, also after an error. */
  readonly tar?: AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal | undefined;
}

export interface Wire {
  readonly address: Address;
  json<T>(request: Request): Promise<T>;
  /** The caller must read or destroy the body of the response. */
  stream(request: Request): Promise<IncomingMessage>;
  /** Opens a raw byte stream in both directions. */
  hijack(request: Request): Promise<Duplex>;
  toError(error: unknown, signal?: AbortSignal): Promise<EngineError>;
  /** All following requests use this version of the API. */
  useApiVersion(apiVersion: string): void;
}

/** Properties of the engine that the adapter depends on. */
export interface Peer {
  readonly podman: boolean;
  readonly windows: boolean;
  /** The version of the API that both speak: `1.51`. */
  readonly api: string;
}

export async function openWire(address: Address): Promise<Wire> {
  const toError = (error: unknown, signal?: AbortSignal) => toEngineError(error, address, signal);
  const { modem } = await createDocker(address.endpoint).catch(async (error: unknown) => {
    throw await toError(error);
  });
  const dial = async <T>(request: Request, more: object): Promise<T> => {
    const tar = request.tar && trackUpload(request.tar);
    try {
      const file = tar && { file: tar.stream };
      const result = await dialModem(modem, { ...dialOptions(request), ...more, ...file });
      if (result instanceof IncomingMessage) tar?.attachTo(result);
      return result as T;
    } catch (error) {
      tar?.stream.destroy();
      // If reading the tar stream failed, that is the cause of the failed request.
      throw await toError(tar?.error() ?? error, request.signal);
    }
  };
  return {
    address,
    json: (request) => dial(request, {}),
    stream: (request) => dial(request, { isStream: true }),
    hijack: (request) => dial(request, { hijack: true, isStream: true, ...withoutBody(request) }),
    toError: toError,
    useApiVersion: (apiVersion) => {
      (modem as { version?: string }).version = `v${apiVersion}`;
    },
  };
}

/** All options are set, because docker-modem takes missing ones from the environment. */
async function createDocker(endpoint: Endpoint): Promise<Docker> {
  const defaults = {
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
  switch (endpoint.kind) {
    case 'socket':
      return new Docker({ ...defaults, socketPath: endpoint.path, agent: new Agent() } as Options);
    case 'ssh':
      return dockerWithAgent(stdioAgent('ssh', sshArguments(endpoint)), defaults);
    case 'tcp': {
      const { host, port, tls } = endpoint;
      if (tls) return dockerWithAgent(await tlsAgent(endpoint, tls), defaults);
      return new Docker({ ...defaults, host, port, agent: new Agent() } as Options);
    }
  }
}

/**
 * VS Code sets its own proxy agent on every request without a socket path. It would not use SSH or the client
 * certificates. The socket path is never used, because the agent opens the connection.
 */
function dockerWithAgent(agent: Agent, defaults: object): Docker {
  return new Docker({ ...defaults, socketPath: 'by-agent', agent } as Options);
}

type Options = ConstructorParameters<typeof Docker>[0];

type Modem = Docker['modem'];

function dialModem(modem: Modem, request: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    (modem as Dialer).dial(request, (error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
}

interface Dialer {
  dial(options: object, done: (error: Error | null, result: unknown) => void): void;
}

/** Creates new options for each call, because docker-modem deletes properties from them. */
function dialOptions({ method, path, query, body, headers, signal }: Request): object {
  const parameters = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  return {
    method,
    // docker-modem adds the query only if the path ends with a question mark, and cuts the path otherwise.
    path: parameters.length > 0 ? `${path}?` : path,
    options: { _query: Object.fromEntries(parameters), _body: body ?? {} },
    ...(body && (containsBigint(body) ? jsonBytes(body) : { allowEmpty: true })),
    ...(headers && { headers }),
    ...(signal && { abortSignal: signal }),
    // 304 means that the container is already in the requested state; 201 is Podman's response to a resize.
    statusCodes: { 101: true, 200: true, 201: true, 202: true, 204: true, 304: true },
  };
}

/** A body that docker-modem cannot write as JSON, as bytes. */
function jsonBytes(body: object): object {
  const file = Buffer.from(stringifyExact(body));
  return { file, headers: { 'Content-Type': 'application/json' } };
}

function containsBigint(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint';
  return Object.values(value).some(containsBigint);
}

/** Without this, docker-modem sends an empty chunked body, which Podman reads as input of the process. */
function withoutBody({ body }: Request): object {
  return body === undefined ? { file: Buffer.alloc(0) } : {};
}

interface Upload {
  readonly stream: Readable;
  error(): unknown;
  /** Call it when the response arrives, which can be before the upload ends. Each then closes the other. */
  attachTo(response: IncomingMessage): void;
}

/** Converts a tar stream for docker-modem, and keeps the error if reading it fails. */
function trackUpload(tar: AsyncIterable<Uint8Array>): Upload {
  let failure: Error | undefined;
  let response: IncomingMessage | undefined;
  const stream = Readable.from(tar, { objectMode: false });
  stream.on('error', (error) => {
    // Converted here, because a file that cannot be read is not an error of the engine.
    failure = isEngineError(error) ? error : new EngineError('failed', error.message, error);
    response?.destroy(failure);
  });
  return {
    stream,
    error: () => failure,
    attachTo: (received) => {
      response = received;
      received.once('close', () => stream.destroy());
      if (failure) received.destroy(failure);
    },
  };
}

/** Escapes an untrusted path segment; the slashes of image names are kept. */
export function segment(word: string): string {
  return word
    .split('/')
    .map((part) => (/^\.\.?$/.test(part) ? part.replaceAll('.', '%2E') : encodeURIComponent(part)))
    .join('/')
    .replaceAll('%3A', ':')
    .replaceAll('%40', '@');
}

/** Reads the body of a response as fast as the reader does; an abort is reported as cancelled. */
export async function* bodyOf(
  wire: Wire,
  request: Request,
): AsyncGenerator<Uint8Array, void, undefined> {
  const response = await wire.stream(request);
  try {
    for await (const chunk of response as AsyncIterable<Uint8Array>) yield chunk;
  } catch (error) {
    throw await wire.toError(error, request.signal);
  } finally {
    response.destroy();
  }
}

/** Reads the lines of a response with one JSON text per line. */
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
