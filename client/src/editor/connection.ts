/** The one connection to the engine: made when it is first needed, forgotten when the engine goes. */
import type { Engine } from '../engine/engine.ts';
import type { Log } from './log.ts';

export class Connection {
  readonly #log: Log;
  readonly #connect: () => Promise<Engine>;
  #pending: Promise<Engine> | undefined;
  #engine: Engine | undefined;

  constructor(connect: () => Promise<Engine>, log: Log) {
    this.#connect = connect;
    this.#log = log;
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
  }

  async #open(): Promise<Engine> {
    let mine: Promise<Engine> | undefined = undefined;
    try {
      await Promise.resolve();
      mine = this.#pending;
      const engine = await this.#connect();
      const { version, apiVersion, os, architecture } = await engine.version();
      this.#log.info(`Engine ${version}, API ${apiVersion}, ${os}/${architecture}`);
      if (this.#pending === mine) this.#engine = engine;
      return engine;
    } catch (error) {
      // The next one asks anew; whoever waits for this one hears of it.
      if (this.#pending === mine) this.#pending = undefined;
      throw error;
    }
  }
}
