/** Converts failures to EngineError; the only file that knows status and error codes. */
import { t } from '@vscode/l10n';
import { needsNewLogin } from '../transport/socket-access.ts';
import { engineInstalled } from '../docker-cli/address-lookup.ts';
import type { Address } from '../address.ts';
import { currentEnvironment, type Environment } from '../docker-cli/config-file.ts';
import { EngineError, isEngineError, type EngineErrorKind } from '../errors.ts';
import { isObject } from '../json-object.ts';
import { text } from './json-readers.ts';

/** Converts any failure of the connection to the error class of the port. */
export async function toEngineError(
  error: unknown,
  address: Address,
  environment: Environment = currentEnvironment(),
): Promise<EngineError> {
  if (isEngineError(error)) return error;
  const code = codeOf(error);
  if (code === undefined) return new EngineError('failed', errorMessage(error), error);
  if (code.startsWith('HPE_')) return notAnEngineError(address, error);
  if (lostCodes.has(code)) {
    const kind = address.endpoint.kind === 'socket' ? 'not-running' : 'unreachable';
    const message = t('The connection to the engine at {0} was lost', address.url);
    return new EngineError(kind, message, error);
  }
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

/** The error for a response with an error status; `body` is as much of it as has arrived. */
export function errorResponse(status: number, body: string, address: Address): EngineError {
  const message = messageOf(body);
  if (status === 400 && /HTTP request to an HTTPS server/i.test(message)) {
    return new EngineError('tls', t('{0} requires TLS', address.url));
  }
  const isWebPage = /^\s*</.test(body);
  if (isWebPage || (status >= 300 && status < 400)) {
    return new EngineError(
      'failed',
      t('{0} is not a Docker engine: it responded with HTTP status {1}', address.url, status),
      body,
    );
  }
  return new EngineError(
    kindOf(status, message),
    message === ''
      ? t('The engine reported an error without a reason (HTTP status {0})', status)
      : message,
  );
}

/** The reason in the body of an error; empty if there is none. Podman and proxies also respond with plain text. */
function messageOf(body: string): string {
  const trimmed = body.trim();
  if (!/^[{["]/.test(trimmed)) return trimmed === 'null' ? '' : trimmed;
  try {
    const json: unknown = JSON.parse(trimmed);
    return isObject(json) ? (text(json.message) ?? text(json.error) ?? '').trim() : '';
  } catch {
    // Cut off.
    return '';
  }
}

/** The error for a response that does not answer the request. */
export function invalidResponseError(
  { method, path }: { readonly method: string; readonly path: string },
  address: Address,
  cause?: unknown,
): EngineError {
  return new EngineError(
    'failed',
    t('The engine at {0} sent an invalid response to {1}', address.url, `${method} ${path}`),
    cause,
  );
}

function notAnEngineError(address: Address, cause: unknown): EngineError {
  return new EngineError(
    'failed',
    t('{0} is not a Docker engine: its response is not valid HTTP', address.url),
    cause,
  );
}

export function notRespondingError({ endpoint, url }: Address): EngineError {
  const kind = endpoint.kind === 'socket' ? 'not-running' : 'unreachable';
  return new EngineError(kind, t('The engine at {0} is not responding', url));
}

/** `limit` in milliseconds. The engine responds to other requests. */
export function unfinishedError({ url }: Address, limit: number): EngineError {
  const minutes = Math.max(1, Math.round(limit / 60_000));
  return new EngineError(
    'failed',
    minutes === 1
      ? t('The engine at {0} has not completed the request after one minute', url)
      : t('The engine at {0} has not completed the request after {1} minutes', url, minutes),
  );
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

/** No engine is listening. */
const notRunningCodes = new Set(['ENOENT', 'ENOTDIR', 'ENOTSOCK', 'ECONNREFUSED']);

/** The connection was closed during the request or the response. */
const lostCodes = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);

function codeOf(error: unknown): string | undefined {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

function errorMessage(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim();
}
