/** Docker contexts, as plain data, and the port to where they are kept. */

export interface Context {
  readonly name: string;
  readonly description: string;
  /** The address of its engine; empty where it names none. */
  readonly host: string;
  /** `default` has no file and cannot be removed. */
  readonly builtin: boolean;
  /** The docker command line uses it where nobody says otherwise. */
  readonly current: boolean;
}

export interface NewContext {
  readonly name: string;
  readonly description?: string;
  readonly host: string;
  /** Files that are copied. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly skipVerify?: boolean;
}

/** All methods reject with EngineError and nothing else. */
export interface ContextStore {
  /** `default` first, the others by name. */
  list(): Promise<readonly Context[]>;
  /** As `docker context inspect` tells it. */
  inspect(name: string): Promise<object>;
  create(context: NewContext): Promise<void>;
  /** Its certificates too; where it was the current one, that becomes `default`. */
  remove(name: string): Promise<void>;
  /** Makes it the current one of the docker command line, for all terminals and windows. */
  useEverywhere(name: string): Promise<void>;
  /** What stands over the current context in terminals as in ours. */
  readonly override: 'DOCKER_HOST' | 'DOCKER_CONTEXT' | undefined;
  /** Calls back when contexts or the current one have changed; the result ends it. */
  watch(changed: () => void): () => void;
}
