/**
 * Why a builder cannot be used, in one sentence. The kind is always `failed` or `missing`: the connection to the engine is not
 * the reason.
 */
import { t } from '@vscode/l10n';
import { EngineError, isEngineError } from '../errors.ts';

/** A builder as its errors name it. */
export interface NamedBuilder {
  readonly name: string;
  /** Its address: `tcp://buildkit.example.com:1234`, or a container. */
  readonly place: string;
  /** `program`: through a program in a container or a pod. */
  readonly transport: 'plain' | 'tls' | 'program';
}

/** Converts an error of the connection. */
export function connectionError(error: unknown, builder: NamedBuilder): EngineError {
  if (isEngineError(error)) return error;
  const { code = '', message = String(error) } = error as Partial<NodeJS.ErrnoException>;
  const { name, place, transport } = builder;
  const reason = transport === 'tls' ? tlsReason({ code, message }, builder) : undefined;
  if (reason !== undefined) return failed(reason, error);
  if (lostCodes.has(code)) return closedError(error, builder);
  return failed(t('Could not connect to builder {0} at {1}: {2}', name, place, message), error);
}

/** An error after the builder has responded. */
export function lostError(error: unknown, { name, place }: NamedBuilder): EngineError {
  if (isEngineError(error)) return error;
  return failed(t('The connection to builder {0} at {1} was lost', name, place), error);
}

/** The engine of the builder cannot be used. */
export function unavailableError(name: string, reason: EngineError): EngineError {
  return failed(t('Builder {0} is not available: {1}', name, reason.message), reason);
}

export function silentError({ name, place }: NamedBuilder): EngineError {
  return failed(t('Builder {0} at {1} is not responding', name, place));
}

/** The connection was closed before the first answer. */
function closedError(error: unknown, builder: NamedBuilder): EngineError {
  const { name, place, transport } = builder;
  // It can be closed before the answer, or the refusal of the certificate, was read.
  if (transport === 'plain') return notBuildKitError(error, builder);
  return transport === 'program'
    ? lostError(error, builder)
    : failed(
        t('Builder {0} at {1} closed the connection; check its certificates', name, place),
        error,
      );
}

export function notBuildKitError(
  error: unknown,
  { name, place, transport }: NamedBuilder,
): EngineError {
  return failed(
    transport === 'plain'
      ? t('{1}, the address of builder {0}, is not BuildKit, or requires TLS', name, place)
      : t('{1}, the address of builder {0}, is not BuildKit', name, place),
    error,
  );
}

function tlsReason(
  { code, message }: { readonly code: string; readonly message: string },
  { name, place }: NamedBuilder,
): string | undefined {
  const text = `${code} ${message}`;
  if (/wrong[ _]version[ _]number|packet[ _]length[ _]too[ _]long/i.test(text))
    return t('Builder {0} at {1} does not use TLS, but TLS is configured for it', name, place);
  if (/SELF_SIGNED|UNABLE_TO_|CERT_HAS|ALTNAME|HOSTNAME_MISMATCH|INVALID_(?:CA|PURPOSE)/.test(code))
    return t('The TLS certificate of builder {0} at {1} is not trusted: {2}', name, place, message);
  // With TLS 1.3, a client certificate is refused after the handshake.
  return /^(?:ERR_SSL|ERR_TLS|ERR_OSSL|EPROTO$)/.test(code) || /alert/i.test(message)
    ? t('Builder {0} at {1} refused the TLS connection; check its client certificate: {2}', name, place, message) // prettier-ignore
    : undefined;
}

const lostCodes = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);

export function failed(message: string, cause?: unknown): EngineError {
  return new EngineError('failed', message, cause);
}
