/** The address of an engine, as plain data. */

/** Paths of PEM files. They are read when connecting, so that an address can be logged without secrets. */
export interface TlsFiles {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** Whether the certificate of the engine is verified. */
  readonly verify: boolean;
}

export type Endpoint =
  /** A Unix socket or a Windows named pipe. */
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
      /** The socket of the engine on that machine, if it is not the default one. */
      readonly socket?: string;
    };

export interface Address {
  readonly endpoint: Endpoint;
  /** Where the address was configured. */
  readonly source: 'window' | 'setting' | 'DOCKER_HOST' | 'DOCKER_CONTEXT' | 'config' | 'default';
  /** The Docker context that the address comes from. */
  readonly context?: string;
  /** The address as a user writes it. */
  readonly url: string;
}
