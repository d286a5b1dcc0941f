/** Sends all requests to the engine. Whatever comes back or does not come back, they settle within their limits. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Address } from '../address.ts';
import type { EngineError } from '../errors.ts';
import { errorResponse, invalidResponseError, toEngineError } from './engine-errors.ts';
import { Exchange, isAnswer, type ExchangeOptions } from './exchange.ts';
import { defaultLimits, sshLimits, type Limits } from './limits.ts';
import { createModem } from './modem.ts';
import type { RawAnswer, Take } from './raw-download.ts';
import type { Request } from './request.ts';

/** A response with a status of success. */
export interface Answer {
  readonly headers: IncomingHttpHeaders;
  /** Can be read once; reading it to its end, or ending the loop early, ends the request. */
  readonly body: AsyncGenerator<Uint8Array, void, undefined>;
  /** Passes the body on instead, without a queue in between. Rejects with EngineError, and with what `take` throws. */
  pass(take: Take): Promise<void>;
  /** Ends the request if the body is not read. */
  close(): void;
}

/** All methods reject with EngineError and nothing else. */
export interface Wire {
  readonly address: Address;
  readonly limits: Limits;
  open(request: Request): Promise<Answer>;
  /** Opens a raw byte stream in both directions. */
  hijack(request: Request): Promise<Duplex>;
  /** Converts an error of a hijacked stream. */
  toError(error: unknown): Promise<EngineError>;
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

export async function openWire(
  address: Address,
  limits: Limits = address.endpoint.kind === 'ssh' ? sshLimits : defaultLimits,
): Promise<Wire> {
  const modem = await createModem(address.endpoint).catch(async (error: unknown) => {
    throw await toEngineError(error, address);
  });
  const options: ExchangeOptions = { modem, address, limits, probe: shared(() => responds()) };
  /** Not `/_ping`, which engines answer even if they are stuck. */
  const responds = async (): Promise<boolean> => {
    const signal = AbortSignal.timeout(limits.probe);
    // The limit of the probe is its signal; the probe of the probe is not needed.
    const exchange = new Exchange(
      { method: 'GET', path: '/version', signal },
      { ...options, probe: () => Promise.resolve(true) },
    );
    const status = await exchange.start().then(isAnswer, () => false);
    exchange.close();
    return status;
  };
  return {
    address,
    limits,
    open: async (request) => {
      const exchange = new Exchange(request, options);
      const response = await exchange.start();
      if (isAnswer(response) && isSuccess(response.statusCode)) return answerOf(exchange, response);
      throw await refusal(exchange, response, { request, address });
    },
    hijack: async (request) => {
      const exchange = new Exchange({ patience: 'open', ...request }, options);
      const response = await exchange.start({ hijack: true });
      if (isAnswer(response)) throw await refusal(exchange, response, { request, address });
      exchange.closeWith(response);
      return response;
    },
    toError: (error) => toEngineError(error, address),
    useApiVersion: (apiVersion) => modem.useApiVersion(apiVersion),
  };
}

function answerOf(exchange: Exchange, response: IncomingMessage | RawAnswer): Answer {
  const { headers } = response;
  return {
    headers,
    body: exchange.body(response),
    pass: (take) => exchange.pass(response, take),
    close: () => exchange.close(),
  };
}

/** 304 means that the container is already in the requested state; 201 is Podman's response to a resize. */
function isSuccess(status: number | undefined): boolean {
  return status !== undefined && [200, 201, 202, 204, 304].includes(status);
}

/** The error for a response that is not what was requested. Ends the request. */
async function refusal(
  exchange: Exchange,
  response: IncomingMessage | RawAnswer | Duplex,
  { request, address }: { readonly request: Request; readonly address: Address },
): Promise<EngineError> {
  if (!isAnswer(response) || isSuccess(response.statusCode)) {
    exchange.close();
    return invalidResponseError(request, address);
  }
  const status = response.statusCode ?? 0;
  return errorResponse(status, await firstText(exchange.body(response)), address);
}

/** Longer messages are cut. */
const longestMessage = 64 * 1024;

/** As much of the text as arrives: the status alone is an error, too. */
async function firstText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > longestMessage) break;
    }
  } catch {
    // The connection was cut.
  }
  return Buffer.concat(chunks).toString('utf8', 0, longestMessage);
}

/** Calls at the same time share one result. */
function shared<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => {
    running ??= work().finally(() => (running = undefined));
    return running;
  };
}
