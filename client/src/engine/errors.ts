/** The error class of the engine port. */

export type EngineErrorKind =
  /** No engine is installed: neither a socket nor a program was found. */
  | 'not-installed'
  /** An engine is installed, but does not respond. */
  | 'not-running'
  /** The socket exists, but this user does not have permission to use it. */
  | 'denied'
  /** The user was granted permission after this process was started. */
  | 'new-login'
  /** A remote address does not respond. */
  | 'unreachable'
  /** The engine responds, but the TLS connection fails. */
  | 'tls'
  /** The SSH connection fails, or Docker is not available on the remote host. */
  | 'ssh'
  /** The engine address is invalid: in a setting, a variable, a context or a file. */
  | 'misconfigured'
  /** A registry requires a login. */
  | 'unauthorized'
  /** The container, image, context or path does not exist. */
  | 'missing'
  /** The state of the object does not allow the operation. */
  | 'conflict'
  | 'cancelled'
  | 'failed';

export class EngineError extends Error {
  override name = 'EngineError';
  readonly kind: EngineErrorKind;

  /** `message` is the reason given by the engine, without status codes. */
  constructor(kind: EngineErrorKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

/** Compares the name and not the class, so that an error created by another copy of the extension is recognized too. */
export function isEngineError(error: unknown): error is EngineError {
  return error instanceof Error && error.name === 'EngineError' && 'kind' in error;
}

const connectionErrorKinds: readonly EngineErrorKind[] = [
  'not-installed',
  'not-running',
  'denied',
  'new-login',
  'unreachable',
  'tls',
  'ssh',
  'misconfigured',
];

/** Whether the connection to the engine failed, and not the request. */
export function isConnectionError(error: unknown): boolean {
  return isEngineError(error) && connectionErrorKinds.includes(error.kind);
}
