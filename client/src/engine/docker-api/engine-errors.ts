/** What went wrong with the engine, told as EngineError: the only place that knows codes. */
import { t } from '@vscode/l10n';
import { waitsForLogin } from '../transport/socket-access.ts';
import { engineInstalled } from '../docker-cli/address-lookup.ts';
import type { Address } from '../address.ts';
import { surroundings, type Surroundings } from '../docker-cli/config-file.ts';
import { EngineError, isEngineError, type EngineTrouble } from '../errors.ts';

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
  if (typeof statusCode === 'number') return refusal(statusCode, refusalText(error), address);
  const code = codeOf(error);
  if (code === undefined) return new EngineError('failed', plainText(error), error);
  return address.place.kind === 'socket'
    ? localTrouble(code, error, address, around)
    : (tlsTrouble(code, error, address) ??
        new EngineError(
          'unreachable',
          t('{0} does not answer: {1}', address.url, plainText(error)),
          error,
        ));
}

/** Undefined where it has nothing to do with certificates. */
function tlsTrouble(
  code: string,
  error: unknown,
  { place, url }: Address,
): EngineError | undefined {
  if (place.kind !== 'tcp' || place.tls === undefined) return undefined;
  const fact = plainText(error);
  if (code === 'ENOENT' || code === 'EACCES') {
    return new EngineError('tls', t('A certificate for {0} cannot be read: {1}', url, fact), error);
  }
  if (/wrong[ _]version[ _]number|packet length too long/i.test(`${code} ${fact}`)) {
    return new EngineError('tls', t('{0} speaks no TLS, but TLS is asked for', url), error);
  }
  if (untrusted.test(code)) {
    return new EngineError(
      'tls',
      t('The certificate of {0} is not trusted here: {1}', url, fact),
      error,
    );
  }
  return /^(ERR_SSL|ERR_TLS|ERR_OSSL|EPROTO$)/.test(code)
    ? new EngineError('tls', t('{0} does not take our certificate: {1}', url, fact), error)
    : undefined;
}

const untrusted =
  /SELF_SIGNED|UNABLE_TO_|CERT_|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE/;

/** A function, as the compiler takes a signal for unchanging between two looks. */
export function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

export function cancelled(): EngineError {
  return new EngineError('cancelled', t('Cancelled'));
}

/** An answer of the engine that says no. */
export function refusal(status: number, message: string, address?: Address): EngineError {
  if (status === 400 && /HTTP request to an HTTPS server/i.test(message)) {
    return new EngineError('tls', t('{0} wants TLS', address?.url ?? ''));
  }
  return new EngineError(kindOf(status, message), message);
}

/** What stands in a stream that began well: a pull or a build that failed later. */
export function streamed(message: string): EngineError {
  const missing = /manifest unknown|not found: manifest|repository does not exist/i.test(message);
  const kind = missing ? 'missing' : unauthorized.test(message) ? 'unauthorized' : 'failed';
  return new EngineError(kind, message.trim());
}

/** In the words of registries, which the engine hands on. */
const unauthorized =
  /no basic auth credentials|unauthorized|authentication required|access to the resource is denied/i;

function kindOf(status: number, message: string): EngineTrouble {
  if (status === 404) return 'missing';
  if (status === 409) return 'conflict';
  if (status === 500 && unauthorized.test(message)) return 'unauthorized';
  // Podman 4 answers 500 where Docker answers 409.
  return status === 500 && podmanConflict.test(message) ? 'conflict' : 'failed';
}

const podmanConflict =
  /container state improper|image is in use|image used by|network already exists|is already in use by|with more than one tag/;

async function localTrouble(
  code: string,
  error: unknown,
  address: Address,
  around: Surroundings,
): Promise<EngineError> {
  if (code === 'EACCES' || code === 'EPERM') {
    const { place } = address;
    if (place.kind === 'socket' && (await waitsForLogin(place.path))) {
      return new EngineError(
        'new-login',
        t('This user may use {0}, but was logged in before that', address.url),
        error,
      );
    }
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
