/** Converts failures to EngineError; the only file that knows status and error codes. */
import { t } from '@vscode/l10n';
import { needsNewLogin } from '../transport/socket-access.ts';
import { engineInstalled } from '../docker-cli/address-lookup.ts';
import type { Address } from '../address.ts';
import { currentEnvironment, type Environment } from '../docker-cli/config-file.ts';
import { EngineError, isEngineError, type EngineErrorKind } from '../errors.ts';

/** Converts any failure of the connection or of the engine to the error class of the port. */
export async function toEngineError(
  error: unknown,
  address: Address,
  signal?: AbortSignal,
  environment: Environment = currentEnvironment(),
): Promise<EngineError> {
  if (isAborted(signal)) return cancelledError();
  if (isEngineError(error)) return error;
  const { statusCode } = error as { readonly statusCode?: unknown };
  if (typeof statusCode === 'number')
    return responseError(statusCode, responseMessage(error), address);
  const code = codeOf(error);
  if (code === undefined) return new EngineError('failed', errorMessage(error), error);
  return address.endpoint.kind === 'socket'
    ? socketError(code, error, address, environment)
    : (tlsError(code, error, address) ??
        new EngineError(
          'unreachable',
          t('Could not connect to the engine at {0}: {1}', address.url, errorMessage(error)),
          error,
        ));
}

/** Undefined if the error is not about TLS. */
function tlsError(
  code: string,
  error: unknown,
  { endpoint, url }: Address,
): EngineError | undefined {
  if (endpoint.kind !== 'tcp' || endpoint.tls === undefined) return undefined;
  const reason = errorMessage(error);
  if (code === 'ENOENT' || code === 'EACCES') {
    return new EngineError(
      'tls',
      t('Could not read the TLS certificate files for {0}: {1}', url, reason),
      error,
    );
  }
  if (/wrong[ _]version[ _]number|packet length too long/i.test(`${code} ${reason}`)) {
    return new EngineError(
      'tls',
      t('{0} does not use TLS, but TLS is configured for it', url),
      error,
    );
  }
  if (untrustedCertificate.test(code)) {
    return new EngineError(
      'tls',
      t('The TLS certificate of {0} is not trusted: {1}', url, reason),
      error,
    );
  }
  return /^(ERR_SSL|ERR_TLS|ERR_OSSL|EPROTO$)/.test(code)
    ? new EngineError(
        'tls',
        t('The TLS handshake with {0} failed; check the client certificate: {1}', url, reason),
        error,
      )
    : undefined;
}

const untrustedCertificate =
  /SELF_SIGNED|UNABLE_TO_|CERT_|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE/;

/** A function, because TypeScript assumes that `signal.aborted` does not change between two reads. */
export function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

export function cancelledError(): EngineError {
  return new EngineError('cancelled', t('Cancelled'));
}

/** The error for a response with an error status. */
export function responseError(status: number, message: string, address?: Address): EngineError {
  if (status === 400 && /HTTP request to an HTTPS server/i.test(message)) {
    return new EngineError('tls', t('{0} requires TLS', address?.url ?? ''));
  }
  return new EngineError(kindOf(status, message), message);
}

/** The error for a message inside a stream: a pull or a build that failed after its response had started. */
export function streamError(message: string): EngineError {
  const missing = /manifest unknown|not found: manifest|repository does not exist/i.test(message);
  const kind = missing ? 'missing' : unauthorized.test(message) ? 'unauthorized' : 'failed';
  return new EngineError(kind, message.trim());
}

/** Messages of registries, which the engine forwards. */
const unauthorized =
  /no basic auth credentials|unauthorized|authentication required|access to the resource is denied/i;

function kindOf(status: number, message: string): EngineErrorKind {
  if (status === 404) return 'missing';
  if (status === 409) return 'conflict';
  if (status === 500 && unauthorized.test(message)) return 'unauthorized';
  // Podman 4 responds with 500 where Docker responds with 409.
  return status === 500 && podmanConflict.test(message) ? 'conflict' : 'failed';
}

const podmanConflict =
  /container state improper|image is in use|image used by|network already exists|is already in use by|with more than one tag/;

async function socketError(
  code: string,
  error: unknown,
  address: Address,
  environment: Environment,
): Promise<EngineError> {
  if (code === 'EACCES' || code === 'EPERM') {
    const { endpoint } = address;
    if (endpoint.kind === 'socket' && (await needsNewLogin(endpoint.path))) {
      return new EngineError(
        'new-login',
        t('Permission to use {0} takes effect after the next login', address.url),
        error,
      );
    }
    return new EngineError(
      'denied',
      t('This user does not have permission to use {0}', address.url),
      error,
    );
  }
  if (code === 'ENOENT' && !(await engineInstalled(environment))) {
    return new EngineError('not-installed', t('{0} does not exist', address.url), error);
  }
  return notRunningCodes.has(code)
    ? new EngineError(
        'not-running',
        t('Could not connect to the engine at {0}', address.url),
        error,
      )
    : new EngineError('failed', errorMessage(error), error);
}

/** No engine is listening, or it closed the connection during the response. */
const notRunningCodes = new Set([
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

/** The message of the engine, without the prefix `(HTTP code 409) reason - ` of dockerode. */
function responseMessage(error: unknown): string {
  const { json } = error as { readonly json?: unknown };
  const { message } = (json ?? {}) as { readonly message?: unknown };
  if (typeof message === 'string' && message.trim() !== '') return message.trim();
  const text = errorMessage(error).replace(/^\(HTTP code \d+\) .*? - /s, '');
  return text.trim();
}

function errorMessage(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim();
}
