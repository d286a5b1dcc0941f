/** Docker contexts as plain data, and the port to their storage. */

export interface Context {
  readonly name: string;
  readonly description: string;
  /** The address of its engine; empty if it does not have one. */
  readonly host: string;
  /** True for `default`, which has no file and cannot be removed. */
  readonly builtin: boolean;
  /** The docker CLI uses it unless a flag or an environment variable selects another. */
  readonly current: boolean;
}

export interface NewContext {
  readonly name: string;
  readonly description?: string;
  readonly host: string;
  /** Paths of certificate files, which are copied. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly skipVerify?: boolean;
}

/** All methods reject with EngineError and nothing else. */
export interface ContextStore {
  /** `default` first, the others by name. */
  list(): Promise<readonly Context[]>;
  /** The same properties as `docker context inspect`. */
  inspect(name: string): Promise<object>;
  create(context: NewContext): Promise<void>;
  /** Also removes its certificates. If it is the current context, `default` becomes the current one. */
  remove(name: string): Promise<void>;
  /** Makes it the current context of the docker CLI, for all terminals and windows. */
  setDefault(name: string): Promise<void>;
  /** The environment variable that takes precedence over the current context. */
  readonly override: 'DOCKER_HOST' | 'DOCKER_CONTEXT' | undefined;
  /** Calls back when the contexts or the current context have changed. The result stops watching. */
  watch(changed: () => void): () => void;
}
