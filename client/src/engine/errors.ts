/** The one error of the engine port. */

export type EngineTrouble =
  /** Nothing is installed that could answer: neither socket nor program. */
  | 'not-installed'
  /** There should be an engine, but none answers. */
  | 'not-running'
  /** The socket is there, but not for this user. */
  | 'denied'
  /** A remote address that does not answer. */
  | 'unreachable'
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
