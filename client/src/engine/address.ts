/** Where an engine is, as plain data. */

/** Files with PEM texts; read at connecting, so that an address can be logged. */
export interface TlsFiles {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** Whether the engine's certificate is checked. */
  readonly verify: boolean;
}

export type Place =
  /** A Unix socket, or a named pipe of Windows. */
  | { readonly kind: 'socket'; readonly path: string }
  | {
      readonly kind: 'tcp';
      readonly host: string;
      readonly port: number;
      readonly tls?: TlsFiles;
    }
  | {
      readonly kind: 'ssh';
      readonly host: string;
      readonly user?: string;
      readonly port?: number;
      /** The engine's socket on that machine, where it is not the usual one. */
      readonly socket?: string;
    };

export interface Address {
  readonly place: Place;
  /** What said so. */
  readonly source: 'window' | 'setting' | 'DOCKER_HOST' | 'DOCKER_CONTEXT' | 'config' | 'default';
  /** The Docker context, where one said so. */
  readonly context?: string;
  /** As a person would write it. */
  readonly url: string;
}
