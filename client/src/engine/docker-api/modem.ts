/** Opens requests with dockerode's modem. The only file that uses dockerode. */
import http, { Agent, type IncomingMessage } from 'node:http';
import type { RequestOptions as SecureOptions } from 'node:https';
import { stringify } from 'node:querystring';
import type { Duplex } from 'node:stream';
import Docker from 'dockerode';
import type { Endpoint } from '../address.ts';
import { stringifyExact } from '../exact-json.ts';
import { sshArguments, stdioAgent } from '../transport/stdio-agent.ts';
import { tlsAgent } from '../transport/tls-agent.ts';
import { downloadRaw, type RawAnswer } from './raw-download.ts';
import type { Request } from './request.ts';
import { sendChunks } from './upload.ts';

/** What one dial needs besides the request. */
export interface DialOptions {
  /** Ends the request and its response. */
  readonly signal: AbortSignal;
  /** The body, if it is a stream. */
  readonly upload?: AsyncIterable<Uint8Array> | undefined;
  /** Requests a raw byte stream in both directions. */
  readonly hijack?: boolean;
}

export interface Modem {
  /**
   * Resolves when the response starts, whatever its status is, or to a socket if the connection was upgraded. Rejects with
   * the error of the connection, or when the signal is aborted.
   */
  dial(request: Request, options: DialOptions): Promise<IncomingMessage | RawAnswer | Duplex>;
  useApiVersion(apiVersion: string): void;
}

/** Rejects if the files of certificates cannot be read. */
export async function createModem(endpoint: Endpoint): Promise<Modem> {
  const modem = (await createDocker(endpoint)).modem as unknown as DockerModem;
  modem.buildRequest = send;
  modem.buildQuerystring = queryText;
  return {
    dial: async (request, options) => {
      if (request.bulk !== true) return dial(modem, request, options);
      const raw = await downloadRaw(endpoint, pathOf(modem, request), options.signal);
      return raw ?? dial(modem, request, options);
    },
    useApiVersion: (apiVersion) => {
      modem.version = `v${apiVersion}`;
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
  return new Docker({ ...defaults, socketPath: byAgent, agent } as Options);
}

const byAgent = 'by-agent';

/** The path with the version of the API and the query. */
function pathOf({ version }: DockerModem, { path, query = {} }: Request): string {
  return `${version === undefined ? '' : `/${version}`}${path}?${queryText(query)}`;
}

type Options = ConstructorParameters<typeof Docker>[0];

type Done = (error: Error | null, result?: IncomingMessage | Duplex) => void;

/** The parts of docker-modem that are used: it makes paths, queries, headers and bodies of requests. */
interface DockerModem {
  version?: string;
  dial(options: object, done: Done): void;
  buildRequest: typeof send;
  buildQuerystring: typeof queryText;
}

/** A query in place of docker-modem's, which writes bytes as JSON. */
function queryText(query: Query): string {
  return Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) =>
      value instanceof Uint8Array
        ? `${encodeURIComponent(name)}=${[...value].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')}`
        : stringify({ [name]: value }),
    )
    .join('&');
}

type Query = NonNullable<Request['query']>;

/**
 * Sends a request in place of docker-modem, which follows redirects to any host, so that a wrong answer would end the process,
 * and which waits for the end of a body even if the connection was cut.
 */
function send(
  options: http.RequestOptions,
  { hijack = false }: { readonly hijack?: boolean },
  data: string | Buffer | AsyncIterable<Uint8Array> | undefined,
  done: Done,
): void {
  let request: http.ClientRequest;
  try {
    request = http.request(withoutServerName(options));
  } catch (error) {
    // A path with characters that HTTP does not allow.
    done(error as Error);
    return;
  }
  request.on('response', (response) => done(null, response));
  request.on('error', (error) => done(error));
  if (hijack)
    request.on('upgrade', (_response, socket, head) => {
      if (head.length > 0) socket.unshift(head);
      done(null, socket);
    });
  if (data === undefined || typeof data === 'string' || Buffer.isBuffer(data)) request.end(data);
  else void sendChunks(request, data);
}

/** For a socket, Node.js would compile expressions that find IP addresses, for the name that TLS needs. */
function withoutServerName(options: http.RequestOptions): SecureOptions {
  const { socketPath } = options;
  const isSocket = socketPath !== undefined && socketPath !== byAgent;
  return isSocket ? { ...options, servername: '' } : options;
}

function dial(
  modem: DockerModem,
  request: Request,
  options: DialOptions,
): Promise<IncomingMessage | Duplex> {
  const { signal } = options;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new Error('aborted'));
    if (signal.aborted) {
      abort();
      return;
    }
    signal.addEventListener('abort', abort, { once: true });
    modem.dial(dialOptions(request, options), (error, result) => {
      signal.removeEventListener('abort', abort);
      // The reader gets its errors. Without a listener, one that comes before would end the extension host.
      result?.on('error', () => undefined);
      if (signal.aborted) result?.destroy();
      if (result) resolve(result);
      else reject(error ?? new Error('no response'));
    });
  });
}

/** Creates new options for each call, because docker-modem deletes properties from them. */
function dialOptions(
  { method, path, query, body, headers }: Request,
  { signal, upload, hijack = false }: DialOptions,
): object {
  const parameters = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  return {
    method,
    // docker-modem adds the query only if the path ends with a question mark, and cuts the path otherwise.
    path: parameters.length > 0 ? `${path}?` : path,
    options: { _query: Object.fromEntries(parameters), _body: body ?? {} },
    ...(body && (containsBigint(body) ? jsonBytes(body) : { allowEmpty: true })),
    ...(headers && { headers }),
    ...(upload && { file: upload }),
    // Without this, docker-modem sends an empty chunked body, which Podman reads as input of the process.
    ...(hijack && { hijack: true, ...(body === undefined && { file: Buffer.alloc(0) }) }),
    abortSignal: signal,
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
