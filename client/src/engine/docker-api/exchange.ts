/** One request and its response: its time limit, its abort, and what it uploads. */
import { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Address } from '../address.ts';
import { EngineError, isEngineError } from '../errors.ts';
import {
  cancelledError,
  isAborted,
  notRespondingError,
  toEngineError,
  unfinishedError,
} from './engine-errors.ts';
import { limitForStart, type Limits, type Patience } from './limits.ts';
import type { DialOptions, Modem } from './modem.ts';
import { RawAnswer, type Take } from './raw-download.ts';
import { Watchdog } from './watchdog.ts';
import type { Request } from './request.ts';

type Response = IncomingMessage | RawAnswer | Duplex;

export interface ExchangeOptions {
  readonly modem: Modem;
  readonly address: Address;
  readonly limits: Limits;
  /** Whether the engine responds to another request. */
  readonly probe: () => Promise<boolean>;
}

export class Exchange {
  readonly #request: Request;
  readonly #options: ExchangeOptions;
  readonly #patience: Patience;
  readonly #control = new AbortController();
  readonly #watchdog: Watchdog;
  readonly #upload: AsyncIterable<Uint8Array> | undefined;
  readonly #cancel = (): void => {
    this.#control.abort();
    this.#response?.destroy();
  };
  #response: Response | undefined;
  /** Why it was ended here: the time limit, or a file that could not be read. */
  #failure: EngineError | undefined;

  constructor(request: Request, options: ExchangeOptions) {
    this.#request = request;
    this.#options = options;
    const { limits, address, probe } = options;
    this.#patience = request.patience ?? (isRead(request) ? 'answer' : 'work');
    const limit = limitForStart(limits, this.#patience);
    this.#watchdog = new Watchdog(limit, {
      probe,
      expired: (reason) =>
        this.#fail(
          reason === 'silent'
            ? notRespondingError(address)
            : unfinishedError(address, Math.min(limit.longest, limit.whole)),
        ),
    });
    this.#upload = request.tar && this.#trackUpload(request.tar);
    request.signal?.addEventListener('abort', this.#cancel, { once: true });
    if (isAborted(request.signal)) this.#cancel();
  }

  /** The response with any status, or a socket; rejects with EngineError. */
  async start(extra: Pick<DialOptions, 'hijack'> = {}): Promise<Response> {
    try {
      const options = { ...extra, signal: this.#control.signal, upload: this.#upload };
      const response = await this.#options.modem.dial(this.#request, options);
      this.#response = response;
      // Ended while the response was on its way.
      if (this.#failure !== undefined) throw this.#failure;
      this.#watchdog.continueWith(this.#options.limits[this.#patience], counterOf(response));
      return response;
    } catch (error) {
      this.close();
      throw await this.toError(error);
    }
  }

  /** The body of the response, as fast as the reader takes it; rejects with EngineError, and always ends the request. */
  async *body(response: IncomingMessage | RawAnswer): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for await (const chunk of response as AsyncIterable<Uint8Array>) {
        this.#watchdog.pause();
        yield chunk;
        this.#watchdog.resume();
      }
    } catch (error) {
      throw await this.toError(error);
    } finally {
      this.close();
    }
    if (this.#failure ?? isAborted(this.#request.signal)) throw await this.toError(undefined);
  }

  /** Passes the body on. Rejects with EngineError, or with what `take` throws, and always ends the request. */
  async pass(response: IncomingMessage | RawAnswer, take: Take): Promise<void> {
    let refusal: { readonly error: unknown } | undefined;
    const guarded: Take = (chunk) => {
      this.#watchdog.touch();
      try {
        const wait = take(chunk);
        if (wait === undefined || wait === 'enough') return wait;
        this.#watchdog.pause();
        return wait.then(
          () => this.#watchdog.resume(),
          (error: unknown) => {
            refusal = { error };
            throw error;
          },
        );
      } catch (error) {
        refusal = { error };
        throw error;
      }
    };
    try {
      if (response instanceof RawAnswer) await response.pass(guarded);
      else await passEach(response, guarded);
    } catch (error) {
      if (refusal !== undefined && !isAborted(this.#request.signal)) throw refusal.error as Error;
      throw await this.toError(error);
    } finally {
      this.close();
    }
    if (this.#failure ?? isAborted(this.#request.signal)) throw await this.toError(undefined);
  }

  /** Ends the request when the socket is closed. */
  closeWith(socket: Duplex): void {
    socket.once('close', () => this.close());
  }

  /** Ends the request. Calls after the first do nothing. */
  close(): void {
    this.#watchdog.stop();
    this.#request.signal?.removeEventListener('abort', this.#cancel);
    this.#response?.destroy();
    // Also ends a request that has no response yet.
    this.#control.abort();
  }

  toError(error: unknown): Promise<EngineError> {
    if (isAborted(this.#request.signal)) return Promise.resolve(cancelledError());
    return toEngineError(this.#failure ?? error, this.#options.address);
  }

  #fail(error: EngineError): void {
    this.#failure ??= error;
    this.#control.abort();
    this.#response?.destroy(error);
  }

  /** The chunks of a tar stream; keeps the error if reading it fails. */
  async *#trackUpload(tar: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of tar) {
        this.#watchdog.touch();
        yield chunk;
      }
    } catch (error) {
      // Converted here, because a file that cannot be read is not an error of the engine.
      const { message } = error as Error;
      this.#fail(isEngineError(error) ? error : new EngineError('failed', message, error));
    }
  }
}

async function passEach(response: AsyncIterable<Uint8Array>, take: Take): Promise<void> {
  for await (const chunk of response) {
    const wait = take(chunk);
    if (wait === 'enough') break;
    await wait;
  }
}

function isRead({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Whether it has a status and a body, and is not a connection. */
export function isAnswer(response: Response): response is IncomingMessage | RawAnswer {
  return response instanceof IncomingMessage || response instanceof RawAnswer;
}

/** Counts the bytes of a socket, which is read elsewhere. A pipe to a program does not count. */
function counterOf(response: Response): (() => number) | undefined {
  if (isAnswer(response)) return undefined;
  const { bytesRead, bytesWritten } = response as Partial<Counted>;
  if (bytesRead === undefined || bytesWritten === undefined) return undefined;
  const socket = response as unknown as Counted;
  return () => socket.bytesRead + socket.bytesWritten;
}

interface Counted {
  readonly bytesRead: number;
  readonly bytesWritten: number;
}
