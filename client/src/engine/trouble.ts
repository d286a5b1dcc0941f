/** What went wrong with the engine, told as EngineError: the only place that knows codes. */
import { t } from '@vscode/l10n';
import { engineInstalled, surroundings, type Address, type Surroundings } from './address.ts';
import { EngineError, isEngineError, type EngineTrouble } from './errors.ts';

/** Any failure of the connection or of the engine, as the one error of the port. */
export async function trouble(
  error: unknown,
  address: Address,
  signal?: AbortSignal,
  around: Surroundings = surroundings(),
): Promise<EngineError> {
  if (isAborted(signal)) return cancelled();
  if (isEngineError(error)) return error;
  const { statusCode } = error as { readonly statusCode?: unknown };
  if (typeof statusCode === 'number') return refusal(statusCode, refusalText(error));
  const code = codeOf(error);
  if (code === undefined) return new EngineError('failed', plainText(error), error);
  return address.place.kind === 'socket'
    ? localTrouble(code, error, address, around)
    : new EngineError(
        'unreachable',
        t('{0} does not answer: {1}', address.url, plainText(error)),
        error,
      );
}

/** A function, as the compiler takes a signal for unchanging between two looks. */
export function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

export function cancelled(): EngineError {
  return new EngineError('cancelled', t('Cancelled'));
}

/** An answer of the engine that says no. */
export function refusal(status: number, message: string): EngineError {
  return new EngineError(kindOf(status, message), message);
}

/** What stands in a stream that began well: a pull or a build that failed later. */
export function streamed(message: string): EngineError {
  const missing = /manifest unknown|not found: manifest|repository does not exist/i.test(message);
  return new EngineError(missing ? 'missing' : 'failed', message.trim());
}

function kindOf(status: number, message: string): EngineTrouble {
  if (status === 404) return 'missing';
  if (status === 409) return 'conflict';
  // Podman 4 answers 500 where Docker answers 409.
  return status === 500 && podmanConflict.test(message) ? 'conflict' : 'failed';
}

const podmanConflict = /container state improper|image is in use|image used by/;

async function localTrouble(
  code: string,
  error: unknown,
  address: Address,
  around: Surroundings,
): Promise<EngineError> {
  if (code === 'EACCES' || code === 'EPERM') {
    return new EngineError('denied', t('{0} is not open to this user', address.url), error);
  }
  if (code === 'ENOENT' && !(await engineInstalled(around))) {
    return new EngineError('not-installed', t('There is nothing at {0}', address.url), error);
  }
  return gone.has(code)
    ? new EngineError('not-running', t('Nothing answers at {0}', address.url), error)
    : new EngineError('failed', plainText(error), error);
}

/** No engine listens, or it went away while it was answering. */
const gone = new Set([
  'ENOENT',
  'ENOTDIR',
  'ENOTSOCK',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ERR_STREAM_PREMATURE_CLOSE',
]);

function codeOf(error: unknown): string | undefined {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

/** The engine's own words; dockerode's message puts `(HTTP code 409) reason - ` before them. */
function refusalText(error: unknown): string {
  const { json } = error as { readonly json?: unknown };
  const { message } = (json ?? {}) as { readonly message?: unknown };
  if (typeof message === 'string' && message.trim() !== '') return message.trim();
  const text = plainText(error).replace(/^\(HTTP code \d+\) .*? - /s, '');
  return text.trim();
}

function plainText(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim();
}
