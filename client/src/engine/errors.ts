/** The one error of the engine port. */

export type EngineTrouble =
  /** Nothing is installed that could answer: neither socket nor program. */
  | 'not-installed'
  /** There should be an engine, but none answers. */
  | 'not-running'
  /** The socket is there, but not for this user. */
  | 'denied'
  /** The user was let in lately; this process is older than that. */
  | 'new-login'
  /** A remote address that does not answer. */
  | 'unreachable'
  /** It answers, but the two do not trust or understand each other's certificates. */
  | 'tls'
  /** The way through ssh fails, or what it finds at the other end. */
  | 'ssh'
  /** What says where the engine is makes no sense: an address, a context, a file. */
  | 'misconfigured'
  /** A registry wants to know who asks. */
  | 'unauthorized'
  /** The container, image or path does not exist. */
  | 'missing'
  /** Its state does not allow it. */
  | 'conflict'
  | 'cancelled'
  | 'failed';

export class EngineError extends Error {
  override name = 'EngineError';
  readonly kind: EngineTrouble;

  /** The message is the engine's own fact, without status codes. */
  constructor(kind: EngineTrouble, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

/** Told by name, not by class: it also holds for an error that another copy of the extension made. */
export function isEngineError(error: unknown): error is EngineError {
  return error instanceof Error && error.name === 'EngineError' && 'kind' in error;
}

const ofConnection: readonly EngineTrouble[] = [
  'not-installed',
  'not-running',
  'denied',
  'new-login',
  'unreachable',
  'tls',
  'ssh',
  'misconfigured',
];

/** Whether it is the way to the engine that fails, not what was asked of it. */
export function isConnectionTrouble(error: unknown): boolean {
  return isEngineError(error) && ofConnection.includes(error.kind);
}
