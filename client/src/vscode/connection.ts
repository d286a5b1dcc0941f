/** The connection of this window to the engine: opened when it is first needed, dropped when the engine stops. */
import type { ConnectionState } from '../ui/tools.ts';
import type { Address } from '../engine/address.ts';
import type { Engine } from '../engine/engine.ts';
import { isEngineError } from '../engine/errors.ts';
import type { CurrentConnection } from '../explorer/contexts.ts';
import type { Log } from './log.ts';

/** Finds the address of an engine and connects to it; both reject with EngineError. */
export interface ConnectionMethods {
  locate(): Promise<Address>;
  /** Whether all containers are listed at once; they can be requested while the engine is asked for its version. */
  connect(address: Address, lists: boolean): Promise<Engine>;
}

export class Connection {
  readonly #log: Log;
  readonly #methods: ConnectionMethods;
  #pending: Promise<Engine> | undefined;
  #engine: Engine | undefined;
  #current: CurrentConnection = {};
  /**
   * Whether all containers are needed first, and what reads them as soon as an engine answers, before its version is known.
   */
  first: { readonly isNeeded: () => boolean; readonly read: (engine: Engine) => void } | undefined;
  /** Called after the connection was opened or dropped. */
  onChange: () => void = () => undefined;

  constructor(methods: ConnectionMethods, log: Log) {
    this.#methods = methods;
    this.#log = log;
  }

  /** The last address, and the version of the engine that responded. */
  get current(): CurrentConnection {
    return this.#current;
  }

  /** Connects if necessary, and returns the error if that fails. */
  async state(): Promise<ConnectionState> {
    const error = await this.engine().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    const { address } = this.#current;
    return { ...(address && { address }), ...(isEngineError(error) && { error }) };
  }

  /** The connected engine; rejects with EngineError. */
  engine(): Promise<Engine> {
    this.#pending ??= this.#open();
    return this.#pending;
  }

  /** The engine if it is already connected. */
  get openEngine(): Engine | undefined {
    return this.#engine;
  }

  forget(): void {
    this.#pending = undefined;
    this.#engine = undefined;
    const { address } = this.#current;
    this.#current = address === undefined ? {} : { address };
    this.onChange();
  }

  async #open(): Promise<Engine> {
    let attempt: Promise<Engine> | undefined = undefined;
    try {
      await Promise.resolve();
      attempt = this.#pending;
      this.#current = {};
      const address = await this.#methods.locate();
      this.#current = { address };
      const first = this.first?.isNeeded() === true ? this.first : undefined;
      const engine = await this.#methods.connect(address, first !== undefined);
      const answer = engine.version();
      if (this.#pending === attempt) first?.read(engine);
      const response = await answer;
      const { version, apiVersion, os, architecture, product } = response;
      this.#log.info(
        `${product} ${version}, API ${apiVersion}, ${os}/${architecture}, at ${address.url}`,
      );
      if (this.#pending === attempt) {
        this.#engine = engine;
        this.#current = { address, version: response };
        this.onChange();
      }
      return engine;
    } catch (error) {
      // The next call connects again; callers that wait for this attempt get its error.
      if (this.#pending === attempt) this.#pending = undefined;
      throw error;
    }
  }
}
