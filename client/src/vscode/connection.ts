/** The one connection to the engine: made when it is first needed, forgotten when the engine goes. */
import type { ConnectionState } from '../ui/tools.ts';
import type { Address } from '../engine/address.ts';
import type { Engine } from '../engine/engine.ts';
import { isEngineError } from '../engine/errors.ts';
import type { InUse } from '../explorer/contexts.ts';
import type { Log } from './log.ts';

/** How an engine is found and spoken with; both reject with EngineError. */
export interface Ways {
  locate(): Promise<Address>;
  connect(address: Address): Promise<Engine>;
}

export class Connection {
  readonly #log: Log;
  readonly #ways: Ways;
  #pending: Promise<Engine> | undefined;
  #engine: Engine | undefined;
  #inUse: InUse = {};

  constructor(ways: Ways, log: Log) {
    this.#ways = ways;
    this.#log = log;
  }

  /** The address last tried, and who answered there. */
  get inUse(): InUse {
    return this.#inUse;
  }

  /** Tries it now, and tells what is wrong. */
  async state(): Promise<ConnectionState> {
    const trouble = await this.engine().then(
      () => undefined,
      (error: unknown) => error,
    );
    const { address } = this.#inUse;
    return { ...(address && { address }), ...(isEngineError(trouble) && { trouble }) };
  }

  /** The engine, after it has answered once; rejects with EngineError. */
  engine(): Promise<Engine> {
    this.#pending ??= this.#open();
    return this.#pending;
  }

  /** The engine if we speak with one already. */
  get open(): Engine | undefined {
    return this.#engine;
  }

  forget(): void {
    this.#pending = undefined;
    this.#engine = undefined;
    const { address } = this.#inUse;
    this.#inUse = address === undefined ? {} : { address };
  }

  async #open(): Promise<Engine> {
    let mine: Promise<Engine> | undefined = undefined;
    try {
      await Promise.resolve();
      mine = this.#pending;
      this.#inUse = {};
      const address = await this.#ways.locate();
      this.#inUse = { address };
      const engine = await this.#ways.connect(address);
      const found = await engine.version();
      const { version, apiVersion, os, architecture, product } = found;
      this.#log.info(
        `${product} ${version}, API ${apiVersion}, ${os}/${architecture}, at ${address.url}`,
      );
      if (this.#pending === mine) {
        this.#engine = engine;
        this.#inUse = { address, version: found };
      }
      return engine;
    } catch (error) {
      // The next one asks anew; whoever waits for this one hears of it.
      if (this.#pending === mine) this.#pending = undefined;
      throw error;
    }
  }
}
